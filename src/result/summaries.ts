import { hashMapOrder } from '../java/index.js';
import type { SampleEvent, Test } from '../model/index.js';
import { Summary, summarySettings } from './summary.js';

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
  readonly #shared = new Map<string, Shared>();
  #members = 0;

  /** The summary's clock starts with its first member. The lines of one with only `silent` members go to the log alone. */
  join(name: string, test: Test, { silent = false }: { readonly silent?: boolean } = {}): SummaryMember {
    const { log, out, ...settings } = summarySettings(test.properties);
    const users = () => countsOf(test);
    const shared = this.#shared.get(name) ?? {
      summary: new Summary({ name, clock: test.clock, users, ...settings }),
      silent: true,
    };
    this.#shared.set(name, shared);
    if (!silent) shared.silent = false;
    const print = (of: Shared, lines: readonly string[]): void => {
      for (const line of lines) {
        if (log) test.log.write('INFO', 'o.a.j.r.Summariser', line);
        if (out && !of.silent) test.print?.(line);
      }
    };
    this.#members++;
    return {
      sample: (event) => print(shared, shared.summary.sample(event)),
      end: () => {
        if (--this.#members === 0) this.#end(print);
      },
    };
  }

  #end(print: (of: Shared, lines: readonly string[]) => void): void {
    for (const name of hashMapOrder([...this.#shared.keys()])) {
      const shared = this.#shared.get(name);
      if (shared) print(shared, shared.summary.end());
    }
    this.#shared.clear();
  }
}

interface Shared {
  readonly summary: Summary;
  silent: boolean;
}

/** The summaries of this run. */
export const summariesOf = (test: Test): Summaries => test.state('summaries', () => new Summaries());

const countsOf = ({ allThreads, startedUsers = 0, finishedUsers = 0 }: Test) => ({
  active: allThreads,
  started: startedUsers,
  finished: finishedUsers,
});
