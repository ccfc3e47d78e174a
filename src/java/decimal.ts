/** java.math.BigDecimal as far as comparing and printing need it: an integer and the number of its fraction digits. */
export interface Decimal {
  readonly unscaled: bigint;
  readonly scale: number;
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** `new BigDecimal(text)`; undefined where Java throws NumberFormatException (blanks are not allowed). */
export function decimal(text: string): Decimal | undefined {
  const found = DECIMAL.exec(text);
  if (!found) return undefined;
  const [, sign, whole = '', part = '', exponent = '0'] = found;
  if (whole === '' && part === '') return undefined;
  const scale = part.length - Number(exponent);
  if (Math.abs(scale) > 2147483647) return undefined;
  const digits = BigInt(whole + part);
  return { unscaled: sign === '-' ? -digits : digits, scale };
}

/** BigDecimal.compareTo: 1.0 and 1.00 are the same. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const sign = (n: bigint): number => (n === 0n ? 0 : n < 0n ? -1 : 1);
  if (sign(a.unscaled) !== sign(b.unscaled)) return sign(a.unscaled) < sign(b.unscaled) ? -1 : 1;
  if (a.unscaled === 0n) return 0;
  // Far apart: the place of the first digit decides, without powers of ten of a million digits.
  const lead = (d: Decimal): number => String(d.unscaled < 0n ? -d.unscaled : d.unscaled).length - d.scale;
  if (lead(a) !== lead(b)) return lead(a) < lead(b) === a.unscaled > 0n ? -1 : 1;
  const scale = Math.max(a.scale, b.scale);
  return sign(a.unscaled * 10n ** BigInt(scale - a.scale) - b.unscaled * 10n ** BigInt(scale - b.scale));
}

/** BigDecimal.toString: plain while the scale is not negative and the number not tiny, else with an exponent. */
export function decimalText({ unscaled, scale }: Decimal): string {
  const minus = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled);
  if (scale === 0) return minus + digits;
  const exponent = digits.length - 1 - scale;
  if (scale > 0 && exponent >= -6) {
    const padded = digits.padStart(scale + 1, '0');
    return `${minus}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  return `${minus}${mantissa}${exponent === 0 ? '' : `E${exponent > 0 ? '+' : ''}${exponent}`}`;
}
