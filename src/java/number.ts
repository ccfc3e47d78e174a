import { numberFormat } from './error.js';

const INT = /^[+-]?\d{1,10}$/;
const LONG = /^[+-]?\d{1,19}$/;

/** Integer.parseInt without its exception: undefined when the text is no 32-bit decimal (no trimming). */
export function toInt(text: string): number | undefined {
  if (!INT.test(text)) return leadingZeros(text) ? toInt(text.replace(/^([+-]?)0+(?=\d)/, '$1')) : undefined;
  const n = Number(text);
  return n >= -2147483648 && n <= 2147483647 ? n : undefined;
}

/** Long.parseLong without its exception; exact up to 2^53, the nearest number beyond. */
export function toLong(text: string): number | undefined {
  if (!LONG.test(text)) return leadingZeros(text) ? toLong(text.replace(/^([+-]?)0+(?=\d)/, '$1')) : undefined;
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
    : undefined;
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

const leadingZeros = (text: string): boolean => /^[+-]?0\d{9,}$/.test(text);
