import {
  type CompiledPattern,
  compareDecimals,
  type Decimal,
  decimal,
  decimalText,
  JavaError,
} from '../../java/index.js';
import { jsonPathError, unescaped } from './cursor.js';
import { isArray, isNumber, isObject, type Json, numberText, sameJson } from './document.js';
import type { Path } from './path.js';
import { parsePermissive } from './permissive.js';

/** What stands on a side of a filter's operator (json-path's ValueNodes). */
export type Value =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly number: Decimal }
  | { readonly kind: 'boolean'; readonly flag: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'undefined' }
  /** JSON from the document is parsed, JSON in the filter is text. */
  | { readonly kind: 'json'; readonly json: { readonly parsed: Json } | { readonly raw: string } }
  | { readonly kind: 'pattern'; readonly pattern: CompiledPattern }
  | { readonly kind: 'path'; readonly path: Path; readonly exists: boolean; readonly should: boolean };

export const UNDEFINED: Value = { kind: 'undefined' };
export const flag = (value: boolean): Value => ({ kind: 'boolean', flag: value });

/** A number literal; throws NumberFormatException when it is none. */
export function numberValue(text: string): Value {
  const number = decimal(text);
  if (number === undefined) throw new JavaError('java.lang.NumberFormatException');
  return { kind: 'number', number };
}

/** A value of the document as an operand. */
export function operandOf(value: Json): Value {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'string') return { kind: 'string', text: value };
  if (typeof value === 'boolean') return flag(value);
  return isNumber(value) ? numberValue(numberText(value)) : { kind: 'json', json: { parsed: value } };
}

/** The document's value behind a JSON operand. */
export const parsedJson = (value: Value & { kind: 'json' }): Json =>
  'parsed' in value.json ? value.json.parsed : parsePermissive(value.json.raw);

/** equals() of json-path's nodes: a string against a number compares texts, a number against a string numbers. */
export function sameValue(left: Value, right: Value): boolean {
  switch (left.kind) {
    case 'string':
      return right.kind === 'string'
        ? left.text === right.text
        : right.kind === 'number' && left.text === decimalText(right.number);
    case 'number': {
      const other = right.kind === 'number' ? right.number : right.kind === 'string' ? decimal(right.text) : undefined;
      return other !== undefined && compareDecimals(left.number, other) === 0;
    }
    case 'boolean':
      return right.kind === 'boolean' && left.flag === right.flag;
    case 'null':
      return right.kind === 'null';
    case 'json':
      return right.kind === 'json' && sameJsonText(left.json, right.json);
    default:
      return left.kind !== 'undefined' && left === right;
  }
}

type JsonOperand = (Value & { kind: 'json' })['json'];
function sameJsonText(left: JsonOperand, right: JsonOperand): boolean {
  if ('parsed' in left) return 'parsed' in right && sameJson(left.parsed, right.parsed);
  return 'raw' in right && left.raw === right.raw;
}

/**
 * The items of a list operand; undefined when it is no list. Texts among them are read once more: as JSON, as a quoted
 * string; throws JsonPathException for objects and lists, which json-path cannot hold in one.
 */
export function listOf(value: Json, isPath: (text: string) => boolean): readonly Value[] | undefined {
  if (!isArray(value)) return undefined;
  return value.map((item) => {
    if (isArray(item) || isObject(item)) throw jsonPathError('Could not determine value type');
    return typeof item === 'string' ? textItem(item, isPath) : operandOf(item);
  });
}

function textItem(text: string, isPath: (text: string) => boolean): Value {
  const trimmed = text.trim();
  // A text that reads as a path equals nothing, not even itself.
  if (/^[@$]/.test(trimmed) && isPath(trimmed)) return { kind: 'undefined' };
  if (/^\[[\s\S]*\]$|^\{[\s\S]*\}$/.test(trimmed) && readable(trimmed)) return { kind: 'json', json: { raw: text } };
  return { kind: 'string', text: stringLiteral(text) };
}

function readable(text: string): boolean {
  try {
    parsePermissive(text);
    return true;
  } catch {
    return false;
  }
}

/** A text with its quotes and escapes taken off; a single character stays as it is. */
export function stringLiteral(text: string): string {
  if (text.length < 2) return text;
  return unescaped(/^'[\s\S]*'$|^"[\s\S]*"$/.test(text) ? text.slice(1, -1) : text);
}
