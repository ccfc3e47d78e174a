import { type Digits, shortestDigits } from './digits.js';

/** Double.toString: `1.5`, `1.0E10`, `1.0E-4`; plain from 0.001 up to below ten million (shortest digits, as Java 19 on). */
export function doubleToString(value: number): string {
  return special(value) ?? rendered(value < 0, twoDigits(value));
}

/** Float.toString: as Double.toString, with the fewest digits that read back as the same 32-bit number. */
export function floatToString(value: number): string {
  const single = Math.fround(value);
  const found = special(single);
  if (found !== undefined) return found;
  let precision = 2;
  while (Math.fround(Number(single.toPrecision(precision))) !== single) precision++;
  return rendered(single < 0, shortestDigits(Number(single.toPrecision(precision))));
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
