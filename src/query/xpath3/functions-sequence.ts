import { num } from './arguments.js';
import { atomize, truth } from './cast.js';
import { lookup } from './collections.js';
import { compareAtomics, orderOf } from './compute.js';
import { sameNodes } from './deep-equal.js';
import { saxonError } from './error.js';
import {
  type Atomic,
  boolean,
  EMPTY,
  type FunctionItem,
  type Item,
  integer,
  isAtomic,
  isNode,
  isNumeric,
  keyText,
  primitiveOf,
  type Sequence,
} from './item.js';
import { define, type Signature } from './signature.js';

/** Functions on sequences, and of higher order (XPath Functions 3.1 §14, §16). */
export const SEQUENCE_FUNCTIONS: readonly Signature[] = [
  define('true', '', 'boolean', () => [boolean(true)]),
  define('false', '', 'boolean', () => [boolean(false)]),
  define('boolean', 'item()*', 'boolean', ([a = EMPTY]) => [boolean(truth(a))]),
  define('not', 'item()*', 'boolean', ([a = EMPTY]) => [boolean(!truth(a))]),
  define('position', '', 'integer', (_, { position }) => [integer(position)], true),
  define('last', '', 'integer', (_, { size }) => [integer(size)], true),
  define('count', 'item()*', 'integer', ([a = EMPTY]) => [integer(a.length)]),
  define('empty', 'item()*', 'boolean', ([a = EMPTY]) => [boolean(a.length === 0)]),
  define('exists', 'item()*', 'boolean', ([a = EMPTY]) => [boolean(a.length > 0)]),
  define('head', 'item()*', undefined, ([a = EMPTY]) => a.slice(0, 1)),
  define('tail', 'item()*', undefined, ([a = EMPTY]) => a.slice(1)),
  define('reverse', 'item()*', undefined, ([a = EMPTY]) => a.toReversed()),
  define('unordered', 'item()*', undefined, ([a = EMPTY]) => a),
  define('data', '[item()*]', undefined, ([a], { item }) => atomize(a ?? (item === undefined ? EMPTY : [item]))),
  define('insert-before', 'item()*, integer, item()*', undefined, ([a = EMPTY, b, c = EMPTY]) =>
    a.toSpliced(Math.max(0, num(b) - 1), 0, ...c),
  ),
  define('remove', 'item()*, integer', undefined, ([a = EMPTY, b]) => a.filter((_, i) => i + 1 !== num(b))),
  define('subsequence', 'item()*, double, [double]', undefined, ([a = EMPTY, b, c]) => {
    const start = Math.floor(num(b) + 0.5);
    const end = c === undefined ? Number.POSITIVE_INFINITY : start + Math.floor(num(c) + 0.5);
    return a.filter((_, i) => i + 1 >= start && i + 1 < end);
  }),
  define('index-of', 'anyAtomicType*, anyAtomicType, [string]', undefined, ([a = EMPTY, b]) =>
    a.flatMap((item, i) => (same(item, b?.[0]) ? [integer(i + 1)] : [])),
  ),
  define('distinct-values', 'anyAtomicType*, [string]', undefined, ([a = EMPTY]) =>
    [...new Map(a.filter(isAtomic).map((value) => [keyText(value), value])).values()].map(
      (value) => a.filter(isAtomic).find((first) => keyText(first) === keyText(value)) ?? value,
    ),
  ),
  define('deep-equal', 'item()*, item()*, [string]', 'boolean', ([a = EMPTY, b = EMPTY]) => [boolean(deepEqual(a, b))]),
  define('zero-or-one', 'item()?', undefined, ([a = EMPTY]) => a),
  define('one-or-more', 'item()+', undefined, ([a = EMPTY]) => a),
  define('exactly-one', 'item()', undefined, ([a = EMPTY]) => a),
  define('for-each', 'item()*, function(*)', undefined, ([a = EMPTY, f]) => a.flatMap((item) => call(f, [item]))),
  define('filter', 'item()*, function(*)', undefined, ([a = EMPTY, f]) => a.filter((item) => truth(call(f, [item])))),
  define('fold-left', 'item()*, item()*, function(*)', undefined, ([a = EMPTY, zero = EMPTY, f]) =>
    a.reduce((sum: Sequence, item) => call(f, sum, [item]), zero),
  ),
  define('fold-right', 'item()*, item()*, function(*)', undefined, ([a = EMPTY, zero = EMPTY, f]) =>
    a.reduceRight((sum: Sequence, item) => call(f, [item], sum), zero),
  ),
  define('for-each-pair', 'item()*, item()*, function(*)', undefined, ([a = EMPTY, b = EMPTY, f]) =>
    a.slice(0, b.length).flatMap((item, i) => call(f, [item], b.slice(i, i + 1))),
  ),
  define('sort', 'item()*, [string?], [function(*)]', undefined, ([a = EMPTY, , f]) => sorted(a, f)),
  define('apply', 'function(*), array(*)', undefined, ([f, args]) => {
    const [list] = args ?? [];
    return call(f, ...(list?.kind === 'array' ? list.members : []));
  }),
  define('function-name', 'function(*)', undefined, () => EMPTY),
  define('function-arity', 'function(*)', 'integer', ([f]) => [integer(functionOf(f)?.arity ?? 1)]),
];

function functionOf(items: Sequence | undefined): FunctionItem | undefined {
  const [item] = items ?? [];
  return item?.kind === 'function' ? item : undefined;
}
/** Calls what may also be a map or an array. */
export function call(called: Sequence | undefined, ...args: readonly Sequence[]): Sequence {
  const [item] = called ?? [];
  if (item?.kind === 'map' || item?.kind === 'array') return lookup([item], args[0] ?? EMPTY);
  const found = functionOf(called);
  if (found === undefined) throw saxonError('The required item type of the called function is function(*)');
  return found.call(args.slice(0, found.arity));
}

const kindOf = ({ type }: Atomic): string => {
  if (isNumeric(type)) return 'numeric';
  const primitive = primitiveOf(type);
  return primitive === 'untypedAtomic' || primitive === 'anyURI' ? 'string' : primitive;
};
function same(a: Item | undefined, b: Item | undefined): boolean {
  if (a === undefined || b === undefined || !isAtomic(a) || !isAtomic(b)) return false;
  return kindOf(a) === kindOf(b) && compareAtomics('eq', a, b);
}

function deepEqual(a: Sequence, b: Sequence): boolean {
  return a.length === b.length && a.every((item, i) => sameItems(item, b[i]));
}
function sameItems(a: Item, b: Item | undefined): boolean {
  if (b === undefined) return false;
  if (isAtomic(a) && isAtomic(b)) return same(a, b) || (Number.isNaN(a.value) && Number.isNaN(b.value));
  if (a.kind === 'array' && b.kind === 'array')
    return (
      a.members.length === b.members.length && a.members.every((member, i) => deepEqual(member, b.members[i] ?? EMPTY))
    );
  if (a.kind === 'map' && b.kind === 'map')
    return (
      a.entries.size === b.entries.size &&
      [...a.entries].every(([key, { value }]) =>
        deepEqual(value, b.entries.get(key)?.value ?? [boolean(false), boolean(true)]),
      )
    );
  return isNode(a) && isNode(b) && sameNodes(a, b);
}

function sorted(items: Sequence, key: Sequence | undefined): Sequence {
  const keyed = items.map((item) => ({ item, key: atomize(key === undefined ? [item] : call(key, [item])) }));
  return keyed.sort((a, b) => orderOfKeys(a.key, b.key)).map(({ item }) => item);
}
function orderOfKeys(a: readonly Atomic[], b: readonly Atomic[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? -1 : 1;
    const order = orderOf(x, y) ?? 0;
    if (order !== 0) return order;
  }
  return 0;
}
