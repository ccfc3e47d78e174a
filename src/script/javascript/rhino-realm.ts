import vm from 'node:vm';
import { likeRhino } from './rhino-globals.js';
import { type Bridge, bridge, type Crossing, crossing, JavaPackage } from './rhino-objects.js';

/** A script ready to run with the values of the names it uses, in their order; its result as Rhino's Context.toString. */
export type RhinoRun = (values: readonly Crossing[]) => string;

/** The packages that scripts find under their names. */
const PACKAGES = ['java', 'javax', 'org', 'com', 'net', 'edu'];

/**
 * Makes a realm that is like Rhino 1.7.14's: without what Rhino lacks, with Java's packages, and with objects of Java as
 * objects of their own kind (texts too). A guard rail, not a wall: node:vm is no security boundary.
 */
export function makeRhinoRealm(): { prepare(text: string, names: readonly string[]): RhinoRun } {
  const globals: Record<string, unknown> = Object.create(null);
  const context = vm.createContext(globals, { name: 'rhino', codeGeneration: { strings: true, wasm: false } });
  const start: (on: Bridge) => Bootstrapped = vm.runInContext(`(${BOOTSTRAP})`, context, { filename: 'rhino' });
  const { enter, give, runner, forget } = start(bridge);
  vm.runInContext(`(${likeRhino})()`, context, { filename: 'rhino' });
  for (const name of PACKAGES) give(name, crossing(new JavaPackage(name)));
  give('Packages', crossing(new JavaPackage('')));
  const runners = new Map<string, ReturnType<typeof runner>>();
  return {
    prepare(text, names) {
      const key = names.join();
      const run = runners.get(key) ?? runner(key);
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
  /** The realm's value for a crossing. */
  enter(crossing: Crossing): unknown;
  /** Defines a global name that stays. */
  give(name: string, crossing: Crossing): void;
  /** Takes a name that a script left out of the global object. */
  forget(name: string): void;
  /** A function of the realm that runs a text with these names and gives the text of its last expression's value. */
  runner(names: string): (text: string, values: readonly unknown[]) => string;
}

/** Runs in the realm: nothing in here may hand out one of our own objects. */
const BOOTSTRAP = String(function bootstrap(on: Bridge): Bootstrapped {
  // Kept from the scripts, which do not see all of these.
  const { Proxy: Proxied, Function: Code, String: text, globalThis: global } = globalThis;
  const { defineProperty: define } = Object;
  const { toPrimitive, iterator } = Symbol;
  const iterate = Array.prototype.values;
  const handles = new WeakMap<object, object>();
  const isObject = (value: unknown): value is object =>
    (typeof value === 'object' && value !== null) || typeof value === 'function';
  const leave = (value: unknown): unknown => (isObject(value) ? (handles.get(value) ?? value) : value);
  const mapped = <A, B>(items: ArrayLike<A>, change: (item: A) => B): B[] => {
    const changed: B[] = [];
    for (let i = 0; i < items.length; i++) changed[i] = change(items[i] as A); // within bounds
    return changed;
  };

  const enter = (crossing: Crossing): unknown => {
    if (crossing.kind === 'value') return crossing.value;
    if (crossing.kind === 'java')
      return crossing.text === undefined ? proxyOf(crossing) : textOf(crossing, crossing.text);
    const error = new Error(crossing.text);
    error.name = crossing.name;
    throw error;
  };

  type JavaObject = Extract<Crossing, { kind: 'java' }>;
  /** The texts of one run. */
  const texts = new Map<string, unknown>();
  const textOf = (crossing: JavaObject, value: string): unknown => {
    const known = texts.get(value) ?? proxyOf(crossing);
    texts.set(value, known);
    return known;
  };
  const proxyOf = ({ object, text: own, isClass }: JavaObject): unknown => {
    const isText = own !== undefined;
    const create = (args: ArrayLike<unknown>): object => enter(on.create(object, mapped(args, leave))) as object; // or it threw
    const proxy = new Proxied(isClass ? class {} : {}, {
      get: (_, name) => property(object, isText, name),
      set(_, name, value) {
        enter(on.assign(object, text(name), leave(value)));
        return true;
      },
      has: (_, name) => typeof name === 'string' && on.look(object, name) !== undefined,
      getPrototypeOf: () => (isText ? String.prototype : null),
      apply: (_, __, args) => create(args),
      construct: (_, args) => create(args),
    });
    handles.set(proxy, object);
    return proxy;
  };

  const property = (object: object, isText: boolean, name: string | symbol): unknown => {
    if (name === toPrimitive) return (hint: string) => (hint === 'string' ? on.text(object) : on.plain(object));
    if (name === iterator) return iterate;
    if (typeof name === 'symbol') return undefined;
    if (name === 'toJSON') return () => on.plain(object);
    const found = on.look(object, name);
    if (found === 'method') return (...args: unknown[]) => enter(on.call(object, name, mapped(args, leave)));
    if (found !== undefined) return enter(found);
    return isText ? (String.prototype as unknown as Record<string, unknown>)[name] : undefined; // any method there is
  };

  return {
    enter,
    give: (name, crossing) => define(global, name, { value: enter(crossing), writable: true, configurable: true }),
    forget: (name) => delete (global as Record<string, unknown>)[name],
    // The completion value of eval is what Rhino gives: that of the last expression statement.
    runner(names) {
      const run = new Code('$text', names, 'return eval($text);');
      return (script, values) => {
        try {
          return text(run(script, ...values));
        } finally {
          texts.clear();
        }
      };
    },
  };
});
