import { JavaError, numberFormat } from './error.js';

const INT = /^[+-]?\d{1,10}$/;
const LONG = /^[+-]?\d{1,19}$/;

/** Integer.parseInt without its exception: undefined when the text is no 32-bit decimal (no trimming). */
export function toInt(text: string): number | undefined {
  const short = shortNumber(text);
  if (short !== undefined) return short;
  if (!INT.test(text)) return retry(text, toInt);
  const n = Number(text);
  return n >= -2147483648 && n <= 2147483647 ? n : undefined;
}

/** Long.parseLong without its exception; exact up to 2^53, the nearest number beyond. */
export function toLong(text: string): number | undefined {
  if (!LONG.test(text)) return retry(text, toLong);
  if (text.length < 16) return Number(text);
  const n = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return n >= -(2n ** 63n) && n < 2n ** 63n ? Number(n) : undefined;
}

/** Double.parseDouble without its exception; blanks around the number are allowed, as in Java. */
export function toDouble(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^[+-]?(NaN|Infinity)$/.test(trimmed)) return Number(trimmed.replace(/^[+-](?=NaN)/, ''));
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[fFdD]?$/.test(trimmed)
    ? Number(trimmed.replace(/[fFdD]$/, ''))
    : hexadecimal(trimmed);
}

/** `0x1.8p3`: 1.5 · 2³. */
function hexadecimal(text: string): number | undefined {
  const match = /^([+-]?)0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)[fFdD]?$/.exec(text);
  const digits = `${match?.[2] ?? ''}${match?.[3] ?? ''}`;
  if (match === null || digits === '') return undefined;
  const value = Number.parseInt(digits, 16) * 2 ** (Number(match[4]) - 4 * (match[3]?.length ?? 0));
  return match[1] === '-' ? -value : value;
}

/** Long.decode without its exception: decimal, `0x…` and `#…` hexadecimal, octal with a leading 0; a sign may stand before. */
export function decodeLong(text: string): bigint | undefined {
  const match = /^([+-]?)(?:(0[xX]|#)([\da-fA-F]+)|0([0-7]+)|(\d+))$/.exec(text);
  if (match === null) return OTHER_DIGITS.test(text) ? decodeLong(asciiDigits(text)) : undefined;
  const [, sign, , hex, octal, decimal] = match;
  const size = BigInt(hex !== undefined ? `0x${hex}` : octal !== undefined ? `0o${octal}` : (decimal ?? ''));
  // `08` is no octal number, and would be read as a decimal one here.
  if (decimal !== undefined && /^0\d/.test(decimal)) return undefined;
  const value = sign === '-' ? -size : size;
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** Integer.parseInt: throws NumberFormatException as Java words it. */
export function parseInteger(text: string): number {
  const n = toInt(text);
  if (n === undefined) throw numberFormat(text);
  return n;
}

/** Long.parseLong: throws NumberFormatException as Java words it. */
export function parseLong(text: string): number {
  const n = toLong(text);
  if (n === undefined) throw numberFormat(text);
  return n;
}

/** Boolean.parseBoolean: only `true` in any case. */
export const parseBoolean = (text: string): boolean => text.length === 4 && text.toLowerCase() === 'true';

/** Up to nine digits, which most numbers are: quicker than a pattern. */
function shortNumber(text: string): number | undefined {
  if (text === '' || text.length > 9) return undefined;
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    n = n * 10 + digit;
  }
  return n;
}

/** What the quick look missed: many leading zeros, and the digits of other scripts, which Java reads too. */
function retry(text: string, read: (text: string) => number | undefined): number | undefined {
  if (/^[+-]?0\d{9,}$/.test(text)) return read(text.replace(/^([+-]?)0+(?=\d)/, '$1'));
  return OTHER_DIGITS.test(text) ? read(asciiDigits(text)) : undefined;
}

// Java looks at chars, so digits outside of the basic plane are none.
const OTHER_DIGITS = /^(?!.?\d+$)[+-]?(?:(?![\u{10000}-\u{10ffff}])\p{Nd})+$/u;

/** In the basic plane decimal digits stand in rows of ten, 0 first, and no two rows touch. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    let value = 0;
    while (/\p{Nd}/u.test(String.fromCharCode(digit.charCodeAt(0) - value - 1))) value++;
    return String(value);
  });
}

/** Double.parseDouble: throws NumberFormatException as Java words it. */
export function parseDouble(text: string): number {
  const n = toDouble(text);
  if (n === undefined)
    throw text.trim() === '' ? new JavaError('java.lang.NumberFormatException', 'empty String') : numberFormat(text);
  return n;
}
