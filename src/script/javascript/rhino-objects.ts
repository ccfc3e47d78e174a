import { JavaError } from '../../java/index.js';
import { Args, Host } from '../host/host.js';
import { construct, forName, isKnownClass, JavaClass } from '../jexl/classes.js';
import { byGetter, hasMethod, invoke, setBySetter } from '../jexl/members.js';
import { JavaArray, JavaEntry, JavaList, JavaMap, JavaRange, JavaSet } from '../value/collection.js';
import { BigDecimal, BigInteger, Character, Double, isNumber, toNumber } from '../value/number.js';
import { ScriptError, textOf } from '../value/value.js';

/** A package on the way to a class: `java.lang`. */
export class JavaPackage {
  constructor(readonly path: string) {}
  toString(): string {
    return `[JavaPackage ${this.path}]`;
  }
}

/** A text, number or java.lang.Class of Java as an object, as Rhino hands it to a script. */
class Boxed {
  constructor(readonly value: unknown) {}
}

interface JavaObject {
  readonly kind: 'java';
  readonly object: object;
  /** Two of the same text are one object: `==` and `===` hold between them. */
  readonly text?: string;
  readonly isClass: boolean;
}
/** A value of ours on its way into the realm: a value of JavaScript, an object of Java, or an error to be thrown there. */
export type Crossing =
  | JavaObject
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly name: string; readonly text: string };

/** What the realm may ask of an object of ours. */
export interface Bridge {
  look(object: object, name: string): Crossing | 'method' | undefined;
  assign(object: object, name: string, value: unknown): Crossing;
  call(object: object, name: string, args: readonly unknown[]): Crossing;
  create(object: object, args: readonly unknown[]): Crossing;
  text(object: object): string;
  /** The number of a Java number, the text of anything else. */
  plain(object: object): string | number;
}

const held = (object: object): unknown => (object instanceof Boxed ? object.value : object);

export const bridge: Bridge = {
  look: (object, name) => (object instanceof JavaClass ? lookAtStatic(object, name) : look(held(object), name)),
  assign: (object, name, value) =>
    guarded(true, () => {
      if (!setBySetter(held(object), name, received(value))) throw new ScriptError(`no property ${name}`);
    }),
  call: (object, name, args) =>
    guarded(BOXED_BY.has(name), () =>
      object instanceof JavaClass
        ? object.call(name, new RhinoArgs(args.map(received), true))
        : called(held(object), name, args.map(received)),
    ),
  create: (object, args) =>
    guarded(true, () => {
      if (!(object instanceof JavaClass)) throw new ScriptError(`${textOf(object)} is not a function`);
      return construct(object.name, args.map(received));
    }),
  text: (object) => (object instanceof JavaClass ? `[JavaClass ${object.name}]` : textOf(held(object))),
  plain(object) {
    const value = held(object);
    return isNumber(value) ? toNumber(value) : bridge.text(object);
  },
};

/** Methods that return an object where others return a number of the language: it keeps Java's text, `5.0`. */
const BOXED_BY: ReadonlySet<string> = new Set([
  ...['get', 'getObject', 'getOrDefault', 'put', 'remove', 'valueOf', 'getKey', 'getValue'],
]);

function look(object: unknown, name: string): Crossing | 'method' | undefined {
  if (object instanceof JavaPackage) {
    const found = child(object, name);
    return { kind: 'java', object: found, isClass: found instanceof JavaClass };
  }
  const isIndex = /^\d+$/.test(name);
  if (object instanceof JavaArray || object instanceof JavaList) {
    if (name === 'length') return crossing(object.items.length);
    if (isIndex) return crossing(object.items[Number(name)], true);
  }
  if (hasMethod(object, name)) return 'method';
  if (typeof object === 'string' && isIndex) return failure(`no public instance field or method named "${name}"`);
  if (object instanceof JavaMap) return undefined;
  const found = guarded(true, () => byGetter(object, name));
  return found.kind === 'value' && found.value === undefined ? undefined : found;
}

function lookAtStatic(of: JavaClass, name: string): Crossing | 'method' | undefined {
  const constant = of.constant(name);
  if (constant !== undefined) return crossing(constant);
  return of.has(name) || hasMethod(of, name) ? 'method' : undefined;
}

function child({ path }: JavaPackage, name: string): object {
  const full = path === '' ? name : `${path}.${name}`;
  return isKnownClass(full) ? forName(full) : new JavaPackage(full);
}

function called(object: unknown, name: string, args: readonly unknown[]): unknown {
  const given = new RhinoArgs(args, true);
  // Rhino cannot choose between replace(char, char) and replace(CharSequence, CharSequence) for a pattern.
  if (typeof object === 'string' && name === 'replace' && typeof args[0] === 'object')
    throw new ScriptError('the choice of String.replace is ambiguous');
  const value = invoke(object, name, given);
  return value === null && isVoid(object, name) ? undefined : value;
}

/** Whether the method is of type void: the script gets undefined. */
function isVoid(object: unknown, name: string): boolean {
  if (name === 'put') return object instanceof Host && object.type.name.endsWith('.JMeterVariables');
  return VOID.has(name) || /^set(?!Property$)/.test(name);
}
const VOID: ReadonlySet<string> = new Set([
  ...['trace', 'debug', 'info', 'warn', 'error', 'putObject', 'clear', 'sort', 'reverse', 'println', 'print', 'stop'],
]);

/** Rhino's conversions where a String is wanted: JavaScript's text of a number, `undefined`. */
class RhinoArgs extends Args {
  override text(i: number): string {
    const value = this.values[i];
    return value instanceof Double ? String(value.value) : value === undefined ? 'undefined' : super.text(i);
  }
  override textOrNull(i: number): string | null {
    return this.values[i] === null ? null : this.text(i);
  }
  override from(i: number): Args {
    return new RhinoArgs(this.values.slice(i), true);
  }
}

/** A number of JavaScript is a Double to Java. */
function received(value: unknown): unknown {
  if (value instanceof Boxed) return value.value;
  return typeof value === 'number' ? new Double(value) : value;
}

function guarded(boxes: boolean, action: () => unknown): Crossing {
  try {
    return crossing(action(), boxes);
  } catch (thrown) {
    if (thrown instanceof JavaError) return { kind: 'error', name: 'JavaException', text: String(thrown) };
    return failure(thrown instanceof Error ? thrown.message : String(thrown));
  }
}
const failure = (text: string): Crossing => ({ kind: 'error', name: 'TypeError', text });

const OURS = [JavaArray, JavaList, JavaMap, JavaSet, JavaEntry, JavaRange, Host, JavaPackage];

/**
 * A value of ours as the realm gets it. Texts of Java are objects there; numbers are when a collection gave them
 * (`boxes`). What is none of ours came from the realm and goes back as it is.
 */
export function crossing(value: unknown, boxes = false): Crossing {
  if (value instanceof Character) return { kind: 'value', value: value.code };
  if (typeof value === 'string') return { kind: 'java', object: new Boxed(value), text: value, isClass: false };
  const isObject = value instanceof BigDecimal || value instanceof BigInteger || value instanceof JavaClass;
  if (isObject || (boxes && isNumber(value))) return { kind: 'java', object: new Boxed(value), isClass: false };
  if (isNumber(value)) return { kind: 'value', value: toNumber(value) };
  if (typeof value === 'object' && value !== null && OURS.some((type) => value instanceof type))
    return { kind: 'java', object: value, isClass: false };
  return { kind: 'value', value };
}
