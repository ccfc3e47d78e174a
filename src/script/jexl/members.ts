import { type Args, Args as Arguments, bind, Host, type Method, method } from '../host/host.js';
import { JavaArray, JavaList, JavaMap } from '../value/collection.js';
import { Double, isNumber, toNumber } from '../value/number.js';
import { hashOf, NoMethod, ScriptError, sameValue, textOf } from '../value/value.js';
import { classOf, construct, JavaClass } from './classes.js';
import { collectionMethods } from './collections.js';
import { size } from './compare.js';
import { numberMethods } from './numbers.js';
import { stringMethods } from './strings.js';

export { construct };

type Call = (args: Args) => unknown;

/** `object.name(args)`; ScriptError when there is no such method for these arguments. */
export function callMethod(object: unknown, name: string, args: readonly unknown[]): unknown {
  if (object === null) throw new ScriptError(`null.${name}`);
  // size is an operator too: whatever has no method of that name still has a size.
  if (name === 'size' && args.length === 0 && methodOf(object, name, 0) === undefined) return size(object);
  return invoke(object, name, new Arguments(args, false));
}

/** A method as reflection finds it. */
export function invoke(object: unknown, name: string, args: Args): unknown {
  const found = methodOf(object, name, args.count);
  if (found === undefined) throw new NoMethod(`no method ${name}`);
  return found(args) ?? null;
}

/** Whether there is a method of that name, for any number of arguments up to four. */
export const hasMethod = (object: unknown, name: string): boolean =>
  [0, 1, 2, 3, 4].some((count) => methodOf(object, name, count) !== undefined);

/** The value of `object.getName()` or `isName()`; undefined when there is no such getter. */
export const byGetter = (object: unknown, name: string): unknown => getterOf(object, name)?.(new Arguments([], false));

function methodOf(object: unknown, name: string, count: number): Call | undefined {
  return special(object, name, count) ?? bind<unknown>(objectMethods, object, name, count);
}

function special(object: unknown, name: string, count: number): Call | undefined {
  if (typeof object === 'string') return bind(stringMethods, object, name, count);
  if (object instanceof Host) return object.find(name, count);
  if (object instanceof JavaClass) return object.find(name, count);
  if (isNumber(object) || typeof object === 'boolean') return numberMethods(object, name, count);
  return collectionMethods(object, name, count);
}

const objectMethods: ReadonlyMap<string, Method<unknown>> = new Map<string, Method<unknown>>([
  ['toString', method((self) => textOf(self))],
  ['getClass', method((self) => classOf(self))],
  ['equals', method((self, args) => sameValue(self, args.any(0)), 1)],
  ['hashCode', method((self) => hashOf(self) || 0x1b28cdfa)],
]);

/** There is no such property, as against one whose getter failed: JEXL 2 makes null of it. */
export class NoProperty extends ScriptError {}

/** `object.key`: a getter first, then the entry of a map or list, then `get(key)`. */
export function member(object: unknown, key: unknown): unknown {
  if (object === null) throw new ScriptError(`null.${textOf(key)}`);
  if (typeof key === 'string') {
    const getter = getterOf(object, key);
    if (getter !== undefined) return getter(new Arguments([], false)) ?? null;
    if (object instanceof Host) {
      const get = object.find('get', 1);
      if (get !== undefined) return get(new Arguments([key], false)) ?? null;
    }
    if (object instanceof JavaClass || isNumber(object)) {
      const constant = (object instanceof JavaClass ? object : classOf(object)).constant(key);
      if (constant !== undefined) return constant;
    }
  }
  return indexed(object, key);
}

function getterOf(object: unknown, name: string): Call | undefined {
  const tail = name.charAt(0).toUpperCase() + name.slice(1);
  if (object instanceof JavaMap && tail !== 'Empty' && tail !== 'Class') return undefined;
  return methodOf(object, `get${tail}`, 0) ?? methodOf(object, `is${tail}`, 0);
}

/** `object[key]`. */
export function indexed(object: unknown, key: unknown): unknown {
  if (object instanceof JavaMap) return object.get(key) ?? null;
  if (object instanceof JavaArray || object instanceof JavaList) return object.items[position(object, key)] ?? null;
  if (object instanceof Host && typeof key === 'string') return member(object, key);
  throw new NoProperty(textOf(key));
}

function position({ items }: JavaArray | JavaList, key: unknown): number {
  if (typeof key === 'string') throw new NoProperty(key);
  const at = typeof key === 'bigint' || key instanceof Double ? Math.trunc(toNumber(key)) : key;
  if (typeof at !== 'number' || at < 0 || at >= items.length) throw new ScriptError(`index ${textOf(key)}`);
  return at;
}

/** `object[key] = value`. */
export function setIndexed(object: unknown, key: unknown, value: unknown): void {
  if (object instanceof JavaMap) object.set(key, value);
  else if (object instanceof JavaArray || object instanceof JavaList) object.items[position(object, key)] = value;
  else setMember(object, key, value);
}

/** `object.key = value`: an entry, a setter, or `put(key, value)`. */
export function setMember(object: unknown, key: unknown, value: unknown): void {
  if (object instanceof JavaMap || object instanceof JavaArray || object instanceof JavaList) {
    setIndexed(object, key, value);
    return;
  }
  if (setBySetter(object, textOf(key), value)) return;
  if (object instanceof Host) callMethod(object, 'put', [key, value]);
  else throw new ScriptError(`no property ${textOf(key)}`);
}

/** Whether the object has a setter of that name; it is then called. */
export function setBySetter(object: unknown, name: string, value: unknown): boolean {
  const tail = name.charAt(0).toUpperCase() + name.slice(1);
  const setter = object instanceof Host ? object.find(`set${tail}`, 1) : undefined;
  setter?.(new Arguments([value], false));
  return setter !== undefined;
}

/** An array literal: of a primitive type when all items are of that one, as its class name shows. */
export function arrayOf(items: readonly unknown[], primitives: ReadonlyMap<string, string>): JavaArray {
  return new JavaArray(componentOf(items, primitives), [...items]);
}

function componentOf(items: readonly unknown[], primitives: ReadonlyMap<string, string>): string {
  const names = new Set(items.filter((item) => item !== null).map((item) => classOf(item).name));
  const [only] = names;
  if (only !== undefined && names.size === 1) {
    const primitive = items.includes(null) ? undefined : primitives.get(only);
    return primitive ?? (only.startsWith('[') ? only : `L${only};`);
  }
  const numbers = items.length > 0 && items.every((item) => isNumber(item));
  return numbers ? 'Ljava.lang.Number;' : 'Ljava.lang.Object;';
}
