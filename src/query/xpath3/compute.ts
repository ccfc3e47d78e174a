import { compareDecimals, type Decimal } from '../../java/index.js';
import { cast, toDecimal, toNumber } from './cast.js';
import { saxonError } from './error.js';
import { Atomic, type AtomicValue, atomicText, double, integer, isNumeric, primitiveOf } from './item.js';
import { addDuration, type Duration, type Moment, toMicros } from './moment.js';

export type Operator = '+' | '-' | '*' | 'div' | 'idiv' | 'mod';

/**
 * Arithmetic on two atomic values; untyped ones count as doubles.
 * @throws JavaError SaxonApiException
 */
export function compute(operator: Operator, left: Atomic, right: Atomic): Atomic {
  const a = typed(left);
  const b = typed(right);
  if (isNumeric(a.type) && isNumeric(b.type)) return numeric(operator, a, b);
  const result = temporal(operator, a, b);
  if (result === undefined)
    throw saxonError(`Arithmetic operator is not defined for arguments of types (xs:${a.type}, xs:${b.type})`);
  return result;
}
const typed = (value: Atomic): Atomic => (value.type === 'untypedAtomic' ? cast(value, 'double') : value);

/** Whether the operator knows the types at all. */
export function isDefined(a: string, b: string): boolean {
  const number = (type: string): boolean => isNumeric(type) || type === 'untypedAtomic';
  const time = (type: string): boolean => TEMPORAL.test(type);
  return (
    (number(a) && number(b)) ||
    (time(a) && (time(b) || number(b)) && (DURATION.test(a) || time(b))) ||
    (number(a) && DURATION.test(b))
  );
}
const TEMPORAL = /^(?:date|dateTime|time|yearMonthDuration|dayTimeDuration|dateTimeStamp)$/;
const DURATION = /Duration$/;

function numeric(operator: Operator, a: Atomic, b: Atomic): Atomic {
  const [x, y] = [primitiveOf(a.type), primitiveOf(b.type)];
  if (x === 'double' || y === 'double') return floating(operator, a, b, 'double');
  if (x === 'float' || y === 'float') return floating(operator, a, b, 'float');
  if (typeof a.value === 'bigint' && typeof b.value === 'bigint') return whole(operator, a.value, b.value);
  return fraction(operator, toDecimal(a.value), toDecimal(b.value));
}

function floating(operator: Operator, a: Atomic, b: Atomic, type: string): Atomic {
  const [x, y] = [toNumber(a.value), toNumber(b.value)];
  const of = (value: number): Atomic => new Atomic(type, type === 'float' ? Math.fround(value) : value);
  switch (operator) {
    case '+':
      return of(x + y);
    case '-':
      return of(x - y);
    case '*':
      return of(x * y);
    case 'div':
      return of(x / y);
    case 'mod':
      return of(x % y);
    case 'idiv':
      if (y === 0) throw saxonError('Integer division by zero');
      if (Number.isNaN(x) || Number.isNaN(y) || !Number.isFinite(x))
        throw saxonError('Operand of idiv is NaN or infinity');
      return integer(BigInt(Math.trunc(x / y)));
  }
}

function whole(operator: Operator, a: bigint, b: bigint): Atomic {
  switch (operator) {
    case '+':
      return integer(a + b);
    case '-':
      return integer(a - b);
    case '*':
      return integer(a * b);
    case 'div':
      if (b === 0n) throw saxonError('Integer division by zero');
      return new Atomic('decimal', divide({ unscaled: a, scale: 0 }, { unscaled: b, scale: 0 }));
    case 'idiv':
      if (b === 0n) throw saxonError('Integer division by zero');
      return integer(a / b);
    case 'mod':
      if (b === 0n) throw saxonError('Integer modulo zero');
      return integer(a % b);
  }
}

function fraction(operator: Operator, a: Decimal, b: Decimal): Atomic {
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [scaled(a, scale), scaled(b, scale)];
  const of = (unscaled: bigint, at = scale): Atomic => new Atomic('decimal', { unscaled, scale: at });
  switch (operator) {
    case '+':
      return of(x + y);
    case '-':
      return of(x - y);
    case '*':
      return of(a.unscaled * b.unscaled, a.scale + b.scale);
    case 'div':
      if (y === 0n) throw saxonError('Decimal divide by zero');
      return new Atomic('decimal', divide(a, b));
    case 'idiv':
      if (y === 0n) throw saxonError('Integer division by zero');
      return integer(x / y);
    case 'mod':
      if (y === 0n) throw saxonError('Decimal modulo zero');
      return of(x % y);
  }
}
const scaled = ({ unscaled, scale }: Decimal, to: number): bigint => unscaled * 10n ** BigInt(to - scale);

/** Division of decimals: 18 digits behind the point, or more when the operands are long; the last one rounded half up. */
function divide(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(18, a.scale - b.scale);
  const up = scale - a.scale + b.scale;
  const numerator = a.unscaled * 10n ** BigInt(up);
  const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);
  const quotient = (magnitude(numerator) * 2n + magnitude(b.unscaled)) / (magnitude(b.unscaled) * 2n);
  return { unscaled: numerator < 0n === b.unscaled < 0n ? quotient : -quotient, scale };
}

const isMoment = (value: AtomicValue): value is Moment => typeof value === 'object' && 'zone' in value;
const isDuration = (value: AtomicValue): value is Duration => typeof value === 'object' && 'months' in value;

function temporal(operator: Operator, a: Atomic, b: Atomic): Atomic | undefined {
  if (isMoment(a.value)) return momentWith(operator, a, a.value, b);
  if (!isDuration(a.value))
    return isDuration(b.value) && operator === '*' && isNumeric(a.type) ? multiplied(b.type, b.value, a) : undefined;
  if (isMoment(b.value)) return operator === '+' ? momentWith('+', b, b.value, a) : undefined;
  if (isDuration(b.value)) return durations(operator, a, a.value, b, b.value);
  if (!isNumeric(b.type)) return undefined;
  if (operator === '*') return multiplied(a.type, a.value, b);
  if (operator !== 'div') return undefined;
  if (toNumber(b.value) === 0) throw saxonError('Cannot divide a duration by zero');
  return multiplied(a.type, a.value, double(1 / toNumber(b.value)));
}

function momentWith(operator: Operator, a: Atomic, moment: Moment, b: Atomic): Atomic | undefined {
  if (isMoment(b.value) && operator === '-' && primitiveOf(a.type) === primitiveOf(b.type))
    return new Atomic('dayTimeDuration', { months: 0, micros: toMicros(moment) - toMicros(b.value) });
  if (!isDuration(b.value) || (operator !== '+' && operator !== '-')) return undefined;
  const moved = addDuration(moment, b.value, operator === '+' ? 1 : -1);
  const date = primitiveOf(a.type) === 'date' ? { hour: 0, minute: 0, micros: 0 } : {};
  const time = primitiveOf(a.type) === 'time' ? { year: 1972, month: 1, day: 1 } : {};
  return new Atomic(a.type, { ...moved, ...date, ...time });
}

function multiplied(type: string, { months, micros }: Duration, by: Atomic): Atomic {
  const factor = toNumber(by.value);
  return new Atomic(type, { months: Math.round(months * factor), micros: BigInt(Math.round(Number(micros) * factor)) });
}

function durations(operator: Operator, a: Atomic, x: Duration, b: Atomic, y: Duration): Atomic | undefined {
  if (a.type !== b.type || a.type === 'duration') return undefined;
  if (operator === 'div') {
    const [m, n] = a.type === 'yearMonthDuration' ? [BigInt(x.months), BigInt(y.months)] : [x.micros, y.micros];
    if (n === 0n) throw saxonError('Cannot divide a duration by zero');
    return new Atomic('decimal', divide({ unscaled: m, scale: 0 }, { unscaled: n, scale: 0 }));
  }
  if (operator !== '+' && operator !== '-') return undefined;
  const sign = operator === '+' ? 1 : -1;
  return new Atomic(a.type, { months: x.months + sign * y.months, micros: x.micros + BigInt(sign) * y.micros });
}

/** `-x`. */
export const negated = (value: Atomic): Atomic => {
  const number = typed(value);
  if (typeof number.value === 'bigint') return integer(-number.value);
  if (typeof number.value === 'number') return new Atomic(number.type, -number.value);
  const { unscaled, scale } = toDecimal(number.value);
  return new Atomic('decimal', { unscaled: -unscaled, scale });
};

export type Comparison = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';

/** Compares two values of comparable types; untyped ones count as strings. */
export function compareAtomics(operator: Comparison, a: Atomic, b: Atomic): boolean {
  const order = orderOf(a, b, operator);
  // NaN is equal to nothing.
  if (order === undefined) return operator === 'ne';
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
  }
}

const STRINGS = new Set(['string', 'untypedAtomic', 'anyURI']);
const ORDERLESS = new Set(['QName', 'duration', 'gYear', 'gMonth', 'gDay', 'gYearMonth', 'gMonthDay']);

/** Negative, 0 or positive; undefined when a NaN is among them. */
export function orderOf(a: Atomic, b: Atomic, operator: Comparison = 'lt'): number | undefined {
  const [x, y] = [primitiveOf(a.type), primitiveOf(b.type)];
  if (STRINGS.has(x) && STRINGS.has(y)) return orderOfTexts(atomicText(a), atomicText(b));
  if (isNumeric(x) && isNumeric(y)) return orderOfNumbers(a, b);
  const equality = operator === 'eq' || operator === 'ne';
  const kin = x === y || (x.toLowerCase().endsWith('duration') && y.toLowerCase().endsWith('duration'));
  if (!kin || (!equality && (ORDERLESS.has(x) || x !== y)))
    throw saxonError(`Cannot compare xs:${a.type} to xs:${b.type}`);
  return orderOfOthers(a.value, b.value);
}

function orderOfTexts(a: string, b: string): number {
  if (a === b) return 0;
  // Code points, not UTF-16 units.
  const [p, q] = [[...a], [...b]];
  for (let i = 0; i < p.length && i < q.length; i++) {
    const difference = (p[i]?.codePointAt(0) ?? 0) - (q[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return p.length - q.length;
}

function orderOfNumbers(a: Atomic, b: Atomic): number | undefined {
  if (typeof a.value === 'number' || typeof b.value === 'number') {
    const difference = sameSize(toNumber(a.value), toNumber(b.value));
    return Number.isNaN(difference) ? undefined : difference;
  }
  return compareDecimals(toDecimal(a.value), toDecimal(b.value));
}
const sameSize = (a: number, b: number): number => (a === b ? 0 : a - b);

function orderOfOthers(a: AtomicValue, b: AtomicValue): number {
  if (isMoment(a) && isMoment(b)) return Number(toMicros(a) - toMicros(b));
  if (isDuration(a) && isDuration(b)) return a.months - b.months || Number(a.micros - b.micros);
  if (Buffer.isBuffer(a) && Buffer.isBuffer(b)) return Buffer.compare(a, b);
  if (typeof a === 'object' && typeof b === 'object' && 'local' in a && 'local' in b)
    return a.uri === b.uri && a.local === b.local ? 0 : 1;
  return Number(a) - Number(b);
}

const NAMES: Readonly<Record<string, Comparison>> = {
  '=': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};
export const comparisonOf = (sign: string): Comparison | undefined => NAMES[sign];

/** One pair of a general comparison: an untyped value takes the type of the other. */
export function compareGeneral(operator: Comparison, a: Atomic, b: Atomic): boolean {
  const [x, y] = [untyped(a, b), untyped(b, a)];
  return compareAtomics(operator, x, y);
}
function untyped(value: Atomic, other: Atomic): Atomic {
  if (value.type !== 'untypedAtomic' || other.type === 'untypedAtomic') return value;
  if (isNumeric(other.type)) return cast(value, 'double');
  return cast(value, primitiveOf(other.type));
}
