/**
 * The variables of one virtual user: a copy-on-write view of the plan's variables.
 * Values may be any object, as in JMeter; `get` gives their text.
 */
export class Variables {
  readonly #plan: ReadonlyMap<string, unknown>;
  readonly #places: Map<string, number>;
  /** Values of the user's own, each at the place of its name. */
  #values: unknown[] = NONE;
  /** Those whose names have no place. */
  #others: Map<string, unknown> | undefined;
  /** Removals since {@link #sweep}. */
  #removals = 0;

  constructor(plan: ReadonlyMap<string, unknown>) {
    this.#plan = plan;
    this.#places = placesOf(plan);
  }

  get(name: string): string | undefined {
    const value = this.getObject(name);
    return value === undefined || value === null ? undefined : typeof value === 'string' ? value : String(value);
  }

  getObject(name: string): unknown {
    const value = this.#own(name);
    if (value === undefined) return this.#plan.get(name);
    return value === REMOVED ? undefined : value;
  }

  #own(name: string): unknown {
    const place = this.#places.get(name);
    return place === undefined ? this.#others?.get(name) : this.#values[place];
  }

  put(name: string, value: string): void {
    this.putObject(name, value);
  }

  /** null or undefined removes, as a key stored with null behaves as undefined in JMeter. */
  putObject(name: string, value: unknown): void {
    if (value === undefined || value === null) this.remove(name);
    else this.#put(name, value);
  }

  remove(name: string): void {
    const own = this.#own(name);
    if (own === REMOVED || (own === undefined && !this.#plan.has(name))) return;
    this.#put(name, REMOVED);
    if (++this.#removals > SWEEP) this.#sweep();
  }

  #put(name: string, value: unknown): void {
    const place = this.#places.get(name) ?? this.#newPlace(name);
    if (place === undefined) {
      this.#others ??= new Map();
      this.#others.set(name, value);
      return;
    }
    if (place >= this.#values.length) this.#grow();
    this.#values[place] = value;
  }

  #newPlace(name: string): number | undefined {
    const place = this.#places.size;
    if (place >= PLACES) return undefined;
    this.#places.set(name, place);
    return place;
  }

  /** With room for all names that are known, and no more. */
  #grow(): void {
    const before = this.#values;
    this.#values = new Array(this.#places.size);
    for (let i = 0; i < before.length; i++) this.#values[i] = before[i];
  }

  #sweep(): void {
    this.#removals = 0;
    const others = this.#others ?? [];
    for (const [name, value] of others) if (value === REMOVED && !this.#plan.has(name)) this.#others?.delete(name);
  }

  /** Names and values, the plan's first; the order has no meaning (JMeter's map has none). */
  *entries(): Generator<[string, unknown]> {
    for (const [name, value] of this.#plan) if (this.#own(name) === undefined) yield [name, value];
    for (const [name, place] of this.#places) {
      const value = this.#values[place];
      if (value !== undefined && value !== REMOVED) yield [name, value];
    }
    if (this.#others) for (const [name, value] of this.#others) if (value !== REMOVED) yield [name, value];
  }
}

const NONE: unknown[] = [];

/** Names with a place; those that come later are too many to have one with every user. */
const PLACES = 64;
const places = new WeakMap<ReadonlyMap<string, unknown>, Map<string, number>>();

/**
 * The place that a name has with all users of a plan: they mostly set the same ones, and a user with a map of its own weighs
 * several times as much.
 */
function placesOf(plan: ReadonlyMap<string, unknown>): Map<string, number> {
  let known = places.get(plan);
  if (known === undefined) {
    known = new Map();
    places.set(plan, known);
  }
  return known;
}

/**
 * Stands in place of a value that was removed: extractors remove and set the same names with every sample, and a map that
 * loses entries all the time is laid out anew all the time.
 */
const REMOVED = Symbol('removed');
/** Removals after which the names that are gone for good are dropped. */
const SWEEP = 1000;
