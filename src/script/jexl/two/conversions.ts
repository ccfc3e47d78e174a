import { numberFormat, toDouble as parseDouble, parseLong } from '../../../java/index.js';
import { BigDecimal, BigInteger, Character, Double, isNumber, toNumber } from '../../value/number.js';
import { ScriptError } from '../../value/value.js';

/*
 * The conversions of JexlArithmetic of commons-jexl 2.1.1, strict: null is an error. A text that is no number is a
 * NumberFormatException, any other value that is none an ArithmeticException: `+` tells them apart.
 */

function failed(value: unknown): never {
  throw new ScriptError(value === null ? 'null operand' : 'coercion');
}

/** As a double: a Float by its text (0.1f is 0.1), the blank text is NaN. */
export function toDouble(value: unknown): number {
  if (value instanceof Double) return value.single ? Number(String(value)) : value.value;
  if (isNumber(value)) return toNumber(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Character) return value.code;
  if (typeof value !== 'string') return failed(value);
  const text = value.trim();
  if (text === '') return Number.NaN;
  return parseDouble(text) ?? raise(text);
}

/** As a BigInteger: by its text, so that a Float or BigDecimal with decimals is no number; a flag is none either. */
export function toInteger(value: unknown): bigint {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'bigint') return value;
  if (value instanceof BigInteger) return value.value;
  if (value instanceof Character) return BigInt(value.code);
  if (value instanceof Double && !value.single && Number.isNaN(value.value)) return 0n;
  if (typeof value === 'string' && value.trim() === '') return 0n;
  if (typeof value !== 'string' && !isNumber(value)) return failed(value);
  const text = String(value);
  return /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : raise(text);
}

/** As a long: of every Double it makes 0. */
export function toLong(value: unknown): bigint {
  if (value instanceof Double && !value.single) return 0n;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof Character) return BigInt(value.code);
  if (typeof value === 'string') return value === '' ? 0n : BigInt(parseLong(value));
  if (value instanceof BigInteger) return BigInt.asIntN(64, value.value);
  if (!isNumber(value)) return failed(value);
  return typeof value === 'bigint' ? value : BigInt(Math.trunc(toNumber(value)) || 0);
}

export function toDecimal(value: unknown): BigDecimal {
  if (value instanceof BigDecimal) return value;
  if (value instanceof Character) return new BigDecimal(BigInt(value.code), 0);
  if (value instanceof Double && Number.isNaN(value.value)) return new BigDecimal(0n, 0);
  if (typeof value !== 'string' && !isNumber(value)) return failed(value);
  const text = String(value).trim();
  return BigDecimal.of(text === '' ? '0' : text) ?? raise(text);
}

function raise(text: string): never {
  throw numberFormat(text);
}
