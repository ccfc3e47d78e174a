import fs from 'node:fs';
import os from 'node:os';
import { type DeliveryWatch, monotonic, watchDelivery } from '../element/index.js';
import type { Test } from '../model/index.js';
import { problems, reasonOf } from '../problem.js';
import type * as Reports from '../report/index.js';
import { Delivery, type DeliveryPart } from '../result/index.js';
import { type CommandLine, givenValue } from './parse-flags.js';
import { showProblems } from './show-problems.js';
import { SpentHere } from './spent.js';
import type { Terminal } from './terminal.js';

/** The name under which shards report theirs. */
export const DELIVERY = 'mqtt delivery';

/** Milliseconds between two looks. */
const EVERY = 1000;

/** The figures that `--mqtt-delivery` asks for, from the start of a run to its end. */
export class MqttDelivery {
  readonly #delivery: Delivery;
  readonly #watch: DeliveryWatch | undefined;
  readonly #spent = new SpentHere();
  readonly #begun = performance.now();
  readonly #timer: NodeJS.Timeout;
  #seconds = 0;

  /** `shards`: the processes that run the users; 1 = this one does. `file`: empty = no JSON is written. */
  constructor(
    test: Test,
    shards: number,
    private readonly file: string,
    private readonly reports: typeof Reports,
  ) {
    this.#delivery = new Delivery(shards);
    this.#watch = shards === 1 ? watchDelivery(test) : undefined;
    this.#timer = setInterval(() => this.#look(), EVERY).unref();
  }

  /** What shards report. */
  readonly taken: ReadonlyMap<string, (part: unknown) => void> = new Map([
    [DELIVERY, (part) => this.#delivery.absorb(part as DeliveryPart)], // from a DeliveryWatch
  ]);

  #look(): void {
    const spent = this.#spent.take();
    if (this.#watch !== undefined) this.#delivery.absorb(this.#watch.part(spent));
    else this.#delivery.spending.absorb(-1, { ...spent, sockets: 0, received: 0, sent: 0 });
  }

  /** The run is over. */
  end(): void {
    clearInterval(this.#timer);
    this.#look();
    this.#delivery.end();
    this.#seconds = (performance.now() - this.#begun) / 1000;
  }

  /** A line for the live view. */
  now(): string {
    return this.reports.renderDeliveryNow(this.#delivery, monotonic());
  }

  table(options: Pick<Reports.DeliveryOptions, 'width' | 'color'>): string {
    return this.reports.renderDelivery(this.#delivery, { ...options, ...this.#sizes() });
  }

  /** Writes the file, if one is wanted. False = it could not, which has been told. */
  save(terminal: Terminal): boolean {
    if (this.file === '') return true;
    try {
      fs.writeFileSync(
        this.file,
        `${JSON.stringify(this.reports.deliveryJson(this.#delivery, this.#sizes()), undefined, 2)}\n`,
      );
      return true;
    } catch (error) {
      terminal.err(showProblems([problems.planUnwritable(this.file, reasonOf(error))]));
      return false;
    }
  }

  #sizes() {
    return { seconds: this.#seconds, cores: os.availableParallelism() };
  }
}

/** Undefined when nobody asked for it. The report room is loaded only when somebody did. */
export async function mqttDelivery(line: CommandLine, test: Test, shards: number): Promise<MqttDelivery | undefined> {
  const file = givenValue(line, 'mqttDelivery');
  return file === undefined ? undefined : new MqttDelivery(test, shards, file, await import('../report/index.js'));
}
