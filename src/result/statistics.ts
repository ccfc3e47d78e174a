import type { Sample, SampleEvent } from '../model/index.js';
import { Histogram, type HistogramPart } from './histogram.js';
import { isTransaction } from './transaction-result.js';

/** The figures of one label, updated in place. */
export class LabelStatistics {
  samples = 0;
  errors = 0;
  /** Elapsed times in ms. */
  readonly times = new Histogram();
  /** Epoch ms of the earliest start and the latest end. */
  firstStart = Number.POSITIVE_INFINITY;
  lastEnd = 0;
  constructor(readonly label: string) {}

  record(sample: Sample): void {
    this.samples += sample.sampleCount;
    if (!sample.success) this.errors += sample.errorCount;
    this.times.record(sample.elapsed);
    // WebSocket samples that could not begin, for want of a connection, have no time.
    if (sample.startTime > 0 && sample.startTime < this.firstStart) this.firstStart = sample.startTime;
    if (sample.endTime > this.lastEnd) this.lastEnd = sample.endTime;
  }

  part(): LabelPart {
    const { label, samples, errors, firstStart, lastEnd } = this;
    return { label, samples, errors, firstStart, lastEnd, times: this.times.part() };
  }

  absorb({ samples, errors, firstStart, lastEnd, times }: LabelPart): void {
    this.samples += samples;
    this.errors += errors;
    this.times.absorb(times);
    this.firstStart = Math.min(this.firstStart, firstStart);
    this.lastEnd = Math.max(this.lastEnd, lastEnd);
  }

  /** Samples per second between the earliest start and the latest end, as JMeter's reports count; 0 when unknown. */
  get throughput(): number {
    const ms = this.lastEnd - this.firstStart;
    return ms > 0 ? (this.samples / ms) * 1000 : 0;
  }
}

/** The figures of one label as plain data. */
export interface LabelPart extends Pick<LabelStatistics, 'label' | 'samples' | 'errors' | 'firstStart' | 'lastEnd'> {
  readonly times: HistogramPart;
}

/** Figures as plain data: what one process hands to another. */
export interface StatisticsPart {
  readonly labels: readonly LabelPart[];
  readonly total: LabelPart;
  readonly kinds: readonly ErrorKind[];
  readonly otherErrors: number;
}

/** One kind of failure: what came back, how often, and the label it was first seen with. */
export interface ErrorKind {
  readonly code: string;
  /** The response message; the assertion's when the response was none of an error. */
  readonly message: string;
  readonly firstLabel: string;
  count: number;
}

/** Kinds of failure that are kept apart; messages with a number in them could be as many as there are samples. */
const MAX_KINDS = 200;

/** As JMeter's dashboard: an assertion that failed tells less of an error than the error itself. 101 is WebSocket's. */
const SUCCESS = /^(?:[1-3]\d\d)?$/;
/** Labels that are kept apart: names with a counter or an id in them could be as many as there are samples. */
const MAX_LABELS = 5000;
/** What counts the samples of all further labels. */
const OTHERS = '(other labels)';

/** Figures of a run by label, in the order the labels first came, updated by each event. */
export class Statistics {
  /** At most 5,000, and one line `(other labels)` for what comes after those. */
  readonly labels = new Map<string, LabelStatistics>();
  /**
   * All samples. A transaction whose children have been counted is left out (the message says it is one), as JMeter's
   * summary does; a parent-mode transaction stands for its children, who are not heard of.
   */
  readonly total = new LabelStatistics('total');
  activeUsers = 0;
  readonly #kinds = new Map<string, ErrorKind>();
  /** Failures beyond the kinds that are kept apart. */
  otherErrors = 0;

  record({ sample }: SampleEvent): void {
    this.#labelOf(sample.label).record(sample);
    const counted = sample.subSamples !== undefined || !isTransaction(sample);
    if (counted) {
      this.total.record(sample);
      if (!sample.success) this.#countError(sample);
    }
    this.activeUsers = sample.allThreads;
  }

  /** The most frequent kinds of failure, most frequent first. */
  topErrors(limit: number): readonly ErrorKind[] {
    return [...this.#kinds.values()].sort((a, b) => b.count - a.count).slice(0, limit);
  }

  part(): StatisticsPart {
    const labels = [...this.labels.values()].map((label) => label.part());
    return { labels, total: this.total.part(), kinds: [...this.#kinds.values()], otherErrors: this.otherErrors };
  }

  /** Adds what another process counted. */
  absorb({ labels, total, kinds, otherErrors }: StatisticsPart): void {
    for (const part of labels) this.#labelOf(part.label).absorb(part);
    this.total.absorb(total);
    for (const kind of kinds) this.#countKind(kind);
    this.otherErrors += otherErrors;
  }

  #labelOf(name: string): LabelStatistics {
    const known = this.labels.get(name);
    if (known !== undefined) return known;
    if (this.labels.size >= MAX_LABELS && name !== OTHERS) return this.#labelOf(OTHERS);
    const label = new LabelStatistics(name);
    this.labels.set(name, label);
    return label;
  }

  #countError(sample: Sample): void {
    const { failureMessage, message: answer } = sample;
    const message = SUCCESS.test(sample.code) || answer === '' ? failureMessage || answer : answer;
    this.#countKind({ code: sample.code, message, firstLabel: sample.label, count: 1 });
  }

  #countKind(kind: ErrorKind): void {
    const key = `${kind.code}\n${kind.message}`;
    const known = this.#kinds.get(key);
    if (known !== undefined) known.count += kind.count;
    else if (this.#kinds.size >= MAX_KINDS) this.otherErrors += kind.count;
    else this.#kinds.set(key, { ...kind });
  }
}
