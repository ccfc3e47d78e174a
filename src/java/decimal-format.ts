import { type DecimalPattern, parseDecimalPattern } from './decimal-pattern.js';
import { type Digits, exactDigits, rounded, shortestDigits, wholeDigits } from './digits.js';

/** Formats numbers by a pattern; a bigint is a Java long or BigInteger. */
export interface DecimalFormat {
  format(value: number | bigint): string;
}

/**
 * java.text.DecimalFormat in English: `#,##0`, `00.0`, `0.00%`, `0.###E0`, quotes, `;` for negatives, half to even.
 * Throws IllegalArgumentException as Java words it when the pattern is wrong.
 */
export function decimalFormat(pattern: string): DecimalFormat {
  const parsed = parseDecimalPattern(pattern);
  return { format: (value) => formatted(parsed, value) };
}

function formatted(pattern: DecimalPattern, value: number | bigint): string {
  if (Number.isNaN(value)) return 'NaN';
  const negative = value < 0 || Object.is(value, -0);
  const { prefix, suffix } = negative ? pattern.negative : pattern.positive;
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return `${prefix}\u221e${suffix}`;
  const { multiplier, exponent } = pattern;
  const digits =
    typeof value === 'bigint'
      ? cut(pattern, wholeDigits(value * BigInt(multiplier)), undefined)
      : cut(pattern, shortestDigits(value * multiplier), value * multiplier);
  return prefix + (exponent > 0 ? scientific(pattern, digits) : plain(pattern, digits)) + suffix;
}

/** Rounds to what the pattern shows; a tie is judged by the double's exact value. */
function cut(pattern: DecimalPattern, digits: Digits, exact: number | undefined): Digits {
  const count =
    pattern.exponent > 0
      ? pattern.maxInteger + pattern.maxFraction || Number.POSITIVE_INFINITY
      : digits.point + pattern.maxFraction;
  if (digits.digits.length <= count) return digits;
  if (exact === undefined) return rounded(digits, count);
  const all = exactDigits(exact);
  return rounded(all, count + all.point - digits.point);
}

function plain(pattern: DecimalPattern, { digits, point }: Digits): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '';
  const fraction = (point > 0 ? digits.slice(point) : digits === '' ? '' : '0'.repeat(-point) + digits).padEnd(
    pattern.minFraction,
    '0',
  );
  const integer = grouped(whole.padStart(pattern.minInteger, '0'), pattern.grouping);
  const shown = integer === '' && fraction === '' ? '0' : integer;
  return pattern.alwaysPoint || fraction !== '' ? `${shown}.${fraction}` : shown;
}

function grouped(integer: string, size: number): string {
  if (size === 0 || integer.length <= size) return integer;
  const first = integer.length % size;
  const groups = first === 0 ? [] : [integer.slice(0, first)];
  for (let i = first; i < integer.length; i += size) groups.push(integer.slice(i, i + size));
  return groups.join(',');
}

function scientific(pattern: DecimalPattern, { digits, point }: Digits): string {
  const { minInteger, maxInteger, minFraction, alwaysPoint } = pattern;
  const repeat = maxInteger > 1 && maxInteger > minInteger;
  const exponent = repeat
    ? Math.trunc((point >= 1 ? point - 1 : point - maxInteger) / maxInteger) * maxInteger
    : point - minInteger;
  const integer = digits === '' ? (repeat ? 1 : minInteger) : point - exponent;
  const total = Math.max(digits.length, minInteger + minFraction, integer);
  const all = digits.padEnd(total, '0');
  const fraction = all.slice(integer);
  const mantissa = all.slice(0, integer) + (fraction !== '' || alwaysPoint ? `.${fraction}` : '');
  // Zero has the exponent 0.
  const shown = digits === '' ? 0 : exponent;
  return `${mantissa}E${shown < 0 ? '-' : ''}${String(Math.abs(shown)).padStart(pattern.exponent, '0')}`;
}
