import { Sample, type User } from '../../model/index.js';
import { Collector } from '../listener/collector.js';

/** The file in which a bzm group notes what its users do: rows of a JTL, made by the results' own settings. */
export class StatusLog {
  #collector: Collector | undefined;

  constructor(private readonly user: User) {}

  open(file: string): void {
    this.#collector = new Collector();
    // The plugin asks for the titles whatever the properties say.
    this.#collector.open({ file, save: undefined }, this.user, (settings) => ({ ...settings, fieldNames: true }));
  }

  /** `what` is START, FINISH, ARRIVAL, …; `label` says which arrival of which thread. */
  note(what: string, threadName: string, label = ''): void {
    if (this.#collector === undefined) return;
    const { user } = this;
    const sample = new Sample();
    sample.stamp(user.test.clock.now(), 0);
    sample.label = label;
    sample.message = what;
    sample.threadName = threadName;
    this.#collector.write({ sample, user, variables: user.test.sampleVariables.map(() => undefined) });
  }

  close(): void {
    this.#collector?.close();
    this.#collector = undefined;
  }
}
