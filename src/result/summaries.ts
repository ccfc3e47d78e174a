import { hashMapOrder } from '../java/index.js';
import type { SampleEvent, Test } from '../model/index.js';
import { Summary, summarySettings, Totals, type TotalsPart } from './summary.js';
import { isTransaction } from './transaction-result.js';

/** One summariser's part in the summary of its name. */
export interface SummaryMember {
  /** Counts a sample and prints what is due. */
  sample(event: SampleEvent): void;
  /** The summariser has heard of the end; the last one of the run to do so prints the ends of all. */
  end(): void;
}

/** What a shard has counted for a summary since it told of it last. */
export interface SummaryPart extends TotalsPart {
  readonly name: string;
  readonly silent: boolean;
  /** When its first member joined (epoch ms). */
  readonly since: number;
}

/**
 * The summaries of a run by name. Summarisers of one name share its figures, so a sample that two of them hear counts
 * twice, as in JMeter; the lines go to the run's console and its log as `summariser.out` and `summariser.log` say. In a
 * shard they only count, and whoever gathers the counts of all shards prints.
 */
export class Summaries {
  readonly #shared = new Map<string, Shared>();
  readonly #counted = new Map<string, Counted>();
  #members = 0;

  constructor(private readonly test: Test) {}

  /** The summary's clock starts with its first member. The lines of one with only `silent` members go to the log alone. */
  join(name: string, { silent = false }: { readonly silent?: boolean } = {}): SummaryMember {
    if (this.test.shard.count > 1) return this.#count(name, silent);
    const shared = this.#sharedOf(name, this.test.clock.now(), silent);
    this.#members++;
    return {
      sample: (event) => this.#print(shared, shared.summary.sample(event)),
      end: () => {
        if (--this.#members === 0) this.end();
      },
    };
  }

  /** What was counted since the last call. */
  take(): readonly SummaryPart[] {
    return [...this.#counted.values()].map((counted) => {
      const part = { name: counted.name, silent: counted.silent, since: counted.since, ...counted.totals.part() };
      counted.totals = new Totals(counted.since);
      return part;
    });
  }

  /** Adds what a shard has counted. */
  absorb(part: SummaryPart): void {
    this.#sharedOf(part.name, part.since, part.silent).summary.absorb(part);
  }

  /** Prints what is due of it; to be called each second. */
  look(): void {
    for (const shared of this.#shared.values()) this.#print(shared, shared.summary.look());
  }

  /** Prints the ends of all. */
  end(): void {
    for (const name of hashMapOrder([...this.#shared.keys()])) {
      const shared = this.#shared.get(name);
      if (shared) this.#print(shared, shared.summary.end());
    }
    this.#shared.clear();
  }

  #sharedOf(name: string, since: number, silent: boolean): Shared {
    const { test } = this;
    const { interval, ignoreTransactions } = summarySettings(test.properties);
    const shared = this.#shared.get(name) ?? {
      summary: new Summary({
        name,
        clock: test.clock,
        since,
        users: () => countsOf(test),
        interval,
        ignoreTransactions,
      }),
      silent: true,
    };
    this.#shared.set(name, shared);
    if (!silent) shared.silent = false;
    return shared;
  }

  #count(name: string, silent: boolean): SummaryMember {
    const { clock, properties } = this.test;
    const since = clock.now();
    const counted = this.#counted.get(name) ?? { name, silent: true, since, totals: new Totals(since) };
    this.#counted.set(name, counted);
    if (!silent) counted.silent = false;
    const { ignoreTransactions } = summarySettings(properties);
    return {
      sample({ sample }) {
        if (!ignoreTransactions || !isTransaction(sample)) counted.totals.count(sample, since);
      },
      end() {},
    };
  }

  #print(of: Shared, lines: readonly string[]): void {
    if (lines.length === 0) return;
    const { test } = this;
    const { log, out } = summarySettings(test.properties);
    for (const line of lines) {
      if (log) test.log.write('INFO', 'o.a.j.r.Summariser', line);
      if (out && !of.silent) test.print?.(line);
    }
  }
}

interface Shared {
  readonly summary: Summary;
  silent: boolean;
}

/** A summary of a shard. */
interface Counted {
  readonly name: string;
  silent: boolean;
  readonly since: number;
  totals: Totals;
}

/** The summaries of this run. */
export const summariesOf = (test: Test): Summaries => test.state('summaries', () => new Summaries(test));

const countsOf = ({ allThreads, startedUsers = 0, finishedUsers = 0 }: Test) => ({
  active: allThreads,
  started: startedUsers,
  finished: finishedUsers,
});
