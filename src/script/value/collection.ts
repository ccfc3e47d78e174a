import { hashOf, sameValue, textOf } from './value.js';

/** A Java array; `type` is the component's name as in class names: `I`, `D`, `Ljava.lang.String;`. */
export class JavaArray {
  constructor(
    readonly type: string,
    readonly items: unknown[],
  ) {}
  toString(): string {
    return `[${this.type}@${identity(this)}`;
  }
}

/** java.util.ArrayList (or another list class of that name). */
export class JavaList {
  constructor(
    readonly items: unknown[] = [],
    readonly className = 'java.util.ArrayList',
  ) {}
  toString(): string {
    return `[${this.items.map(textOf).join(', ')}]`;
  }
}

/** java.util.HashMap: iterates in the order of its buckets, which its text shows. */
export class JavaMap {
  readonly #entries = new Map<unknown, [key: unknown, value: unknown]>();
  readonly #capacity: number;

  /** `expected` is what the constructor is given: the table starts at the next power of two. */
  constructor(expected = 16) {
    this.#capacity = 2 ** Math.ceil(Math.log2(Math.max(1, expected)));
  }
  get size(): number {
    return this.#entries.size;
  }
  has(key: unknown): boolean {
    return this.#entries.has(lookup(key));
  }
  get(key: unknown): unknown {
    return this.#entries.get(lookup(key))?.[1];
  }
  set(key: unknown, value: unknown): void {
    this.#entries.set(lookup(key), [key, value]);
  }
  delete(key: unknown): boolean {
    return this.#entries.delete(lookup(key));
  }
  clear(): void {
    this.#entries.clear();
  }
  entries(): [unknown, unknown][] {
    let capacity = this.#capacity;
    while (this.size > capacity * 0.75) capacity *= 2;
    const bucket = (key: unknown): number => {
      const hash = hashOf(key);
      return (hash ^ (hash >>> 16)) & (capacity - 1);
    };
    return [...this.#entries.values()]
      .map((entry, i) => ({ entry, i, at: bucket(entry[0]) }))
      .sort((a, b) => a.at - b.at || a.i - b.i)
      .map(({ entry }) => entry);
  }
  keys(): unknown[] {
    return this.entries().map(([key]) => key);
  }
  values(): unknown[] {
    return this.entries().map(([, value]) => value);
  }
  toString(): string {
    return `{${this.entries()
      .map(([key, value]) => `${textOf(key)}=${textOf(value)}`)
      .join(', ')}}`;
  }
}

/** java.util.HashSet. */
export class JavaSet {
  readonly map: JavaMap;
  constructor(items: readonly unknown[] = [], expected = 16) {
    this.map = new JavaMap(expected);
    for (const item of items) this.map.set(item, true);
  }
  toString(): string {
    return `[${this.map.keys().map(textOf).join(', ')}]`;
  }
}

/** A pair of a map, as `for (e : map.entrySet())` sees it. */
export class JavaEntry {
  constructor(
    readonly key: unknown,
    readonly value: unknown,
  ) {}
  toString(): string {
    return `${textOf(this.key)}=${textOf(this.value)}`;
  }
}

/** JEXL's `from..to`, both ends included, counting down when `from` is the larger. Never filled in memory. */
export class JavaRange {
  constructor(
    readonly from: number,
    readonly to: number,
  ) {}
  get size(): number {
    return Math.abs(this.to - this.from) + 1;
  }
  *[Symbol.iterator](): Generator<number> {
    const step = this.from <= this.to ? 1 : -1;
    for (let i = 0, n = this.from; i < this.size; i++, n += step) yield n;
  }
  has(value: unknown): boolean {
    return typeof value === 'number' && value >= Math.min(this.from, this.to) && value <= Math.max(this.from, this.to);
  }
  toString(): string {
    const order = this.from <= this.to ? 'Ascending' : 'Descending';
    return `org.apache.commons.jexl3.internal.IntegerRange$${order}@${identity(this)}`;
  }
}

/** Whether a list, set, map, array or range holds the value; undefined when it is none of them. */
export function holds(container: unknown, value: unknown): boolean | undefined {
  if (container instanceof JavaMap) return container.has(value);
  if (container instanceof JavaSet) return container.map.has(value);
  if (container instanceof JavaRange) return container.has(value);
  if (container instanceof JavaArray || container instanceof JavaList)
    return container.items.some((item) => sameValue(item, value));
  return undefined;
}

/** What a loop goes through; undefined when the value cannot be iterated. A map gives its values, as in JEXL. */
export function iterate(value: unknown): Iterable<unknown> | undefined {
  if (value instanceof JavaArray || value instanceof JavaList) return value.items;
  if (value instanceof JavaSet) return value.map.keys();
  if (value instanceof JavaMap) return value.values();
  return value instanceof JavaRange ? value : undefined;
}

/** Number of items; undefined for what has none. */
export function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string') return value.length;
  if (value instanceof JavaArray || value instanceof JavaList) return value.items.length;
  if (value instanceof JavaSet) return value.map.size;
  return value instanceof JavaMap || value instanceof JavaRange ? value.size : undefined;
}

/** Numbers, texts and flags are keys by kind and text (1 and 1L differ, as in Java); other objects by themselves. */
function lookup(key: unknown): unknown {
  switch (typeof key) {
    case 'string':
      return `s${key}`;
    case 'object':
      return key === null || !isPlainValue(key) ? key : `${key.constructor.name} ${key}`;
    default:
      return key;
  }
}
const isPlainValue = (key: object): boolean => hashOf(key) !== 0 && !(key instanceof JavaArray);

const identities = new WeakMap<object, string>();
let nextIdentity = 0x1b28cdfa;
/** A stable stand-in for System.identityHashCode. */
export function identity(of: object): string {
  let text = identities.get(of);
  if (text === undefined) {
    nextIdentity = (Math.imul(nextIdentity, 1103515245) + 12345) & 0x7fffffff;
    text = nextIdentity.toString(16);
    identities.set(of, text);
  }
  return text;
}
