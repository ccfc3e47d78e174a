import type { JtlSample } from './jtl-sample.js';

/** The figures of one row of the Summary Report (Calculator). */
export class SummaryFigures {
  count = 0;
  errors = 0;
  /** Milliseconds; of a row that stands for several samples, what one of them took on average. */
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  #sum = 0;
  #sumOfSquares = 0;
  #bytes = 0;
  #sentBytes = 0;
  #firstStart = Number.POSITIVE_INFINITY;
  #elapsed = 0;

  add(sample: JtlSample): void {
    const { elapsed, sampleCount } = sample;
    const several = sampleCount > 1;
    const each = several ? Math.trunc(elapsed / sampleCount) : elapsed;
    this.count += sampleCount;
    this.errors += sample.errorCount;
    this.#sum += elapsed;
    this.#sumOfSquares += several ? (elapsed * elapsed) / sampleCount : elapsed * elapsed;
    if (each > this.max) this.max = each;
    if (each < this.min) this.min = each;
    this.#bytes += sample.bytes;
    this.#sentBytes += sample.sentBytes;
    if (sample.startTime < this.#firstStart) this.#firstStart = sample.startTime;
    // From the earliest start known by then: unlike in the Aggregate Report, a row that began earlier and comes later in
    // the file does not lengthen the time.
    this.#elapsed = Math.max(this.#elapsed, sample.endTime - this.#firstStart);
  }

  /** Rounded towards zero. */
  get mean(): number {
    return Math.trunc(this.#mean);
  }

  get standardDeviation(): number {
    return this.count === 0 ? 0 : Math.sqrt(this.#sumOfSquares / this.count - this.#mean * this.#mean);
  }

  /** From 0 to 1. */
  get errorRate(): number {
    return this.count === 0 ? 0 : this.errors / this.count;
  }

  /** Samples per second; 0 when no time went by. */
  get throughput(): number {
    return this.#perSecond(this.count);
  }

  get receivedKilobytesPerSecond(): number {
    return this.#perSecond(this.#bytes) / 1024;
  }

  get sentKilobytesPerSecond(): number {
    return this.#perSecond(this.#sentBytes) / 1024;
  }

  get bytesPerSample(): number {
    return this.count > 0 && this.#bytes > 0 ? this.#bytes / this.count : 0;
  }

  get #mean(): number {
    return this.count === 0 ? 0 : this.#sum / this.count;
  }

  #perSecond(value: number): number {
    return this.#elapsed > 0 ? value / (this.#elapsed / 1000) : 0;
  }
}
