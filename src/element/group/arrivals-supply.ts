import { JavaError, toLong } from '../../java/index.js';
import { type Alarm, type Group, isOurs, prop, type Step, shareOf, type User } from '../../model/index.js';
import {
  type DynamicProps,
  type DynamicRun,
  dynamicRun,
  type Supply,
  starterName,
  stopUsers,
} from './dynamic-group.js';
import type { StatusLog } from './status-log.js';
import { VirtualUserLoop } from './virtual-user-loop.js';

/** What Arrivals and Free-Form Arrivals Thread Group have beside the rest. */
export const arrivalProps = {
  /** Users at work at most; no number or 0 = no limit. An arrival that finds no user is lost. */
  concurrencyLimit: prop.text('ConcurrencyLimit'),
  /** Arrivals after which the group ends; 0 = no limit. */
  arrivalsLimit: prop.text('ArrivalsLimit', '0'),
};
type ArrivalSettings = DynamicProps & { readonly concurrencyLimit: string; readonly arrivalsLimit: string };

/** Each pass is an arrival; behind it the user rests until it is needed again. */
export class ArrivalsLoop<P extends ArrivalSettings> extends VirtualUserLoop<P, ArrivalsSupply> {
  protected override beginPass(): boolean {
    return this.supply.arrived(this.user, this.pass);
  }
  protected override endPass(): void {
    this.supply.note('COMPLETION', this.user, this.pass);
  }
  protected override nextPass(): Step | undefined {
    this.#rest();
    this.reInitialize();
    return undefined;
  }
  override startNextLoop(): void {
    this.supply.note('ABANDONMENT', this.user, this.pass);
    if (!this.#rest()) this.done = true;
  }

  #rest(): boolean {
    if (this.supply.limitReached || !this.user.running) return false;
    this.supply.rest(this.user);
    this.reInitialize();
    return true;
  }
}

/** Starts a group of arrivals; the groups behind it wait for its first arrival. `rateAt` gives -1 when it is over. */
export function startArrivals(
  settings: ArrivalSettings,
  rateAt: (second: number) => number,
  group: Group,
  self: object,
): Promise<void> {
  const run: DynamicRun<ArrivalsSupply> = dynamicRun(self, group.engineUser);
  const supply = new ArrivalsSupply(settings, rateAt, group, run.log);
  run.supply = supply;
  return supply.begin();
}

/** The plugin's ArrivalsThreadStarter and the pool of ArrivalsThreadGroup (casutg 2.10). */
class ArrivalsSupply implements Supply {
  /** Users that are to be, or are, at work. */
  #users = 0;
  /** The one that rests longest comes first. */
  readonly #resting = new Set<User>();
  #arrivals = 0;
  #running = true;
  #supplying = true;
  /** Set at the end of the schedule: the arrivals there have been. */
  #scheduled: number | undefined;
  #alarm: Alarm | undefined;
  #firstArrival: () => void = () => {};
  readonly #steps: Iterator<number, void>;
  readonly #name: string;

  constructor(
    private readonly settings: ArrivalSettings,
    private readonly rateAt: (second: number) => number,
    private readonly group: Group,
    private readonly log: StatusLog,
  ) {
    this.#name = starterName(settings);
    this.#steps = this.#schedule();
    group.onUserEnd = (user) => this.#userEnded(user);
    group.onStop = (now) => this.#stop(now);
  }

  begin(): Promise<void> {
    return new Promise((resolve) => {
      this.#firstArrival = resolve;
      this.#go();
    });
  }

  get limitReached(): boolean {
    const limit = this.#scheduled ?? toLong(this.settings.arrivalsLimit) ?? 0;
    return limit > 0 && this.#arrivals >= this.#share(limit);
  }

  arrived(user: User, pass: number): boolean {
    this.#arrivals++;
    this.#firstArrival();
    this.note('ARRIVAL', user, pass);
    return this.#running;
  }

  /** With or without a log file, the plugin evaluates the group's name for each of its records. */
  note(what: string, { threadName, number }: User, pass: number): void {
    void this.settings.name;
    this.log.note(what, threadName, `${number}.${pass}`);
  }

  rest(user: User): void {
    this.#users--;
    this.#resting.add(user);
    this.group.parkUser(user);
    this.#endIfDone();
  }

  readonly #go = (): void => {
    this.#alarm = undefined;
    const wait = this.#nextWait();
    if (wait !== undefined) this.#alarm = this.group.after(wait, this.#go);
    else {
      this.#supplying = false;
      // JMeter's engine waits for ever when there never was an arrival.
      this.#firstArrival();
      this.#endIfDone();
    }
  };

  /** A field that is no number ends the plugin's thread. */
  #nextWait(): number | undefined {
    try {
      return this.#steps.next().value ?? undefined;
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      this.group.engineUser.test.log.write('ERROR', 'c.b.j.t.AbstractThreadStarter', String(error));
      return undefined;
    }
  }

  /** Its own clock goes from arrival to arrival and may run behind; what is given are milliseconds to wait. */
  *#schedule(): Generator<number, void> {
    const { clock } = this.group.engineUser.test;
    const start = clock.now();
    let due = start;
    for (let count = 1; ; count++) {
      while (count > 1 && due >= clock.now()) yield Math.floor(due - clock.now()) + 1;
      let rate = this.#rate(due - start);
      for (; rate === 0; rate = this.#rate(due - start)) {
        due += 200;
        yield 200;
      }
      if (rate < 0) {
        this.#scheduled = count - 1;
        return;
      }
      due += 1000 / rate;
      if (this.limitReached) return;
      if (isOurs(count - 1, this.group.engineUser.test.shard)) this.#supply();
      else this.#firstArrival();
    }
  }

  /** What falls to this shard. */
  #share(limit: number): number {
    return shareOf(limit, this.group.engineUser.test.shard);
  }

  /** Where the plugin's formula gives no number it would start users without end. */
  #rate(ms: number): number {
    const rate = this.rateAt(ms / 1000);
    return Number.isFinite(rate) ? rate : 0;
  }

  #supply(): void {
    const [rested] = this.#resting;
    if (rested === undefined) {
      const limit = toLong(this.settings.concurrencyLimit) ?? 0;
      if (limit > 0 && this.#users >= this.#share(limit)) return;
      this.#users++;
      this.group.startUser({ after: 0, name: this.#name });
    } else this.#wake(rested);
  }

  #wake(user: User): void {
    this.#resting.delete(user);
    this.#users++;
    this.group.wakeUser(user);
  }

  #userEnded(user: User): void {
    if (!this.#resting.delete(user)) this.#users--;
    this.#endIfDone();
  }

  /** With nobody at work and nothing to come the resting users are sent home. */
  #endIfDone(): void {
    if (this.#users > 0 || (this.#supplying && !this.limitReached)) return;
    this.#running = false;
    this.#supplying = false;
    this.#alarm?.cancel();
    this.#alarm = undefined;
    for (const user of [...this.#resting]) this.#wake(user);
  }

  #stop(now: boolean): void {
    this.#running = false;
    this.#supplying = false;
    this.#firstArrival();
    stopUsers(this.group, now);
  }
}
