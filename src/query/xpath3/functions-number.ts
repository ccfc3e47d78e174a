import type { Decimal } from '../../java/index.js';
import { atom, num, text } from './arguments.js';
import { cast, itemText, parseDouble, toDecimal, toNumber } from './cast.js';
import { compute, orderOf } from './compute.js';
import { saxonError } from './error.js';
import { formatInteger } from './format-integer.js';
import { formatNumber } from './format-number.js';
import { Atomic, double, EMPTY, integer, isAtomic, isNumeric, primitiveOf, type Sequence, string } from './item.js';
import { define, type Signature } from './signature.js';

/** Functions on numbers (XPath Functions 3.1 §4, §14.4). */
export const NUMBER_FUNCTIONS: readonly Signature[] = [
  define('number', '[anyAtomicType?]', 'double', ([a], { item }) => [
    double(
      a === undefined
        ? item === undefined
          ? Number.NaN
          : (parseDouble(itemText(item)) ?? Number.NaN)
        : numberOf(atom(a)),
    ),
  ]),
  define('abs', 'numeric?', undefined, ([a]) =>
    rounded(a, Math.abs, (n) => ({ ...n, unscaled: n.unscaled < 0n ? -n.unscaled : n.unscaled })),
  ),
  define('ceiling', 'numeric?', undefined, ([a]) => rounded(a, Math.ceil, (n) => -floor(-n.unscaled, n.scale))),
  define('floor', 'numeric?', undefined, ([a]) => rounded(a, Math.floor, (n) => floor(n.unscaled, n.scale))),
  define('round', 'numeric?, [integer]', undefined, ([a, b]) => roundTo(atom(a), b === undefined ? 0 : num(b), false)),
  define('round-half-to-even', 'numeric?, [integer]', undefined, ([a, b]) =>
    roundTo(atom(a), b === undefined ? 0 : num(b), true),
  ),
  define('sum', 'anyAtomicType*, [anyAtomicType?]', undefined, ([a = EMPTY, b]) =>
    a.length === 0 ? (b ?? [integer(0)]) : [total(a, 'sum')],
  ),
  define('avg', 'anyAtomicType*', undefined, ([a = EMPTY]) =>
    a.length === 0 ? EMPTY : [compute('div', total(a, 'avg'), integer(a.length))],
  ),
  define('min', 'anyAtomicType*, [string]', undefined, ([a = EMPTY]) => extreme(a, -1)),
  define('max', 'anyAtomicType*, [string]', undefined, ([a = EMPTY]) => extreme(a, 1)),
  define('format-number', 'numeric?, string, [string?]', 'string', ([a, b]) => [
    string(formatNumber(atom(a) ?? double(Number.NaN), text(b))),
  ]),
  define('format-integer', 'integer?, string, [string?]', 'string', ([a, b]) => [
    string(a?.length ? formatInteger(BigInt(text(a)), text(b)) : ''),
  ]),
];

function numberOf(value: Atomic | undefined): number {
  if (value === undefined) return Number.NaN;
  if (isNumeric(value.type) || typeof value.value === 'boolean') return toNumber(value.value);
  return typeof value.value === 'string' ? (parseDouble(value.value) ?? Number.NaN) : Number.NaN;
}

/** floor of a decimal. */
function floor(unscaled: bigint, scale: number): bigint {
  const unit = 10n ** BigInt(Math.max(0, scale));
  const quotient = unscaled / unit;
  return unscaled < 0n && quotient * unit !== unscaled ? quotient - 1n : quotient;
}

function rounded(
  items: Sequence | undefined,
  ofDouble: (n: number) => number,
  ofDecimal: (n: Decimal) => Decimal | bigint,
): Sequence {
  const value = atom(items);
  if (value === undefined) return EMPTY;
  if (typeof value.value === 'number') return [new Atomic(value.type, ofDouble(value.value))];
  const result = ofDecimal(toDecimal(value.value));
  const decimal = typeof result === 'bigint' ? { unscaled: result, scale: 0 } : result;
  return [typeof value.value === 'bigint' ? integer(decimal.unscaled) : new Atomic('decimal', decimal)];
}

function roundTo(value: Atomic | undefined, places: number, even: boolean): Sequence {
  if (value === undefined) return EMPTY;
  const { value: given, type } = value;
  if (typeof given !== 'number') {
    const result = roundDecimal(toDecimal(given), places, even);
    return [
      typeof given === 'bigint'
        ? integer(result.scale <= 0 ? result.unscaled * 10n ** BigInt(-result.scale) : result.unscaled)
        : new Atomic('decimal', result),
    ];
  }
  if (!Number.isFinite(given) || given === 0) return [value];
  const { unscaled, scale } = roundDecimal(toDecimal(given), places, even);
  const result = Number(`${unscaled}e${-scale}`);
  return [new Atomic(type, result === 0 && given < 0 ? -0 : result)];
}

/** Half up (towards positive infinity), or half to even. */
function roundDecimal(value: Decimal, places: number, even: boolean): Decimal {
  const drop = value.scale - places;
  if (drop <= 0) return value;
  const unit = 10n ** BigInt(drop);
  const low = floor(value.unscaled, drop);
  const twice = (value.unscaled - low * unit) * 2n;
  const up = twice > unit || (twice === unit && (!even || low % 2n !== 0n));
  return { unscaled: up ? low + 1n : low, scale: places };
}

function total(items: Sequence, name: string): Atomic {
  let sum: Atomic | undefined;
  for (const item of items) {
    if (!isAtomic(item)) continue;
    const value = item.type === 'untypedAtomic' ? cast(item, 'double') : item;
    if (!isNumeric(value.type) && !value.type.endsWith('Duration'))
      throw saxonError(
        `Input to ${name}() contains a value of type xs:${value.type} which is neither numeric, nor a duration`,
      );
    sum = sum === undefined ? value : compute('+', sum, value);
  }
  return sum ?? integer(0);
}

function extreme(items: Sequence, sign: 1 | -1): Sequence {
  let best: Atomic | undefined;
  for (const item of items) {
    if (!isAtomic(item)) continue;
    const value = item.type === 'untypedAtomic' ? cast(item, 'double') : item;
    if (Number.isNaN(value.value)) return [value];
    if (best === undefined) best = value;
    else {
      checkKin(best, value);
      if ((orderOf(value, best) ?? 0) * sign > 0) best = value;
    }
  }
  if (best === undefined) return EMPTY;
  const types = items.filter(isAtomic).map(({ type }) => (type === 'untypedAtomic' ? 'double' : primitiveOf(type)));
  // Numbers of several types are all of the widest one.
  const widest = ['double', 'float'].find((type) => types.includes(type));
  return [widest !== undefined && isNumeric(best.type) ? cast(best, widest) : best];
}
function checkKin(a: Atomic, b: Atomic): void {
  const kind = ({ type }: Atomic): string => (isNumeric(type) ? 'numeric' : primitiveOf(type));
  if (kind(a) !== kind(b)) throw saxonError(`Cannot compare xs:${a.type} with xs:${b.type}`);
}
