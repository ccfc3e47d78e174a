import { numberFormat } from '../../java/index.js';
import {
  BigDecimal,
  BigInteger,
  Character,
  Double,
  divideDecimals,
  isNumber,
  rounded,
  toNumber,
} from '../value/number.js';
import { ScriptError, textOf } from '../value/value.js';
import { narrow } from './lexer.js';

/*
 * JexlArithmetic of commons-jexl3 3.2.1, strict. A ScriptError is silenced to null by the engine; the
 * NumberFormatException of a text that is no number is not: it leaves the script, as in JMeter.
 */

export type Operator = '+' | '-' | '*' | '/' | '%';
const FRACTION = /^[+-]?\d*(\.\d*)?([eE][+-]?\d+)?$/;

/** `left operator right`: BigDecimal if one is, else double if one is (texts with a point too), else integers. */
export function calculate(operator: Operator, left: unknown, right: unknown): unknown {
  if (left === null || right === null) throw new ScriptError('null operand');
  if (typeof left === 'number' && typeof right === 'number') {
    const result = small(operator, left, right);
    if (result !== undefined) return result;
  }
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) return textOf(left) + textOf(right);
  if (left instanceof BigDecimal || right instanceof BigDecimal)
    return narrowDecimal(left, right, decimals(operator, toDecimal(left), toDecimal(right)));
  if (isFractional(left) || isFractional(right)) {
    const divisor = toDouble(right);
    if (divisor === 0 && (operator === '/' || operator === '%')) throw new ScriptError(operator);
    return new Double(doubles(operator, toDouble(left), divisor));
  }
  return narrowInteger(left, right, integers(operator, toInteger(left), toInteger(right)));
}

/** The result of integers: a BigInteger or Long stays one, else the smallest class that holds it. */
export function narrowInteger(left: unknown, right: unknown, result: bigint): unknown {
  if (left instanceof BigInteger || right instanceof BigInteger) return new BigInteger(result);
  const value = narrow(result);
  return typeof value === 'number' && (typeof left === 'bigint' || typeof right === 'bigint') ? result : value;
}

/** Two Integers whose result is one, without the way through bigints. */
function small(operator: Operator, a: number, b: number): number | undefined {
  if (b === 0 && (operator === '/' || operator === '%')) return undefined;
  const result = doubles(operator, a, b);
  return Math.abs(result) <= 0x7fffffff ? Math.trunc(result) + 0 : undefined;
}

export function doubles(operator: Operator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    default:
      return a % b;
  }
}

export function integers(operator: Operator, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
  }
  if (b === 0n) throw new ScriptError(operator);
  return operator === '/' ? a / b : a % b;
}

export function decimals(operator: Operator, a: BigDecimal, b: BigDecimal): BigDecimal {
  if (operator === '*') return rounded({ unscaled: a.unscaled * b.unscaled, scale: a.scale + b.scale });
  if (operator === '/') {
    const quotient = divideDecimals(a, b);
    if (quotient === undefined) throw new ScriptError('/');
    return quotient;
  }
  const scale = Math.max(a.scale, b.scale);
  const x = a.unscaled * 10n ** BigInt(scale - a.scale);
  const y = b.unscaled * 10n ** BigInt(scale - b.scale);
  return rounded({ unscaled: integers(operator, x, y), scale });
}

/** Where an Integer or Long took part and the result is whole, JEXL goes back to it: `1.5b * 2` is the Integer 3. */
function narrowDecimal(left: unknown, right: unknown, result: BigDecimal): unknown {
  if (!isIntegral(left) && !isIntegral(right)) return result;
  const whole = wholeOf(result);
  if (whole === undefined || whole !== BigInt.asIntN(64, whole)) return result;
  const value = narrow(whole);
  return typeof left === 'bigint' || typeof right === 'bigint' ? whole : value;
}

export function wholeOf({ unscaled, scale }: BigDecimal): bigint | undefined {
  if (scale <= 0) return unscaled * 10n ** BigInt(-scale);
  const unit = 10n ** BigInt(scale);
  return unscaled % unit === 0n ? unscaled / unit : undefined;
}

/** Integer, Long, Character: what JEXL calls numberable. */
export const isIntegral = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Character;

function isFractional(value: unknown): boolean {
  if (value instanceof Double) return true;
  if (typeof value !== 'string') return false;
  const found = FRACTION.exec(value);
  return found !== null && (found[1] !== undefined || found[2] !== undefined);
}

/** As a double: the empty text is NaN. */
export function toDouble(value: unknown): number {
  if (isNumber(value)) return toNumber(value);
  if (typeof value === 'string') {
    if (value === '') return Number.NaN;
    if (!/^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[fFdD]?\s*$/.test(value)) throw numberFormat(value);
    return Number.parseFloat(value);
  }
  return Number(toInteger(value));
}

/** As a whole number: the empty text and NaN are 0, a flag 1 or 0. */
export function toInteger(value: unknown): bigint {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof BigInteger) return value.value;
  if (value instanceof Character) return BigInt(value.code);
  if (value instanceof Double) {
    if (Number.isNaN(value.value)) return 0n;
    if (!Number.isFinite(value.value)) throw new ScriptError('infinite');
    return BigInt(Math.trunc(value.value));
  }
  if (value instanceof BigDecimal) return BigInt(Math.trunc(toNumber(value)));
  if (typeof value !== 'string') throw new ScriptError('no number');
  if (value === '') return 0n;
  if (!/^[+-]?\d+$/.test(value)) throw numberFormat(value);
  return BigInt(value.startsWith('+') ? value.slice(1) : value);
}

export function toDecimal(value: unknown): BigDecimal {
  if (value instanceof BigDecimal) return value;
  if (value instanceof Double || typeof value === 'string') {
    const text = String(value);
    const parsed = BigDecimal.of(text === '' ? '0' : text);
    if (parsed === undefined) throw numberFormat(text);
    return parsed;
  }
  return new BigDecimal(toInteger(value), 0);
}

/** A bit operation: both as long, the result a Long. */
export function bits(operator: '&' | '|' | '^', left: unknown, right: unknown): bigint {
  if (left === null || right === null) throw new ScriptError('null operand');
  const a = toInteger(left);
  const b = toInteger(right);
  return BigInt.asIntN(64, operator === '&' ? a & b : operator === '|' ? a | b : a ^ b);
}

/** Unary minus; a text has none. A flag is turned round. */
export function negate(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (value instanceof Double) return new Double(-value.value, value.single);
  if (value instanceof BigDecimal) return new BigDecimal(-value.unscaled, value.scale);
  if (value instanceof BigInteger) return new BigInteger(-value.value);
  if (typeof value === 'number') return value === -2147483648 ? value : -value || 0;
  if (typeof value === 'bigint') return BigInt.asIntN(64, -value);
  throw new ScriptError('negate');
}

/** Texts are true unless empty or `false`, numbers unless 0 or NaN, other objects always; null is an error. */
export function truth(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null) throw new ScriptError('null condition');
  if (typeof value === 'string') return value !== '' && value !== 'false';
  if (!isNumber(value)) return true;
  const n = toNumber(value);
  return n !== 0 && !Number.isNaN(n);
}
