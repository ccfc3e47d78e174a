import type { Document } from '../jackson/document.js';
import { isArray, isNumber, isObject, type Json, keysOf, member, toNumber } from '../jackson/value.js';

/** A compiled expression; the document is asked before an answer hangs on what JSON.parse does not keep. */
export type Search = (value: Json, document: Document) => Json;

/** The type as JMESPath and its messages name it. */
export function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value;
  return isNumber(value) ? 'number' : isArray(value) ? 'array' : 'object';
}

export function isTruthy(value: Json): boolean {
  if (value === null || value === false || value === '') return false;
  if (isArray(value)) return value.length > 0;
  return isObject(value) ? keysOf(value).length > 0 : true;
}

/**
 * BaseRuntime.compare: 0 when equal; values of different types, and those without order, are "smaller" when they differ.
 */
export function compare(a: Json, b: Json): number {
  if (isNumber(a) && isNumber(b)) return compareDoubles(toNumber(a), toNumber(b));
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (isArray(a) && isArray(b))
    return a.length === b.length && a.every((item, i) => compare(item, b[i] ?? null) === 0) ? 0 : -1;
  if (isObject(a) && isObject(b)) return sameMembers(a, b) ? 0 : -1;
  return a === b ? 0 : -1;
}

/** Double.compare: -0 comes before 0. */
function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === 0 && b === 0) return Object.is(a, b) ? 0 : Object.is(a, -0) ? -1 : 1;
  return a === b ? 0 : Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : -1;
}

function sameMembers(a: Json, b: Json): boolean {
  if (!isObject(a) || !isObject(b)) return false;
  const keys = keysOf(a);
  if (keys.length !== keysOf(b).length) return false;
  return keys.every((key) => {
    const other = member(b, key);
    return other !== undefined && compare(member(a, key) ?? null, other) === 0;
  });
}
