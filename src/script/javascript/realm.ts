import vm from 'node:vm';
import { JavaError } from '../../java/index.js';
import { Args, Host } from '../host/host.js';
import { iterate, JavaArray, JavaEntry } from '../value/collection.js';
import { Character, isNumber, toNumber } from '../value/number.js';

/** What crosses into the realm: a primitive, a list of such, or an object of a class with these methods. */
type Crossing =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'list'; readonly items: readonly Crossing[] }
  | { readonly kind: 'object'; readonly type: string; readonly methods: readonly string[]; readonly handle: Host }
  | { readonly kind: 'error'; readonly text: string };

/** A script ready to run with the values of the names it uses, in their order. */
export type Run = (values: readonly Crossing[]) => unknown;

/**
 * Makes the realm in which JavaScript runs. Scripts get objects of that realm only, whose methods call ours: there is no
 * process, no require, and no way to our own constructors. A guard rail, not a wall: node:vm is no security boundary.
 */
export function makeRealm(): { prepare(text: string, names: readonly string[]): Run } {
  // What scripts leave in the global object lands here and is swept away: each run starts with a fresh scope, as in Rhino.
  const globals: Record<string, unknown> = Object.create(null);
  const context = vm.createContext(globals, { name: 'script', codeGeneration: { strings: true, wasm: false } });
  const bootstrap: (call: typeof crossCall) => Bootstrapped = vm.runInContext(`(${BOOTSTRAP})`, context, {
    filename: 'realm',
  });
  const { enter, runner, forget } = bootstrap(crossCall);
  const runners = new Map<string, ReturnType<typeof runner>>();
  return {
    prepare(text, names) {
      const key = names.join();
      const run = runners.get(key) ?? runner(names.join(','));
      runners.set(key, run);
      return (values) => {
        try {
          return run(text, values.map(enter));
        } finally {
          for (const name in globals) forget(name);
        }
      };
    },
  };
}

interface Bootstrapped {
  /** Takes a name that a script left out of the global object. */
  forget(name: string): void;
  /** The realm's object for a crossing. */
  enter(crossing: Crossing): unknown;
  /** A function of the realm that runs a text with these names and gives its last expression's value. */
  runner(names: string): (text: string, values: readonly unknown[]) => unknown;
}

/** Runs in the realm: nothing in here may hand out one of our own objects. */
const BOOTSTRAP = String(function bootstrap(call: typeof crossCall): Bootstrapped {
  // A script that replaced these could watch our objects go through.
  Object.freeze(WeakMap.prototype);
  Object.freeze(Map.prototype);
  const mapped = <A, B>(items: readonly A[], change: (item: A) => B): B[] => {
    const changed: B[] = [];
    for (const item of items) changed[changed.length] = change(item);
    return changed;
  };
  const handles = new WeakMap<object, Host>();
  const classes = new Map<string, object>();
  const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
  const leave = (value: unknown): unknown => (isObject(value) ? (handles.get(value) ?? value) : value);

  const enter = (crossing: Crossing): unknown => {
    switch (crossing.kind) {
      case 'value':
        return crossing.value;
      case 'list':
        return mapped(crossing.items, enter);
      case 'error':
        throw new Error(crossing.text);
    }
    let prototype = classes.get(crossing.type);
    if (prototype === undefined) {
      prototype = define(mapped(crossing.methods, (name) => name));
      classes.set(crossing.type, prototype);
    }
    const object: object = Object.create(prototype);
    handles.set(object, crossing.handle);
    return object;
  };

  /** Methods, and for getters and setters the properties that Rhino makes of them (`prev.responseCode`). */
  const define = (methods: readonly string[]): object => {
    const prototype: Record<string, unknown> = {};
    for (const name of methods)
      prototype[name] = function (this: object, ...args: unknown[]) {
        const handle = handles.get(this);
        if (handle === undefined) throw new TypeError(`${name} is called on another object`);
        for (let i = 0; i < args.length; i++) args[i] = leave(args[i]);
        return enter(call(handle, name, args));
      };
    for (const name of methods) {
      const found = /^(?:get|is)([A-Z].*)$/.exec(name);
      if (found?.[1] === undefined) continue;
      const tail = found[1];
      Object.defineProperty(prototype, tail.charAt(0).toLowerCase() + tail.slice(1), {
        get(this: Record<string, () => unknown>) {
          return this[name]?.();
        },
        set(this: Record<string, (value: unknown) => unknown>, value: unknown) {
          this[`set${tail}`]?.(value);
        },
      });
    }
    return prototype;
  };

  /** What Java strings have beside JavaScript's own methods. */
  const strings: Record<string, (this: string, other: string) => unknown> = {
    equals(other) {
      return String(this) === String(other);
    },
    equalsIgnoreCase(other) {
      return this.toLowerCase() === String(other).toLowerCase();
    },
    contains(other) {
      return this.includes(String(other));
    },
    isEmpty() {
      return this.length === 0;
    },
    compareTo(other) {
      return this < other ? -1 : this > other ? 1 : 0;
    },
    matches(pattern) {
      return new RegExp(`^(?:${pattern})$`).test(this);
    },
    getBytes() {
      return mapped([...unescape(encodeURIComponent(this))], (c) => (c.charCodeAt(0) << 24) >> 24);
    },
  };
  for (const [name, value] of Object.entries(strings))
    Object.defineProperty(String.prototype, name, { value, writable: true, configurable: true });

  return {
    enter,
    forget: (name) => delete (globalThis as Record<string, unknown>)[name],
    // The completion value of eval is what Rhino gives: that of the last expression statement.
    runner: (names) => {
      const run = new Function('$text', names, 'return eval($text);');
      return (text, values) => leave(run(text, ...mapped(values, (value) => value)));
    },
  };
});

/** A call from the realm; errors come back as texts, so that no object of ours is thrown into a script. */
function crossCall(handle: Host, name: string, args: readonly unknown[]): Crossing {
  try {
    const call = handle.find(name, args.length);
    if (call === undefined) return { kind: 'error', text: `Can't find method ${handle.type.name}.${name}` };
    return crossing(call(new Args(Array.from(args, received), true)));
  } catch (thrown) {
    return { kind: 'error', text: thrown instanceof JavaError ? String(thrown) : message(thrown) };
  }
}
const message = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** An array of the realm is a Java array to our methods; undefined is null. */
const received = (value: unknown): unknown =>
  Array.isArray(value) ? new JavaArray('Ljava.lang.Object;', Array.from(value)) : (value ?? null);

/** A value of ours on its way to a script. */
export function crossing(value: unknown): Crossing {
  if (value instanceof Host)
    return { kind: 'object', type: value.type.name, methods: [...value.type.methods.keys()], handle: value };
  if (value instanceof JavaEntry) return { kind: 'list', items: [crossing(value.key), crossing(value.value)] };
  const items = iterate(value);
  if (items !== undefined) return { kind: 'list', items: Array.from(items, crossing) };
  if (isNumber(value)) return { kind: 'value', value: toNumber(value) };
  return { kind: 'value', value: value instanceof Character ? String(value) : (value ?? null) };
}
