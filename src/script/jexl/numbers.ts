import { type Args, bind, type Method, method } from '../host/host.js';
import {
  BigDecimal,
  BigInteger,
  Double,
  divideDecimals,
  isNumber,
  type JavaNumber,
  toNumber,
} from '../value/number.js';
import { ScriptError, sameValue, textOf } from '../value/value.js';
import { calculate, type Operator, toInteger } from './arithmetic.js';
import { less } from './compare.js';
import { staticMethods } from './statics.js';

/** A method of a number or flag, its class's static ones included (`5.parseInt("7")`), as reflection finds them. */
export function numberMethods(
  value: JavaNumber | boolean,
  name: string,
  count: number,
): ((args: Args) => unknown) | undefined {
  if (typeof value === 'boolean')
    return name === 'booleanValue'
      ? () => value
      : bind<unknown>(staticMethods('java.lang.Boolean'), value, name, count);
  const own =
    value instanceof BigDecimal || value instanceof BigInteger ? bind(bigMethods, value, name, count) : undefined;
  const statics = typeof value === 'number' ? staticMethods('java.lang.Integer') : undefined;
  return own ?? bind(methods, value, name, count) ?? (statics && bind<unknown>(statics, value, name, count));
}

const methods: ReadonlyMap<string, Method<JavaNumber>> = new Map<string, Method<JavaNumber>>([
  ['intValue', method((n) => Number(BigInt.asIntN(32, whole(n))))],
  ['longValue', method((n) => BigInt.asIntN(64, whole(n)))],
  ['shortValue', method((n) => Number(BigInt.asIntN(16, whole(n))))],
  ['byteValue', method((n) => Number(BigInt.asIntN(8, whole(n))))],
  ['doubleValue', method((n) => new Double(toNumber(n)))],
  ['floatValue', method((n) => new Double(Math.fround(toNumber(n)), true))],
  ['isNaN', method((n) => Number.isNaN(toNumber(n)))],
  ['isInfinite', method((n) => Math.abs(toNumber(n)) === Number.POSITIVE_INFINITY)],
  ['compareTo', method((n, a) => compared(n, a.any(0)), 1)],
  ['equals', method((n, a) => sameValue(n, a.any(0)), 1)],
  ['toString', method((n) => textOf(n))],
]);

const whole = (n: JavaNumber): bigint => toInteger(n);

function compared(n: JavaNumber, other: unknown): number {
  if (!isNumber(other)) throw new ScriptError('compareTo');
  return less('<', n, other) ? -1 : less('>', n, other) ? 1 : 0;
}

type Big = BigDecimal | BigInteger;
const arithmetic = (operator: Operator): Method<Big> => method((n, a) => combined(operator, n, a.any(0)), 1);

/** Both operands must be of one class; the result is, too. */
function combined(operator: Operator, a: Big, b: unknown): unknown {
  if (a instanceof BigDecimal && b instanceof BigDecimal && operator === '/') return divideDecimals(a, b);
  if (a.constructor !== b?.constructor) throw new ScriptError(operator);
  return calculate(operator, a, b);
}

const bigMethods: ReadonlyMap<string, Method<Big>> = new Map<string, Method<Big>>([
  ['add', arithmetic('+')],
  ['subtract', arithmetic('-')],
  ['multiply', arithmetic('*')],
  ['divide', arithmetic('/')],
  ['remainder', arithmetic('%')],
  [
    'negate',
    method((n) => (n instanceof BigInteger ? new BigInteger(-n.value) : new BigDecimal(-n.unscaled, n.scale))),
  ],
  ['toPlainString', method((n) => plain(n))],
  ['stripTrailingZeros', method((n) => stripped(n))],
  ['pow', method((n, a) => power(n, a.int(0)), 1)],
  ['setScale', method((n, a) => scaled(n, a.int(0), a.count > 1 ? a.int(1) : 7), 1, 2)],
]);

/** BigDecimal without an exponent. */
function plain(n: Big): string {
  if (n instanceof BigInteger) return String(n);
  if (n.scale < 0) return String(scaled(n, 0, 7));
  const digits = String(n.unscaled)
    .replace('-', '')
    .padStart(n.scale + 1, '0');
  const sign = n.unscaled < 0n ? '-' : '';
  if (n.scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -n.scale)}.${digits.slice(-n.scale)}`;
}

function stripped(n: Big): Big {
  if (n instanceof BigInteger) throw new ScriptError('stripTrailingZeros');
  let { unscaled, scale } = n;
  if (unscaled === 0n) return new BigDecimal(0n, 0);
  for (; unscaled % 10n === 0n; scale--) unscaled /= 10n;
  return new BigDecimal(unscaled, scale);
}

function power(n: Big, exponent: number): Big {
  if (exponent < 0 || exponent > 9999) throw new ScriptError('pow');
  if (n instanceof BigInteger) return new BigInteger(n.value ** BigInt(exponent));
  return new BigDecimal(n.unscaled ** BigInt(exponent), n.scale * exponent);
}

/** Where what is cut off lies to half a unit, and what it is cut off from. */
interface Cut {
  readonly below: boolean;
  readonly tie: boolean;
  readonly odd: boolean;
  readonly negative: boolean;
}

/** Away from zero? By the old numbers of RoundingMode: up, down, ceiling, floor, half up, half down, half even. */
function roundsUp(mode: number, { below, tie, odd, negative }: Cut): boolean {
  const up = [true, false, !negative, negative, !below, !below && !tie, !below && (!tie || odd)];
  return up[mode] ?? false;
}

/** BigDecimal.setScale with the old numbers of the rounding modes; 7 allows none. */
function scaled(n: Big, scale: number, mode: number): BigDecimal {
  if (!(n instanceof BigDecimal)) throw new ScriptError('setScale');
  if (scale >= n.scale) return new BigDecimal(n.unscaled * 10n ** BigInt(scale - n.scale), scale);
  const unit = 10n ** BigInt(n.scale - scale);
  const down = n.unscaled / unit;
  const rest = n.unscaled % unit;
  const size = rest < 0n ? -rest : rest;
  const half = size * 2n;
  const up =
    size > 0n &&
    roundsUp(mode, { below: half < unit, tie: half === unit, odd: down % 2n !== 0n, negative: n.unscaled < 0n });
  if (size > 0n && mode === 7) throw new ScriptError('rounding necessary');
  return new BigDecimal(up ? down + (n.unscaled < 0n ? -1n : 1n) : down, scale);
}
