import { type Args, bind, type Method, method } from '../host/host.js';
import { holds, JavaArray, JavaEntry, JavaList, JavaMap, JavaRange, JavaSet, sizeOf } from '../value/collection.js';
import { ScriptError, sameValue } from '../value/value.js';

/** A method of a list, array, map, set or entry. */
export function collectionMethods(value: unknown, name: string, count: number): ((args: Args) => unknown) | undefined {
  if (value instanceof JavaList)
    return bind(listMethods, value, name, count) ?? bind(readMethods, value.items, name, count);
  // JEXL reads an array through a wrapper that has these four and no others.
  if (value instanceof JavaArray) return bind(readMethods, value.items, name, count);
  if (value instanceof JavaMap) return bind(mapMethods, value, name, count);
  if (value instanceof JavaSet) return bind(setMethods, value, name, count);
  if (value instanceof JavaEntry) return bind(entryMethods, value, name, count);
  if (value instanceof JavaRange && name === 'size') return () => sizeOf(value);
  return undefined;
}

function at(items: readonly unknown[], i: number): unknown {
  if (i < 0 || i >= items.length) throw new ScriptError(`index ${i}`);
  return items[i];
}

const readMethods: ReadonlyMap<string, Method<unknown[]>> = new Map<string, Method<unknown[]>>([
  ['get', method((items, a) => at(items, a.int(0)), 1)],
  ['set', method((items, a) => items.splice(a.int(0), 1, a.any(1))[0], 2)],
  ['size', method((items) => items.length)],
  ['contains', method((items, a) => items.some((item) => sameValue(item, a.any(0))), 1)],
  ['indexOf', method((items, a) => items.findIndex((item) => sameValue(item, a.any(0))), 1)],
]);

const listMethods: ReadonlyMap<string, Method<JavaList>> = new Map<string, Method<JavaList>>([
  ['add', method(added, 1, 2)],
  ['remove', method(removed, 1)],
  ['isEmpty', method((list) => list.items.length === 0)],
  ['clear', method((list) => list.items.splice(0) && null)],
]);

function added(list: JavaList, a: Args): unknown {
  if (a.count === 1) return list.items.push(a.any(0)) > 0;
  list.items.splice(a.int(0), 0, a.any(1));
  return null;
}

/** By position for a number, else by value. */
function removed(list: JavaList, a: Args): unknown {
  const what = a.any(0);
  if (typeof what === 'number') {
    at(list.items, what);
    return list.items.splice(what, 1)[0];
  }
  const i = list.items.findIndex((item) => sameValue(item, what));
  if (i >= 0) list.items.splice(i, 1);
  return i >= 0;
}

const mapMethods: ReadonlyMap<string, Method<JavaMap>> = new Map<string, Method<JavaMap>>([
  ['get', method((map, a) => map.get(a.any(0)), 1)],
  ['getOrDefault', method((map, a) => (map.has(a.any(0)) ? map.get(a.any(0)) : a.any(1)), 2)],
  ['put', method((map, a) => replaced(map, a.any(0), () => map.set(a.any(0), a.any(1))), 2)],
  ['remove', method((map, a) => replaced(map, a.any(0), () => map.delete(a.any(0))), 1)],
  ['containsKey', method((map, a) => map.has(a.any(0)), 1)],
  ['containsValue', method((map, a) => map.values().some((value) => sameValue(value, a.any(0))), 1)],
  ['size', method((map) => map.size)],
  ['isEmpty', method((map) => map.size === 0)],
  ['clear', method((map) => map.clear() ?? null)],
  ['keySet', method((map) => new JavaSet(map.keys()))],
  ['values', method((map) => new JavaList(map.values()))],
  ['entrySet', method((map) => new JavaList(map.entries().map(([key, value]) => new JavaEntry(key, value))))],
]);

function replaced(map: JavaMap, key: unknown, change: () => unknown): unknown {
  const before = map.get(key);
  change();
  return before;
}

const setMethods: ReadonlyMap<string, Method<JavaSet>> = new Map<string, Method<JavaSet>>([
  ['add', method((set, a) => !set.map.has(a.any(0)) && (set.map.set(a.any(0), true) ?? true), 1)],
  ['remove', method((set, a) => set.map.delete(a.any(0)), 1)],
  ['contains', method((set, a) => holds(set, a.any(0)), 1)],
  ['size', method((set) => set.map.size)],
  ['isEmpty', method((set) => set.map.size === 0)],
]);

const entryMethods: ReadonlyMap<string, Method<JavaEntry>> = new Map<string, Method<JavaEntry>>([
  ['getKey', method((entry) => entry.key)],
  ['getValue', method((entry) => entry.value)],
]);
