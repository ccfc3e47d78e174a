import { JavaError, numberFormat, toInt } from '../../java/index.js';

/**
 * Bytes from the plugin's hex spellings: blanks part the tokens; `0x…` is one integer of which the low byte counts, other
 * tokens are pairs of digits, a last single digit is a byte of its own. Throws NumberFormatException.
 */
export function parseBinary(text: string): Buffer {
  if (/^[\0- ]*$/.test(text)) return Buffer.alloc(0);
  const bytes: number[] = [];
  for (const token of text.split(' ')) {
    if (token.startsWith('0x')) bytes.push(hex(token.slice(2)));
    else for (let i = 0; i < token.length; i += 2) bytes.push(hex(token.slice(i, i + 2)));
  }
  return Buffer.from(bytes);
}

/** `0xca 0xfe`; after `most` bytes only `suffix`. */
export function formatBinary(data: Buffer, most = Number.POSITIVE_INFINITY, suffix = ''): string {
  const shown = data.length > most ? data.subarray(0, most) : data;
  let text = '';
  for (const byte of shown) text += `${text === '' ? '' : ' '}0x${byte < 16 ? '0' : ''}${byte.toString(16)}`;
  return shown.length < data.length ? text + suffix : text;
}

/** Whether the bytes stand somewhere in the data; no bytes stand nowhere. */
export const containsBytes = (data: Buffer, bytes: Buffer): boolean => bytes.length > 0 && data.includes(bytes);

/** Integer.parseInt(digits, 16). */
function hex(digits: string): number {
  const value = /^[+-]?[\da-f]+$/i.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
  if (toInt(String(value)) !== undefined) return value & 0xff;
  const { message } = numberFormat(digits);
  throw new JavaError('java.lang.NumberFormatException', `${message} under radix 16`);
}
