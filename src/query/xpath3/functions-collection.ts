import { atom, num } from './arguments.js';
import { truth } from './cast.js';
import { arrayOf, member } from './collections.js';
import { saxonError } from './error.js';
import { call } from './functions-sequence.js';
import {
  type ArrayItem,
  type Atomic,
  boolean,
  double,
  EMPTY,
  integer,
  keyText,
  type MapItem,
  type Sequence,
} from './item.js';
import { define, type Signature } from './signature.js';

function map(items: Sequence | undefined): MapItem {
  const [item] = items ?? [];
  if (item?.kind !== 'map') throw saxonError('The required item type of the argument is map(*)');
  return item;
}
function array(items: Sequence | undefined): ArrayItem {
  const [item] = items ?? [];
  if (item?.kind !== 'array') throw saxonError('The required item type of the argument is array(*)');
  return item;
}
const entriesOf = (items: Sequence | undefined) => [...map(items).entries.values()];
function withEntry({ entries }: MapItem, key: Atomic | undefined, value: Sequence): MapItem {
  const copy = new Map(entries);
  if (key !== undefined) copy.set(keyText(key), { key, value });
  return { kind: 'map', entries: copy };
}

const MAP: readonly Signature[] = [
  define('size', 'map(*)', 'integer', ([m]) => [integer(map(m).entries.size)]),
  define('keys', 'map(*)', undefined, ([m]) => entriesOf(m).map(({ key }) => key)),
  define('contains', 'map(*), anyAtomicType', 'boolean', ([m, k]) => {
    const key = atom(k);
    return [boolean(key !== undefined && map(m).entries.has(keyText(key)))];
  }),
  define('get', 'map(*), anyAtomicType', undefined, ([m, k]) => {
    const key = atom(k);
    return key === undefined ? EMPTY : (map(m).entries.get(keyText(key))?.value ?? EMPTY);
  }),
  define('put', 'map(*), anyAtomicType, item()*', undefined, ([m, k, v = EMPTY]) => [withEntry(map(m), atom(k), v)]),
  define('entry', 'anyAtomicType, item()*', undefined, ([k, v = EMPTY]) => [
    withEntry({ kind: 'map', entries: new Map() }, atom(k), v),
  ]),
  define('remove', 'map(*), anyAtomicType*', undefined, ([m, keys = EMPTY]) => {
    const copy = new Map(map(m).entries);
    for (const key of keys) {
      const one = atom([key]);
      if (one !== undefined) copy.delete(keyText(one));
    }
    return [{ kind: 'map', entries: copy }];
  }),
  define('merge', 'map(*)*, [map(*)]', undefined, ([maps = EMPTY]) => {
    const merged = new Map<string, { readonly key: Atomic; readonly value: Sequence }>();
    for (const one of maps) for (const [key, entry] of map([one]).entries) if (!merged.has(key)) merged.set(key, entry);
    return [{ kind: 'map', entries: merged }];
  }),
  define('for-each', 'map(*), function(*)', undefined, ([m, f]) =>
    entriesOf(m).flatMap(({ key, value }) => call(f, [key], value)),
  ),
];

const ARRAY: readonly Signature[] = [
  define('size', 'array(*)', 'integer', ([a]) => [integer(array(a).members.length)]),
  define('get', 'array(*), integer', undefined, ([a, at]) => member(array(a), num(at))),
  define('append', 'array(*), item()*', undefined, ([a, v = EMPTY]) => [arrayOf([...array(a).members, v])]),
  define('head', 'array(*)', undefined, ([a]) => member(array(a), 1)),
  define('tail', 'array(*)', undefined, ([a]) => [arrayOf(array(a).members.slice(1))]),
  define('reverse', 'array(*)', undefined, ([a]) => [arrayOf(array(a).members.toReversed())]),
  define('subarray', 'array(*), integer, [integer]', undefined, ([a, from, count]) => [
    arrayOf(array(a).members.slice(num(from) - 1, count === undefined ? undefined : num(from) - 1 + num(count))),
  ]),
  define('join', 'array(*)*', undefined, ([list = EMPTY]) => [arrayOf(list.flatMap((one) => array([one]).members))]),
  define('flatten', 'item()*', undefined, ([items = EMPTY]) => flattened(items)),
  define('for-each', 'array(*), function(*)', undefined, ([a, f]) => [
    arrayOf(array(a).members.map((one) => call(f, one))),
  ]),
  define('filter', 'array(*), function(*)', undefined, ([a, f]) => [
    arrayOf(array(a).members.filter((one) => truth(call(f, one)))),
  ]),
];
const flattened = (items: Sequence): Sequence =>
  items.flatMap((item) => (item.kind === 'array' ? flattened(item.members.flat()) : [item]));

const math = (name: string, compute: (n: number) => number): Signature =>
  define(name, 'double?', undefined, ([a = EMPTY]) => (a.length === 0 ? EMPTY : [double(compute(num(a)))]));
const MATH: readonly Signature[] = [
  define('pi', '', 'double', () => [double(Math.PI)]),
  ...(['exp', 'log', 'log10', 'sqrt', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan'] as const).map((name) =>
    math(name, Math[name]),
  ),
  math('exp10', (n) => 10 ** n),
  define('pow', 'double?, numeric', undefined, ([a = EMPTY, b]) =>
    a.length === 0 ? EMPTY : [double(num(a) ** num(b))],
  ),
  define('atan2', 'double, double', 'double', ([a, b]) => [double(Math.atan2(num(a), num(b)))]),
];

/** Functions of the namespaces below `fn`, by the last part of their names. */
export const COLLECTION_FUNCTIONS: readonly (readonly [part: string, functions: readonly Signature[]])[] = [
  ['map', MAP],
  ['array', ARRAY],
  ['math', MATH],
];
