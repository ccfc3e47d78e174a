import { type Decimal, decimal, decimalText, doubleToString, floatToString } from '../../java/index.js';

/*
 * Java's numbers as scripts see them: Integer is a JavaScript number, Long a bigint; the others are small classes, so
 * that 2.0 stays 2.0 and 0.1b+0.2b is 0.3.
 */

/** java.lang.Double, or Float when `single`. */
export class Double {
  constructor(
    readonly value: number,
    readonly single = false,
  ) {}
  toString(): string {
    return this.single ? floatToString(this.value) : doubleToString(this.value);
  }
  valueOf(): number {
    return this.value;
  }
}

/** java.math.BigInteger. */
export class BigInteger {
  constructor(readonly value: bigint) {}
  toString(): string {
    return String(this.value);
  }
}

/** java.math.BigDecimal with MathContext.DECIMAL128 for its arithmetic, as JEXL uses it. */
export class BigDecimal implements Decimal {
  constructor(
    readonly unscaled: bigint,
    readonly scale: number,
  ) {}
  static of(text: string): BigDecimal | undefined {
    const parsed = decimal(text);
    return parsed && new BigDecimal(parsed.unscaled, parsed.scale);
  }
  toString(): string {
    return decimalText(this);
  }
}

/** java.lang.Character. */
export class Character {
  constructor(readonly code: number) {}
  toString(): string {
    return String.fromCharCode(this.code);
  }
}

export type JavaNumber = number | bigint | Double | BigInteger | BigDecimal;

export const isNumber = (value: unknown): value is JavaNumber =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  value instanceof Double ||
  value instanceof BigInteger ||
  value instanceof BigDecimal;

/** The number as a double. */
export function toNumber(value: JavaNumber): number {
  if (typeof value === 'number') return value;
  // A float becomes a double by its text in JEXL: 0.1f + 0.2f is 0.30000000000000004.
  if (value instanceof Double) return value.single ? Number(floatToString(value.value)) : value.value;
  if (value instanceof BigDecimal) return Number(decimalText(value));
  return Number(value instanceof BigInteger ? value.value : value);
}

/** Rounds half even to 34 digits (DECIMAL128). */
export function rounded({ unscaled, scale }: Decimal): BigDecimal {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).length;
  if (digits <= 34) return new BigDecimal(unscaled, scale);
  const drop = digits - 34;
  return new BigDecimal(divideHalfEven(unscaled, 10n ** BigInt(drop)), scale - drop);
}

/** Division as BigDecimal.divide(x, DECIMAL128): the shortest exact result, else 34 digits; undefined for a zero divisor. */
export function divideDecimals(a: Decimal, b: Decimal): BigDecimal | undefined {
  if (b.unscaled === 0n) return undefined;
  const wanted = a.scale - b.scale;
  const extra = 34 + String(b.unscaled).length;
  let result = rounded({
    unscaled: divideHalfEven(a.unscaled * 10n ** BigInt(extra), b.unscaled),
    scale: wanted + extra,
  });
  while (result.scale > wanted && result.unscaled % 10n === 0n)
    result = new BigDecimal(result.unscaled / 10n, result.scale - 1);
  return result;
}

function divideHalfEven(n: bigint, by: bigint): bigint {
  const quotient = n / by;
  const twice = (n % by) * 2n;
  const size = twice < 0n ? -twice : twice;
  const limit = by < 0n ? -by : by;
  const up = size > limit || (size === limit && quotient % 2n !== 0n);
  return up ? quotient + (n < 0n === by < 0n ? 1n : -1n) : quotient;
}
