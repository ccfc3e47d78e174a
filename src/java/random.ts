const MULTIPLIER = 0x5deece66dn;
const MASK = (1n << 48n) - 1n;

/** java.util.Random, bit for bit, for a seed (JMeter's seeded elements show its sequence). */
export class JavaRandom {
  #state: bigint;
  #spare: number | undefined;

  constructor(seed: bigint | number) {
    this.#state = (BigInt(seed) ^ MULTIPLIER) & MASK;
  }

  #next(bits: number): number {
    this.#state = (this.#state * MULTIPLIER + 0xbn) & MASK;
    return Number(BigInt.asIntN(32, this.#state >> BigInt(48 - bits)));
  }

  nextInt(bound?: number): number {
    if (bound === undefined) return this.#next(32);
    const r = this.#next(31);
    const m = bound - 1;
    if ((bound & m) === 0) return Number((BigInt(bound) * BigInt(r)) >> 31n);
    for (let u = r; ; u = this.#next(31)) {
      const result = u % bound;
      if (u - result + m <= 0x7fffffff) return result;
    }
  }

  nextLong(): bigint {
    const high = BigInt(this.#next(32)) << 32n;
    return BigInt.asIntN(64, high + BigInt(this.#next(32)));
  }

  nextFloat(): number {
    return this.#next(24) / 16777216;
  }

  nextDouble(): number {
    const high = this.#next(26);
    return (high * 134217728 + this.#next(27)) / 9007199254740992;
  }

  nextGaussian(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const a = 2 * this.nextDouble() - 1;
      const b = 2 * this.nextDouble() - 1;
      const s = a * a + b * b;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      this.#spare = b * scale;
      return a * scale;
    }
  }
}
