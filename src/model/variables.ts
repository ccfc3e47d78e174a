/**
 * The variables of one virtual user: a copy-on-write view of the plan's variables.
 * Values may be any object, as in JMeter; `get` gives their text.
 */
export class Variables {
  readonly #plan: ReadonlyMap<string, unknown>;
  #own: Map<string, unknown> | undefined;
  /** Removals since {@link #sweep}. */
  #removals = 0;

  constructor(plan: ReadonlyMap<string, unknown>) {
    this.#plan = plan;
  }

  get(name: string): string | undefined {
    const value = this.getObject(name);
    return value === undefined || value === null ? undefined : typeof value === 'string' ? value : String(value);
  }

  getObject(name: string): unknown {
    const own = this.#own;
    if (own !== undefined) {
      const value = own.get(name);
      if (value !== undefined) return value === REMOVED ? undefined : value;
    }
    return this.#plan.get(name);
  }

  put(name: string, value: string): void {
    this.putObject(name, value);
  }

  /** null or undefined removes, as a key stored with null behaves as undefined in JMeter. */
  putObject(name: string, value: unknown): void {
    if (value === undefined || value === null) this.remove(name);
    else {
      if (this.#own === undefined) this.#own = new Map();
      this.#own.set(name, value);
    }
  }

  remove(name: string): void {
    if (this.#own === undefined) {
      if (!this.#plan.has(name)) return;
      this.#own = new Map();
    } else if (!this.#own.has(name) && !this.#plan.has(name)) return;
    this.#own.set(name, REMOVED);
    if (++this.#removals > SWEEP) this.#sweep(this.#own);
  }

  #sweep(own: Map<string, unknown>): void {
    this.#removals = 0;
    for (const [name, value] of own) if (value === REMOVED && !this.#plan.has(name)) own.delete(name);
  }

  /** Names and values, the plan's first; the order has no meaning (JMeter's map has none). */
  *entries(): Generator<[string, unknown]> {
    for (const [name, value] of this.#plan) if (!this.#own?.has(name)) yield [name, value];
    if (this.#own) for (const [name, value] of this.#own) if (value !== REMOVED) yield [name, value];
  }
}

/**
 * Stands in the map in place of a deletion: extractors remove and set the same names with every sample, and a map that
 * loses entries all the time is laid out anew all the time.
 */
const REMOVED = Symbol('removed');
/** Removals after which the names that are gone for good are dropped. */
const SWEEP = 1000;
