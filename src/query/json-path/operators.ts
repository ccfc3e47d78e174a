import { compareDecimals, decimalText, JavaError } from '../../java/index.js';
import { invalidPath } from './cursor.js';
import { isArray, isObject, type Json } from './document.js';
import { flag, listOf, parsedJson, sameValue, type Value } from './filter-value.js';
import { parsePath } from './parse-path.js';

/** Whether the operator holds; throws InvalidPathException (the item is then not accepted) and JsonPathException. */
export type Operator = (left: Value, right: Value) => boolean;

type JsonValue = Value & { kind: 'json' };
const SYMBOLS: Readonly<Record<string, Operator>> = {
  '>=': (left, right) => compared(left, right, (order) => order >= 0),
  '<=': (left, right) => compared(left, right, (order) => order <= 0),
  '==': equal,
  '===': sameKind,
  '!=': (left, right) => !equal(left, right),
  '!==': (left, right) => !sameKind(left, right),
  '<': (left, right) => compared(left, right, (order) => order < 0),
  '>': (left, right) => compared(left, right, (order) => order > 0),
  '=~': matches,
};
const WORDS: Readonly<Record<string, Operator>> = {
  IN: isIn,
  NIN: (left, right) => !isIn(left, right),
  CONTAINS: contains,
  // The list that ALL wants cannot be written in a filter text.
  ALL: () => expected('value list node'),
  SIZE: size,
  EXISTS: exists,
  TYPE: () => expected('class node'),
  MATCHES: () => expected('predicate node'),
  EMPTY: empty,
  SUBSETOF: (left, right) => both(left, right, (a, b) => a.every((item) => has(b, item)), false),
  ANYOF: (left, right) => both(left, right, (a, b) => a.some((item) => has(b, item)), false),
  NONEOF: (left, right) => both(left, right, (a, b) => !a.some((item) => has(b, item)), false),
};

/** The operator of that spelling, words in any case; throws InvalidPathException. */
export function operator(text: string): Operator {
  const found = SYMBOLS[text] ?? WORDS[text.toUpperCase()];
  if (!found) throw invalidPath(`Filter operator ${text} is not supported!`);
  return found;
}

/** The check that a path without operator makes. */
export function exists(left: Value, right: Value): boolean {
  if (left.kind !== 'boolean' || right.kind !== 'boolean') return expected('boolean node');
  return left.flag === right.flag;
}

function expected(what: string): never {
  throw invalidPath(`Expected ${what}`);
}

function equal(left: Value, right: Value): boolean {
  if (left.kind === 'json' && right.kind === 'json') {
    // JSON written in the filter stays a text on the left and equals nothing there.
    return 'parsed' in left.json && sameValue(left, { kind: 'json', json: { parsed: parsedJson(right) } });
  }
  return sameValue(left, right);
}

function sameKind(left: Value, right: Value): boolean {
  return left.kind === right.kind && equal(left, right);
}

function compared(left: Value, right: Value, holds: (order: number) => boolean): boolean {
  if (left.kind === 'number' && right.kind === 'number') return holds(compareDecimals(left.number, right.number));
  if (left.kind === 'string' && right.kind === 'string')
    return holds(left.text < right.text ? -1 : left.text > right.text ? 1 : 0);
  return false;
}

/** A pattern on exactly one side; it must match the whole text, of a list any item's. */
function matches(left: Value, right: Value): boolean {
  const pattern = left.kind === 'pattern' ? left : right;
  const value = left.kind === 'pattern' ? right : left;
  if (pattern.kind !== 'pattern' || value.kind === 'pattern') return false;
  const list = value.kind === 'json' ? items(value) : undefined;
  return list ? list.some((item) => pattern.pattern.matches(inputOf(item))) : pattern.pattern.matches(inputOf(value));
}

function inputOf(value: Value): string {
  if (value.kind === 'string') return value.text;
  if (value.kind === 'number') return decimalText(value.number);
  return value.kind === 'boolean' ? String(value.flag) : '';
}

function size(left: Value, right: Value): boolean {
  if (right.kind !== 'number') return false;
  const wanted = Number(BigInt.asIntN(32, whole(right)));
  if (left.kind === 'string') return left.text.length === wanted;
  if (left.kind !== 'json') return false;
  const json = parsedJson(left);
  return (isArray(json) ? json.length : -1) === wanted;
}

function whole({ number: { unscaled, scale } }: Value & { kind: 'number' }): bigint {
  return scale > 0 ? unscaled / 10n ** BigInt(scale) : unscaled * 10n ** BigInt(-scale);
}

function empty(left: Value, right: Value): boolean {
  if (left.kind !== 'string' && left.kind !== 'json') return false;
  const isEmpty = left.kind === 'string' ? left.text === '' : emptyJson(parsedJson(left));
  if (right.kind !== 'boolean') return expected('boolean node');
  return isEmpty === right.flag;
}

/** json-path casts an object to a Collection here, and its exception ends the whole reading. */
function emptyJson(json: Json): boolean {
  if (isObject(json))
    throw new JavaError(
      'java.lang.ClassCastException',
      "class java.util.LinkedHashMap cannot be cast to class java.util.Collection (java.util.LinkedHashMap and java.util.Collection are in module java.base of loader 'bootstrap')",
    );
  return isArray(json) ? json.length === 0 : json === '' || typeof json !== 'string';
}

function isIn(left: Value, right: Value): boolean {
  if (right.kind !== 'json') return expected('value list node');
  const list = items(right);
  return list !== undefined && has(list, left);
}

function contains(left: Value, right: Value): boolean {
  if (left.kind === 'string' && right.kind === 'string') return left.text.includes(right.text);
  const list = left.kind === 'json' ? items(left) : undefined;
  return list !== undefined && has(list, right);
}

function both(
  left: Value,
  right: Value,
  holds: (left: readonly Value[], right: readonly Value[]) => boolean,
  otherwise: boolean,
): boolean {
  if (right.kind !== 'json') return expected('value list node');
  const of = items(right);
  if (of === undefined) return otherwise;
  if (left.kind !== 'json') return expected('value list node');
  const list = items(left);
  return list === undefined ? otherwise : holds(list, of);
}

const items = (value: JsonValue): readonly Value[] | undefined => listOf(parsedJson(value), isPath);
const has = (list: readonly Value[], wanted: Value): boolean => list.some((item) => sameValue(wanted, item));

function isPath(text: string): boolean {
  try {
    parsePath(text);
    return true;
  } catch {
    return false;
  }
}

export { flag };
