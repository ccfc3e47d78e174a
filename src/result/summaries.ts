import { hashMapOrder } from '../java/index.js';
import type { SampleEvent, Test } from '../model/index.js';
import { Summary, summarySettings, type UserCounts } from './summary.js';

/** One summariser's part in the summary of its name. */
export interface SummaryMember {
  /** Counts a sample and prints what is due. */
  sample(event: SampleEvent): void;
  /** The summariser has heard of the end; the last one of the run to do so prints the ends of all. */
  end(): void;
}

/**
 * The summaries of a run by name. Summarisers of one name share its figures, so a sample that two of them hear counts
 * twice, as in JMeter; the lines go to the run's console and its log as `summariser.out` and `summariser.log` say.
 */
export class Summaries {
  readonly #summaries = new Map<string, Summary>();
  #members = 0;

  /** `users` replaces the counts of the test, for whoever knows better. */
  join(name: string, test: Test, users: () => UserCounts = () => countsOf(test)): SummaryMember {
    const { log, out, ...settings } = summarySettings(test.properties);
    let summary = this.#summaries.get(name);
    if (summary === undefined) {
      summary = new Summary({ name, clock: test.clock, users, ...settings });
      this.#summaries.set(name, summary);
    }
    const shared = summary;
    const print = (lines: readonly string[]): void => {
      for (const line of lines) {
        if (log) test.log.write('INFO', 'o.a.j.r.Summariser', line);
        if (out) test.print?.(line);
      }
    };
    this.#members++;
    return {
      sample: (event) => print(shared.sample(event)),
      end: () => {
        if (--this.#members === 0) this.#end(print);
      },
    };
  }

  #end(print: (lines: readonly string[]) => void): void {
    for (const name of hashMapOrder([...this.#summaries.keys()])) print(this.#summaries.get(name)?.end() ?? []);
    this.#summaries.clear();
  }
}

/** The summaries of this run. */
export const summariesOf = (test: Test): Summaries => test.state('summaries', () => new Summaries());

const countsOf = ({ allThreads, startedUsers = 0, finishedUsers = 0 }: Test): UserCounts => ({
  active: allThreads,
  started: startedUsers,
  finished: finishedUsers,
});
