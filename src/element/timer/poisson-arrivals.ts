import { JavaError, JavaRandom } from '../../java/index.js';

/** What the arrivals of a group are made by; read anew for each. */
export interface ArrivalSettings {
  /** Per second. */
  readonly rate: number;
  /** Seconds for which arrivals are made at a time. */
  readonly duration: number;
}

/** A rate that differs less is the same. */
const PRECISION = 0.00001;

/**
 * Arrivals at random times of which each window of time holds exactly its share, so that counts come out round
 * (ConstantPoissonProcessGenerator 5.6.3).
 */
export class PoissonArrivals {
  readonly #random: () => number;
  #times = new Float64Array(0);
  #next = 0;
  #rate = 0;
  #windowStart = 0;
  #inBatch = 0;

  /** The sequence of a seed is Java's; `random` serves without one. */
  constructor(
    private readonly batchSize: number,
    seed: number,
    random: () => number,
  ) {
    // Java looks only at the lower half of the seed to see whether there is one.
    const seeded = BigInt.asIntN(32, BigInt(seed)) === 0n ? undefined : new JavaRandom(seed);
    this.#random = seeded ? () => seeded.nextDouble() : random;
  }

  /** Seconds since the start of the test; throws BufferUnderflowException when the rate gives no arrival. */
  next(settings: ArrivalSettings): number {
    const used = this.#inBatch === 0 && this.#next >= this.#times.length;
    // Not the other way round: a rate that is no number differs from every rate.
    if (used || !(Math.abs(settings.rate - this.#rate) < PRECISION)) this.#generate(settings);
    if (this.batchSize === 1) return this.#take();
    this.#inBatch++;
    if (this.#inBatch === 1) return this.#take();
    if (this.#inBatch === this.batchSize) this.#inBatch = 0;
    return this.#times[this.#next - 1] ?? underflow();
  }

  #take(): number {
    return this.#times[this.#next++] ?? this.#underflow();
  }

  #underflow(): never {
    this.#next--;
    return underflow();
  }

  /** What was left of the window before is lost when the rate has changed. */
  #generate({ rate, duration }: ArrivalSettings): void {
    this.#rate = rate;
    const perSecond = this.batchSize > 1 ? rate / this.batchSize : rate;
    this.#inBatch = 0;
    const count = Math.max(0, Math.ceil(perSecond * duration) || 0);
    const from = this.#windowStart;
    this.#times = Float64Array.from({ length: count }, () => from + this.#random() * duration).sort();
    this.#windowStart += duration;
    this.#next = 0;
  }
}

function underflow(): never {
  throw new JavaError('java.nio.BufferUnderflowException');
}
