import { decimalFormat } from '../java/index.js';
import type { Clock, Properties, Sample, SampleEvent } from '../model/index.js';
import { isTransaction } from './transaction-result.js';

/** Users of the run at the moment. */
export interface UserCounts {
  readonly active: number;
  readonly started: number;
  readonly finished: number;
}

export interface SummaryOptions {
  readonly name: string;
  readonly clock: Pick<Clock, 'now'>;
  /** When it began (epoch ms); absent = now. */
  readonly since?: number;
  readonly users: () => UserCounts;
  /** Seconds between two reports, aligned to the wall clock. */
  readonly interval: number;
  /** Whether results of Transaction Controllers are left out. */
  readonly ignoreTransactions: boolean;
}

/** The settings of `summariser.*` that a summary needs. */
export const summarySettings = (
  properties: Properties,
): Pick<SummaryOptions, 'interval' | 'ignoreTransactions'> & { readonly log: boolean; readonly out: boolean } => ({
  interval: properties.int('summariser.interval', 30),
  ignoreTransactions: properties.flag('summariser.ignore_transaction_controller_sample_result', true),
  log: properties.flag('summariser.log', true),
  out: properties.flag('summariser.out', true),
});

/** Seconds in which a report may come late: only a sample triggers one, there is no timer. */
const WINDOW = 5;

/**
 * JMeter's `summary +` and `summary =` lines (Summariser 5.6.3): told of each sample, it gives the lines to print.
 * It begins when it is made, which JMeter does at the start of the test.
 */
export class Summary {
  readonly #options: SummaryOptions;
  #delta: Totals;
  readonly #total: Totals;
  #lastReport = 0;

  constructor(options: SummaryOptions) {
    this.#options = options;
    const since = options.since ?? options.clock.now();
    this.#delta = new Totals(since);
    this.#total = new Totals(since);
  }

  /** Counts a sample; the lines to print, mostly none. */
  sample({ sample }: SampleEvent): readonly string[] {
    const { clock, ignoreTransactions } = this.#options;
    if (ignoreTransactions && isTransaction(sample)) return NONE;
    const now = clock.now();
    this.#delta.count(sample, now);
    return this.#due(now);
  }

  /** Counts what another process counted; lines that are due are given by the next {@link look}. */
  absorb(part: TotalsPart): void {
    if (part.samples > 0) this.#delta.add(part, this.#options.clock.now());
  }

  /** The lines to print, mostly none. */
  look(): readonly string[] {
    return this.#delta.samples === 0 ? NONE : this.#due(this.#options.clock.now());
  }

  #due(now: number): readonly string[] {
    const { interval } = this.#options;
    const second = Math.floor(now / 1000);
    if (!(second > this.#lastReport + WINDOW && second % interval <= WINDOW)) return NONE;
    this.#lastReport = second;
    const delta = this.#moveDelta(now);
    const lines = [this.#line(delta, '+')];
    if (this.#total.samples !== delta.samples) lines.push(this.#line(this.#total, '='));
    return lines;
  }

  /** The lines at the end of the test. */
  end(): readonly string[] {
    const now = this.#options.clock.now();
    this.#delta.end = now;
    const lines: string[] = [];
    if (this.#delta.samples > 0 && this.#total.samples > 0) lines.push(this.#line(this.#delta, '+'));
    this.#moveDelta(now);
    lines.push(this.#line(this.#total, '='));
    return lines;
  }

  #moveDelta(now: number): Totals {
    const delta = this.#delta;
    this.#total.add(delta, now);
    this.#delta = new Totals(now);
    return delta;
  }

  #line(totals: Totals, sign: '+' | '='): string {
    const line = `${this.#options.name} ${sign} ${totals.text()}`;
    if (sign === '=') return line;
    const { active, started, finished } = this.#options.users();
    return `${line} Active: ${active} Started: ${started} Finished: ${finished}`;
  }
}

const NONE: readonly string[] = [];
/** Java's Long.MAX_VALUE and MIN_VALUE, which stand in the line as long as there is no sample. */
const NO_MIN = '9223372036854775807';
const NO_MAX = '-9223372036854775808';

/** The counts of a summary as plain data. */
export interface TotalsPart {
  readonly samples: number;
  readonly errors: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

export class Totals implements TotalsPart {
  samples = 0;
  errors = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  end: number;
  constructor(private readonly start: number) {
    this.end = start;
  }

  count(sample: Sample, now: number): void {
    this.samples += sample.sampleCount;
    this.errors += sample.errorCount;
    this.sum += sample.elapsed;
    if (sample.elapsed > this.max) this.max = sample.elapsed;
    if (sample.elapsed < this.min) this.min = sample.elapsed;
    this.end = now;
  }

  part(): TotalsPart {
    const { samples, errors, sum, min, max } = this;
    return { samples, errors, sum, min, max };
  }

  add(other: TotalsPart, now: number): void {
    this.samples += other.samples;
    this.errors += other.errors;
    this.sum += other.sum;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    this.end = now;
  }

  text(): string {
    const { samples, errors } = this;
    const elapsed = samples === 0 ? 0 : this.end - this.start;
    const rate = elapsed > 0 ? RATE.format((samples / elapsed) * 1000).padStart(6) : '******';
    const average = samples === 0 ? 0 : Math.trunc(this.sum / samples);
    const percent = PERCENT.format(samples === 0 ? 0 : errors / samples);
    const min = Number.isFinite(this.min) ? String(this.min) : NO_MIN;
    const max = Number.isFinite(this.max) ? String(this.max) : NO_MAX;
    return (
      `${String(samples).padStart(6)} in ${duration(Math.floor((elapsed + 500) / 1000))} = ${rate}/s` +
      ` Avg: ${String(average).padStart(5)} Min: ${min.padStart(5)} Max: ${max.padStart(5)}` +
      ` Err: ${String(errors).padStart(5)} (${percent})`
    );
  }
}

const RATE = decimalFormat('#0.0');
const PERCENT = decimalFormat('#0.00%');
const two = (n: number): string => String(n).padStart(2, '0');
const duration = (seconds: number): string =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
