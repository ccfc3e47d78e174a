import { type Digits, shortestDigits, wholeDigits } from './digits.js';

/** Double.toString: `1.5`, `1.0E10`, `1.0E-4`; plain from 0.001 up to below ten million (shortest digits, as Java 19 on). */
export function doubleToString(value: number): string {
  return special(value) ?? rendered(value < 0, twoDigits(value));
}

/** Float.toString: as Double.toString, with the fewest digits that read back as the same 32-bit number. */
export function floatToString(value: number): string {
  const single = Math.fround(value);
  const found = special(single);
  if (found !== undefined) return found;
  if (Math.abs(single) >= 2 ** 24 && Math.abs(single) < 2 ** 63)
    return rendered(single < 0, wholeFloat(Math.abs(single)));
  let precision = 2;
  while (Math.fround(Number(single.toPrecision(precision))) !== single) precision++;
  return rendered(single < 0, shortestDigits(Number(single.toPrecision(precision))));
}

/**
 * A float without decimals, as up to Java 18: its exact digits but for those that lie below its precision, so that
 * 123456789f is 1.23456792E8.
 */
function wholeFloat(single: number): Digits {
  const below = Math.floor((Math.floor(Math.log2(single)) - 24) * Math.log10(2));
  if (below <= 0) return wholeDigits(BigInt(single));
  const unit = 10n ** BigInt(below);
  const kept = BigInt(single) / unit + (BigInt(single) % unit >= unit / 2n ? 1n : 0n);
  return wholeDigits(kept * unit);
}

/** Where one digit would do, Java takes the closest of two: 4.9E-324. */
function twoDigits(value: number): Digits {
  const shortest = shortestDigits(value);
  return shortest.digits.length > 1 ? shortest : shortestDigits(value, 1);
}

function special(value: number): string | undefined {
  if (Number.isFinite(value)) return value === 0 ? (Object.is(value, -0) ? '-0.0' : '0.0') : undefined;
  return String(value);
}

function rendered(negative: boolean, { digits, point }: Digits): string {
  const sign = negative ? '-' : '';
  if (point > -3 && point <= 7) {
    const whole = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
    const fraction = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
    return `${sign}${whole}.${fraction || '0'}`;
  }
  return `${sign}${digits.charAt(0)}.${digits.slice(1) || '0'}E${point - 1}`;
}
