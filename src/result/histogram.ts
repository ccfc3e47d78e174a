/**
 * Counts of whole milliseconds in log-linear classes: exact below 2048, then 1024 classes per doubling, so a value read
 * back is less than 0.1 % too small or large. It grows with the largest value it has seen.
 */
export class Histogram {
  #counts = new Uint32Array(64);
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;

  /** Counts a value; a negative one counts as 0 in the classes. */
  record(ms: number): void {
    const at = ms < EXACT ? (ms > 0 ? ms | 0 : 0) : classOf(ms);
    if (at >= this.#counts.length) this.#grow(at);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.count++;
    this.sum += ms;
    if (ms < this.min) this.min = ms;
    if (ms > this.max) this.max = ms;
  }

  /** What it holds, to be sent to another process. */
  part(): HistogramPart {
    const { count, sum, min, max } = this;
    const pairs: number[] = [];
    this.#counts.forEach((n, at) => {
      if (n > 0) pairs.push(at, n);
    });
    return { pairs, count, sum, min, max };
  }

  /** Adds what another process counted. */
  absorb({ pairs, count, sum, min, max }: HistogramPart): void {
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const at = pairs[i] ?? 0;
      if (at >= this.#counts.length) this.#grow(at);
      this.#counts[at] = (this.#counts[at] ?? 0) + (pairs[i + 1] ?? 0);
    }
    this.count += count;
    this.sum += sum;
    this.min = Math.min(this.min, min);
    this.max = Math.max(this.max, max);
  }

  /** Adds another one's counts. */
  add(other: Histogram): void {
    if (other.#counts.length > this.#counts.length) this.#grow(other.#counts.length - 1);
    other.#counts.forEach((n, at) => {
      this.#counts[at] = (this.#counts[at] ?? 0) + n;
    });
    this.count += other.count;
    this.sum += other.sum;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
  }

  /** The smallest value that at least `percent` of all values do not exceed; 0 when there are none. */
  percentile(percent: number): number {
    return this.percentiles([percent])[0] ?? 0;
  }

  /** Several percentiles in one pass; `percents` ascending. */
  percentiles(percents: readonly number[]): number[] {
    const found: number[] = [];
    let seen = 0;
    let at = -1;
    for (const percent of percents) {
      const target = Math.max(1, Math.ceil((this.count * percent) / 100));
      while (seen < target && at < this.#counts.length - 1) seen += this.#counts[++at] ?? 0;
      found.push(this.count === 0 ? 0 : Math.min(this.max, Math.max(this.min, middleOf(at))));
    }
    return found;
  }

  /** Mean, rounded down as JMeter does; 0 when there are none. */
  get mean(): number {
    return this.count === 0 ? 0 : Math.trunc(this.sum / this.count);
  }

  #grow(at: number): void {
    let length = this.#counts.length;
    while (length <= at) length *= 2;
    const counts = new Uint32Array(length);
    counts.set(this.#counts);
    this.#counts = counts;
  }
}

/** The counts of a histogram as plain data: class and number by turns. */
export interface HistogramPart {
  readonly pairs: readonly number[];
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

const EXACT = 2048;
const HALF = EXACT / 2;
const LARGEST = 0x7fffffff;

/** Values of 2^n … 2^(n+1) share 1024 classes. */
function classOf(ms: number): number {
  const value = ms > LARGEST ? LARGEST : Math.trunc(ms);
  const shift = 21 - Math.clz32(value);
  return shift * HALF + (value >>> shift);
}

/** The middle of a class. */
function middleOf(at: number): number {
  if (at < EXACT) return at;
  const shift = Math.floor(at / HALF) - 1;
  return (at - shift * HALF) * 2 ** shift + Math.floor(2 ** shift / 2);
}
