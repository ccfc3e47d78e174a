import { isUtf8 } from 'node:buffer';

/**
 * A plan's bytes as text. JMeter decodes every plan as UTF-8, whatever its declaration says, so a Latin-1 or GBK file has
 * bytes that mean nothing. Each of those becomes one lone surrogate (U+DC80 to U+DCFF), so that printing gives it back;
 * {@link readable} turns them into what JMeter sees.
 */
export function decodeBytes(bytes: Buffer): { readonly text: string; readonly lossy: boolean } {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), lossy: false };
  const parts: string[] = [];
  let from = 0;
  let i = 0;
  while (i < bytes.length) {
    const length = sequenceLength(bytes, i);
    if (length > 0) {
      i += length;
      continue;
    }
    if (i > from) parts.push(bytes.toString('utf8', from, i));
    parts.push(String.fromCharCode(SURROGATE + (bytes[i] ?? 0)));
    from = ++i;
  }
  parts.push(bytes.toString('utf8', from));
  return { text: parts.join(''), lossy: true };
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
const invalidBytes = (run: string): Buffer => Buffer.from(Array.from(run, (c) => c.charCodeAt(0) - SURROGATE));

/** Bytes of the valid UTF-8 sequence that starts at `i`; 0 when none does. */
function sequenceLength(bytes: Buffer, i: number): number {
  const first = bytes[i] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  return length > 0 && i + length <= bytes.length && isUtf8(bytes.subarray(i, i + length)) ? length : 0;
}
