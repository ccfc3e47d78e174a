import { isUtf8 } from 'node:buffer';

/**
 * A plan's bytes as text. JMeter decodes every plan as UTF-8, whatever its declaration says, so a Latin-1 or GBK file has
 * bytes that mean nothing. Each of those becomes one lone surrogate (U+DC80 to U+DCFF), so that printing gives it back;
 * {@link readable} turns them into what JMeter sees.
 */
export function decodeBytes(bytes: Buffer): { readonly text: string; readonly lossy: boolean } {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), lossy: false };
  // One UTF-16 unit per byte at most.
  const units = Buffer.allocUnsafe(bytes.length * 2);
  let end = 0;
  for (let i = 0; i < bytes.length; ) {
    const { length, code } = sequenceAt(bytes, i);
    i += length;
    if (code > 0xffff) end = units.writeUInt16LE(0xd7c0 + (code >> 10), end);
    end = units.writeUInt16LE(code > 0xffff ? 0xdc00 + (code & 0x3ff) : code, end);
  }
  return { text: units.toString('utf16le', 0, end), lossy: true };
}

/** The bytes that {@link decodeBytes} read. */
export function encodeText(text: string): Buffer {
  if (!INVALID.test(text)) return Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  for (const piece of text.split(INVALID_RUN))
    parts.push(INVALID.test(piece) ? invalidBytes(piece) : Buffer.from(piece, 'utf8'));
  return Buffer.concat(parts);
}

/** The text with U+FFFD where bytes were no UTF-8: one per broken sequence, as Java's decoder does. */
export const readable = (text: string): string =>
  text.replace(INVALID_RUN, (run) => invalidBytes(run).toString('utf8'));

const SURROGATE = 0xdc00;
// With the u flag, a surrogate that belongs to a pair does not match.
const INVALID = /[\udc80-\udcff]/u;
const INVALID_RUN = /([\udc80-\udcff]+)/gu;

function invalidBytes(run: string): Buffer {
  const bytes = Buffer.allocUnsafe(run.length);
  for (let i = 0; i < run.length; i++) bytes[i] = run.charCodeAt(i) - SURROGATE;
  return bytes;
}

/** The character at `i` and its length in bytes; one byte and its stand-in where no valid sequence starts. */
function sequenceAt(bytes: Buffer, i: number): { length: number; code: number } {
  const first = bytes[i] ?? 0;
  if (first < 0x80) return { length: 1, code: first };
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  let code = first & (0x7f >> length);
  let valid = first >= 0xc2 && first <= 0xf4;
  for (let k = 1; valid && k < length; k++) {
    const next = bytes[i + k] ?? 0;
    valid = (next & 0xc0) === 0x80;
    code = (code << 6) | (next & 0x3f);
  }
  const allowed = valid && code >= (SHORTEST[length] ?? 0) && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return allowed ? { length, code } : { length: 1, code: SURROGATE + first };
}
/** The first character that needs so many bytes: a longer spelling of a lower one is not UTF-8. */
const SHORTEST = [0, 0, 0x80, 0x800, 0x10000];
