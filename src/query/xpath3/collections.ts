import { atomize } from './cast.js';
import { saxonError } from './error.js';
import { type ArrayItem, type Atomic, EMPTY, keyText, type MapItem, type Sequence } from './item.js';

export const arrayOf = (members: readonly Sequence[]): ArrayItem => ({ kind: 'array', members });

/** A map of keys and values as they were written. */
export function mapOf(pairs: readonly (readonly [key: Sequence, value: Sequence])[]): MapItem {
  const entries = new Map<string, { readonly key: Atomic; readonly value: Sequence }>();
  for (const [keys, value] of pairs) {
    const [key] = atomize(keys);
    if (key === undefined) throw saxonError('An empty sequence is not allowed as the key value in a map constructor');
    const text = keyText(key);
    if (entries.has(text)) throw saxonError(`Duplicate key value in map constructor: ${text.slice(1).trim()}`);
    entries.set(text, { key, value });
  }
  return { kind: 'map', entries };
}

/** `base?key`; without a key all values. */
export function lookup(base: Sequence, keys: Sequence | undefined): Sequence {
  return base.flatMap((item) => {
    if (item.kind === 'map') {
      if (keys === undefined) return [...item.entries.values()].flatMap(({ value }) => value);
      return atomize(keys).flatMap((key) => item.entries.get(keyText(key))?.value ?? EMPTY);
    }
    if (item.kind === 'array') {
      if (keys === undefined) return item.members.flat();
      return atomize(keys).flatMap((key) => member(item, Number(key.value)));
    }
    throw saxonError('The items on the LHS of the "?" operator must be maps or arrays');
  });
}

/** The member at a place, counted from 1. */
export function member({ members }: ArrayItem, at: number): Sequence {
  const found = members[at - 1];
  if (found === undefined) throw saxonError(`Array index (${at}) out of range (1 to ${members.length})`);
  return found;
}
