import type { Decimal } from '../../java/index.js';
import type { XmlNode } from '../xml/index.js';
import { type Duration, durationText, type Moment, momentText } from './moment.js';
import { decimalString, doubleString, floatString } from './number-text.js';

export interface QName {
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
}
export type AtomicValue = string | number | bigint | boolean | Decimal | Moment | Duration | QName | Buffer;

/** A value of an atomic type; `type` is its name without `xs:`. */
export class Atomic {
  readonly kind = 'atomic';
  constructor(
    readonly type: string,
    readonly value: AtomicValue,
  ) {}
}
/** A function item. */
export interface FunctionItem {
  readonly kind: 'function';
  readonly name?: string | undefined;
  readonly arity: number;
  call(args: readonly Sequence[]): Sequence;
}
export interface MapItem {
  readonly kind: 'map';
  /** By the key's comparable text. */
  readonly entries: ReadonlyMap<string, { readonly key: Atomic; readonly value: Sequence }>;
}
export interface ArrayItem {
  readonly kind: 'array';
  readonly members: readonly Sequence[];
}
export type Item = XmlNode | Atomic | FunctionItem | MapItem | ArrayItem;
export type Sequence = readonly Item[];

export const isAtomic = (item: Item): item is Atomic => item.kind === 'atomic';
export const isNode = (item: Item): item is XmlNode =>
  item.kind !== 'atomic' && item.kind !== 'function' && item.kind !== 'map' && item.kind !== 'array';

export const string = (value: string): Atomic => new Atomic('string', value);
export const integer = (value: bigint | number): Atomic => new Atomic('integer', BigInt(value));
export const double = (value: number): Atomic => new Atomic('double', value);
export const TRUE = new Atomic('boolean', true);
export const FALSE = new Atomic('boolean', false);
export const boolean = (value: boolean): Atomic => (value ? TRUE : FALSE);
export const EMPTY: Sequence = [];

/** The type each type is derived from. */
const BASE: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'anyAtomicType: untypedAtomic string boolean decimal double float duration dateTime time date gYearMonth gYear gMonthDay gDay gMonth hexBinary base64Binary anyURI QName NOTATION',
    'string: normalizedString',
    'normalizedString: token',
    'token: language NMTOKEN Name',
    'Name: NCName',
    'NCName: ID IDREF ENTITY',
    'decimal: integer',
    'integer: nonPositiveInteger long nonNegativeInteger',
    'nonPositiveInteger: negativeInteger',
    'long: int',
    'int: short',
    'short: byte',
    'nonNegativeInteger: unsignedLong positiveInteger',
    'unsignedLong: unsignedInt',
    'unsignedInt: unsignedShort',
    'unsignedShort: unsignedByte',
    'duration: yearMonthDuration dayTimeDuration',
    'dateTime: dateTimeStamp',
  ].flatMap((line) => {
    const [base = '', derived = ''] = line.split(': ');
    return derived.split(' ').map((type) => [type, base]);
  }),
);

export const isTypeName = (type: string): boolean => type === 'anyAtomicType' || type in BASE;

/** Whether a type is another one or derived from it. */
export function derivesFrom(type: string, from: string): boolean {
  for (let at: string | undefined = type; at !== undefined; at = BASE[at]) if (at === from) return true;
  return from === 'numeric' && isNumeric(type);
}
/** The primitive type, with integer counting as one. */
export function primitiveOf(type: string): string {
  let at = type;
  for (
    let base = BASE[at];
    base !== undefined && base !== 'anyAtomicType' && at !== 'integer' && !DURATIONS.has(at);
    base = BASE[at]
  )
    at = base;
  return at;
}
const DURATIONS = new Set(['yearMonthDuration', 'dayTimeDuration']);
const NUMERIC = new Set(['integer', 'decimal', 'double', 'float']);
export const isNumeric = (type: string): boolean => NUMERIC.has(primitiveOf(type));

/** The text of an atomic value as Saxon prints it. */
export function atomicText({ type, value }: Atomic): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return primitiveOf(type) === 'float' ? floatString(value) : doubleString(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return structuredText(type, value);
  }
}

function structuredText(type: string, value: Decimal | Moment | Duration | QName | Buffer): string {
  if (Buffer.isBuffer(value))
    return type === 'hexBinary' ? value.toString('hex').toUpperCase() : value.toString('base64');
  if ('unscaled' in value) return decimalString(value);
  if ('local' in value) return value.prefix === '' ? value.local : `${value.prefix}:${value.local}`;
  return 'months' in value ? durationText(value, type) : momentText(value, primitiveOf(type));
}

/** What tells one map key from another (op:same-key): numbers by value, strings by text. */
export function keyText(key: Atomic): string {
  if (isNumeric(key.type)) return `n${Number(atomicText(key).replace('INF', 'Infinity'))}`;
  const type = primitiveOf(key.type);
  return `${type === 'untypedAtomic' || type === 'anyURI' ? 'string' : type} ${atomicText(key)}`;
}
