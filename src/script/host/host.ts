import { isNumber, toNumber } from '../value/number.js';
import { NoMethod, textOf } from '../value/value.js';

/** The arguments of a call from a script to a Java-like method. */
export class Args {
  constructor(
    readonly values: readonly unknown[],
    /** JavaScript hands over any value where a text or a number is wanted (Rhino converts); JEXL finds no such method. */
    readonly lenient: boolean,
  ) {}
  /** The arguments from the i-th on. */
  from(i: number): Args {
    return new Args(this.values.slice(i), this.lenient);
  }
  /** All of them, as any() gives each. */
  get all(): unknown[] {
    return this.values.map((_, i) => this.any(i));
  }
  get count(): number {
    return this.values.length;
  }
  any(i: number): unknown {
    return this.values[i] ?? null;
  }
  /** A text, or null where Java allows it. */
  textOrNull(i: number): string | null {
    return this.any(i) === null ? null : this.text(i);
  }
  text(i: number): string {
    const value = this.values[i];
    if (typeof value === 'string') return value;
    if (this.lenient) return textOf(value);
    throw new NoMethod(`argument ${i + 1} is no String`);
  }
  int(i: number): number {
    const value = this.values[i];
    if (typeof value === 'number' || typeof value === 'bigint') return Math.trunc(Number(value));
    if (this.lenient) return Math.trunc(isNumber(value) ? toNumber(value) : Number(value));
    throw new NoMethod(`argument ${i + 1} is no int`);
  }
  flag(i: number): boolean {
    const value = this.values[i];
    if (typeof value === 'boolean') return value;
    if (this.lenient) return Boolean(value);
    throw new NoMethod(`argument ${i + 1} is no boolean`);
  }
}

/** A method that scripts may call; calls with another number of arguments find no method. */
export interface Method<T> {
  readonly min: number;
  readonly max: number;
  readonly call: (self: T, args: Args) => unknown;
}
/** A method without arguments, or with that many, or from that many up to `max`. */
export const method = <T>(call: (self: T, args: Args) => unknown, min = 0, max = min): Method<T> => ({
  min,
  max,
  call,
});

/** What scripts may do with one kind of object: nothing but these methods is reachable. */
export interface HostClass<T> {
  readonly name: string;
  readonly methods: ReadonlyMap<string, Method<T>>;
  readonly text: (self: T) => string;
}
export const hostClass = <T>(
  name: string,
  methods: Readonly<Record<string, Method<T>>>,
  text?: (self: T) => string,
): HostClass<T> => ({
  name,
  methods: new Map(Object.entries(methods)),
  text: text ?? (() => `${name}@1b28cdfa`),
});

/** An object of ours in the hands of a script: reachable only through its class's methods. */
export class Host<T = unknown> {
  readonly type: HostClass<T>;
  readonly self: T;
  constructor(type: HostClass<T>, self: T) {
    this.type = type;
    this.self = self;
  }
  /** The bound method, or undefined when there is none of that name and number of arguments. */
  find(name: string, count: number): ((args: Args) => unknown) | undefined {
    return bind(this.type.methods, this.self, name, count);
  }
  toString(): string {
    return this.type.text(this.self);
  }
}

/** A method of a table for this object. */
export function bind<T>(
  methods: ReadonlyMap<string, Method<T>>,
  self: T,
  name: string,
  count: number,
): ((args: Args) => unknown) | undefined {
  const found = methods.get(name);
  return found && count >= found.min && count <= found.max ? (args) => found.call(self, args) : undefined;
}
