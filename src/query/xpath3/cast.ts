import { type Decimal, decimal } from '../../java/index.js';
import type { XmlNode } from '../xml/index.js';
import { stringOf } from '../xpath/values.js';
import { saxonError } from './error.js';
import {
  Atomic,
  type AtomicValue,
  atomicText,
  derivesFrom,
  type Item,
  isAtomic,
  isNode,
  isNumeric,
  primitiveOf,
  type QName,
  type Sequence,
} from './item.js';
import { type Duration, type Moment, parseDuration, parseMoment } from './moment.js';

/** The typed value of a node without a schema. */
export const nodeAtomic = (node: XmlNode): Atomic =>
  new Atomic(node.kind === 'comment' || node.kind === 'instruction' ? 'string' : 'untypedAtomic', stringOf(node));

/** Atomizes a sequence: nodes by their text, arrays by their members. */
export function atomize(items: Sequence): Atomic[] {
  const result: Atomic[] = [];
  for (const item of items) {
    if (isAtomic(item)) result.push(item);
    else if (isNode(item)) result.push(nodeAtomic(item));
    else if (item.kind === 'array') for (const member of item.members) result.push(...atomize(member));
    else
      throw saxonError(
        item.kind === 'map' ? 'Cannot atomize a map' : 'Function items (other than arrays) cannot be atomized',
      );
  }
  return result;
}

/** The text of an item, as `string()` gives it. */
export function itemText(item: Item): string {
  if (isAtomic(item)) return atomicText(item);
  if (isNode(item)) return stringOf(item);
  throw saxonError(`The string value of a ${item.kind} is not defined`);
}

export const truncate = ({ unscaled, scale }: Decimal): bigint =>
  scale <= 0 ? unscaled * 10n ** BigInt(-scale) : unscaled / 10n ** BigInt(scale);
export function toDecimal(value: AtomicValue): Decimal {
  if (typeof value === 'bigint') return { unscaled: value, scale: 0 };
  if (typeof value === 'object' && 'unscaled' in value) return value;
  if (typeof value === 'number') return decimal(value.toString()) ?? { unscaled: 0n, scale: 0 };
  return { unscaled: 0n, scale: 0 };
}
/** A number of any type as a double. */
export function toNumber(value: AtomicValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' && 'unscaled' in value ? Number(`${value.unscaled}e${-value.scale}`) : Number.NaN;
}

const DOUBLE = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** A lexical double; undefined when it is none. */
export function parseDouble(text: string): number | undefined {
  const trimmed = trim(text);
  if (DOUBLE.test(trimmed)) return Number(trimmed);
  if (trimmed === 'INF' || trimmed === '+INF') return Number.POSITIVE_INFINITY;
  if (trimmed === '-INF') return Number.NEGATIVE_INFINITY;
  return trimmed === 'NaN' ? Number.NaN : undefined;
}
const trim = (text: string): string => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
const collapse = (text: string): string => trim(text.replace(/[ \t\r\n]+/g, ' '));

export type ResolveName = (prefix: string) => string | undefined;

/**
 * Casts an atomic value (XPath 3.1 §19), with Saxon's messages.
 * @throws JavaError SaxonApiException when it cannot be cast
 */
export function cast(from: Atomic, type: string, resolve?: ResolveName): Atomic {
  if (from.type === type) return from;
  const target = primitiveOf(type);
  const source = primitiveOf(from.type);
  if (target === 'string' && type !== 'string') return new Atomic(type, shaped(atomicText(from), type));
  const value =
    source === 'string' || source === 'untypedAtomic'
      ? fromText(atomicText(from), type, target, resolve)
      : convert(from, source, target, type);
  if (value === undefined) throw saxonError(`Casting from xs:${from.type} to xs:${type} can never succeed`);
  if (target === 'integer' && typeof value === 'bigint') checkRange(value, type);
  return new Atomic(type, value);
}

function shaped(text: string, type: string): string {
  const value = type === 'normalizedString' ? text.replace(/[\t\r\n]/g, ' ') : collapse(text);
  const pattern = PATTERNS[type];
  if (pattern !== undefined && !pattern.test(value)) throw saxonError(`The value '${text}' is not a valid xs:${type}`);
  return value;
}
const NCNAME = /^[\p{L}_][-.\p{L}\p{Nd}\p{M}_\u00b7]*$/u;
const PATTERNS: Readonly<Record<string, RegExp>> = {
  language: /^[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*$/,
  NMTOKEN: /^[-.:\p{L}\p{Nd}\p{M}_\u00b7]+$/u,
  Name: /^[\p{L}_:][-.:\p{L}\p{Nd}\p{M}_\u00b7]*$/u,
  NCName: NCNAME,
  ID: NCNAME,
  IDREF: NCNAME,
  ENTITY: NCNAME,
};

function fromText(text: string, type: string, target: string, resolve?: ResolveName): AtomicValue {
  switch (target) {
    case 'string':
    case 'untypedAtomic':
      return text;
    case 'anyURI':
      return collapse(text);
    case 'boolean':
      return booleanOf(trim(text), text);
    case 'double':
    case 'float': {
      const number = parseDouble(text);
      if (number === undefined) throw saxonError(`Cannot convert string ${quoted(text)} to ${target}`);
      return target === 'float' ? Math.fround(number) : number;
    }
    case 'decimal': {
      const number = /[eE]/.test(text) ? undefined : decimal(trim(text));
      if (number === undefined)
        throw saxonError(`Cannot convert string ${quoted(text)} to xs:decimal: ${notDecimal(text)}`);
      return number;
    }
    case 'integer':
      if (!/^[+-]?\d+$/.test(trim(text))) throw saxonError(`Cannot convert string ${quoted(text)} to an integer`);
      return BigInt(trim(text).replace(/^\+/, ''));
    case 'QName':
      return qName(trim(text), resolve);
    default:
      return structured(trim(text), text, type, target);
  }
}

const notDecimal = (text: string): string =>
  text === '' ? 'zero-length string' : `invalid character '${/[^\d.+-]/.exec(text)?.[0] ?? ''}'`;
/** Saxon cuts long values short. */
const quoted = (text: string): string => `"${text.length > 30 ? `${text.slice(0, 30)}...` : text}"`;

function booleanOf(text: string, whole: string): boolean {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw saxonError(`The string "${whole}" cannot be cast to a boolean`);
}

function qName(text: string, resolve?: ResolveName): QName {
  const [prefix, local] = text.includes(':')
    ? [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]
    : ['', text];
  const uri = prefix === '' ? '' : resolve?.(prefix);
  if (uri === undefined) throw saxonError(`Namespace prefix '${prefix}' has not been declared`);
  return { prefix, local, uri };
}

function structured(text: string, whole: string, type: string, target: string): AtomicValue {
  if (target.toLowerCase().endsWith('duration')) return checkedDuration(parseDuration(text), whole, target);
  if (target === 'hexBinary' || target === 'base64Binary') {
    if (target === 'hexBinary' ? !/^(?:[\da-fA-F]{2})*$/.test(text) : !/^[A-Za-z\d+/ ]*=?\s*=?$/.test(text))
      throw saxonError(`Invalid ${target} value ${quoted(whole)}`);
    return Buffer.from(text.replace(/\s/g, ''), target === 'hexBinary' ? 'hex' : 'base64');
  }
  const moment = parseMoment(text, target);
  if (moment === undefined) throw saxonError(`Invalid ${type} "${whole}"${momentProblem(text, target)}`);
  return moment;
}

function momentProblem(text: string, type: string): string {
  if (type === 'date')
    return /^-?\d{4,}-\d\d-\d\d/.test(text) ? ' (Non-existent date)' : ' (Year is less than four digits)';
  return type === 'dateTime' && !text.includes('T') ? ' (Year is less than four digits)' : '';
}

function checkedDuration(value: Duration | undefined, text: string, target: string): Duration {
  const wrong =
    value === undefined ||
    (target === 'yearMonthDuration' && /[DT]/.test(text)) ||
    (target === 'dayTimeDuration' && /^-?P[^T]*[YM]/.test(text));
  if (wrong) throw saxonError(`Invalid duration value '${text}'`);
  return value;
}

/** Between types that are not texts; undefined where no cast exists. */
function convert({ value }: Atomic, source: string, target: string, type: string): AtomicValue | undefined {
  if (target === 'string' || target === 'untypedAtomic') return atomicText(new Atomic(source, value));
  if (source === target) return value;
  if (target === 'boolean')
    return isNumeric(source) ? !(toNumber(value) === 0 || Number.isNaN(toNumber(value))) : undefined;
  if (isNumeric(target)) return isNumeric(source) || source === 'boolean' ? number(value, target) : undefined;
  if (Buffer.isBuffer(value)) return target.endsWith('Binary') ? value : undefined;
  if (typeof value !== 'object') return undefined;
  if ('months' in value && target.toLowerCase().endsWith('duration'))
    return {
      months: target === 'dayTimeDuration' ? 0 : value.months,
      micros: target === 'yearMonthDuration' ? 0n : value.micros,
    };
  return 'zone' in value ? momentAs(value, source, type) : undefined;
}

function momentAs(value: Moment, source: string, type: string): Moment | undefined {
  const keeps: Readonly<Record<string, boolean>> = { dateTime: source === 'date', time: source === 'dateTime' };
  if (keeps[type] === false || (source !== 'dateTime' && source !== 'date')) return undefined;
  if (type === 'dateTime') return { ...value, hour: 0, minute: 0, micros: 0 };
  if (type === 'time') return { ...value, year: 1972, month: 1, day: 1 };
  return { ...value, hour: 0, minute: 0, micros: 0 };
}

function number(value: AtomicValue, target: string): AtomicValue {
  if (typeof value === 'boolean')
    return target === 'integer' ? BigInt(value) : target === 'decimal' ? toDecimal(BigInt(value)) : Number(value);
  if (target === 'double') return toNumber(value);
  if (target === 'float') return Math.fround(toNumber(value));
  if (typeof value === 'number' && !Number.isFinite(value))
    throw saxonError(`Cannot convert double ${Number.isNaN(value) ? 'NaN' : value > 0 ? 'INF' : '-INF'} to an integer`);
  return target === 'decimal'
    ? toDecimal(value)
    : truncate(toDecimal(typeof value === 'number' ? BigInt(Math.trunc(value)) : value));
}

const bits = (n: number): bigint => 2n ** BigInt(n);
const RANGES: Readonly<Record<string, readonly [bigint | undefined, bigint | undefined]>> = {
  nonPositiveInteger: [undefined, 0n],
  negativeInteger: [undefined, -1n],
  nonNegativeInteger: [0n, undefined],
  positiveInteger: [1n, undefined],
  long: [-bits(63), bits(63) - 1n],
  int: [-bits(31), bits(31) - 1n],
  short: [-bits(15), bits(15) - 1n],
  byte: [-bits(7), bits(7) - 1n],
  unsignedLong: [0n, bits(64) - 1n],
  unsignedInt: [0n, bits(32) - 1n],
  unsignedShort: [0n, bits(16) - 1n],
  unsignedByte: [0n, bits(8) - 1n],
};
function checkRange(value: bigint, type: string): void {
  const [low, high] = RANGES[type] ?? [];
  if ((low !== undefined && value < low) || (high !== undefined && value > high))
    throw saxonError(`Value ${value} cannot be converted to integer subtype xs:${type}`);
}

/** The truth of a sequence, with Saxon's words where it has none. */
export function truth(items: Sequence): boolean {
  const [first] = items;
  if (first === undefined) return false;
  if (isNode(first)) return true;
  const several = items.length > 1;
  if (!isAtomic(first))
    throw noTruth(
      `a sequence containing ${first.kind === 'function' ? 'a function' : `${first.kind === 'array' ? 'an' : 'a'} ${first.kind}`}`,
    );
  const { value, type } = first;
  if (typeof value === 'boolean') return several ? fail(first, 'a boolean value') : value;
  if (typeof value === 'string' && (derivesFrom(type, 'string') || type === 'untypedAtomic' || type === 'anyURI'))
    return several ? fail(first, 'a string') : value !== '';
  if (isNumeric(type)) {
    const n = toNumber(value);
    return several ? fail(first, 'a numeric value') : n !== 0 && !Number.isNaN(n);
  }
  throw noTruth(`an atomic value of type xs:${type}`);
}
const noTruth = (of: string) => saxonError(`Effective boolean value is not defined for ${of}`);
function fail(first: Atomic, what: string): never {
  const text = what === 'a string' ? `'${atomicText(first)}'` : atomicText(first);
  throw noTruth(`a sequence of two or more items starting with ${what} (${text})`);
}
