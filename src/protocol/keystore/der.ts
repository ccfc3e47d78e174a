/** A value of ASN.1 in DER or BER: its tag byte and its content, in which constructed values hold others. */
export interface Der {
  readonly tag: number;
  readonly content: Buffer;
}

/** The file is not what it should be. */
export class DerError extends Error {}

/** The values in these bytes, one behind the other. Throws DerError when they are cut short. */
export function derValues(bytes: Buffer): Der[] {
  const values: Der[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value, end } = readValue(bytes, at);
    at = end;
    values.push(value);
  }
  return values;
}

/** The only value in these bytes, or the first. */
export function derValue(bytes: Buffer): Der {
  if (bytes.length === 0) throw new DerError('empty value');
  return readValue(bytes, 0).value;
}

/** The n-th value inside another. */
export function child(of: Der, n: number): Der {
  const found = derValues(of.content)[n];
  if (found === undefined) throw new DerError('a value is missing');
  return found;
}

/** What is inside an explicit tag. */
export const inside = (of: Der): Der => child(of, 0);

/** The bytes of an OCTET STRING, which BER may have cut into pieces. */
export const octets = (of: Der): Buffer =>
  (of.tag & CONSTRUCTED) === 0 ? of.content : Buffer.concat(derValues(of.content).map(octets));

/** The text of an OBJECT IDENTIFIER: `1.2.840.113549.1.7.1`. */
export function oid({ content }: Der): string {
  const parts: number[] = [];
  let part = 0;
  for (const byte of content) {
    part = part * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (parts.length === 0) {
      const first = Math.min(2, Math.floor(part / 40));
      parts.push(first, part - first * 40);
    } else parts.push(part);
    part = 0;
  }
  return parts.join('.');
}

export const integer = ({ content }: Der): number => content.reduce((value, byte) => value * 256 + byte, 0);

const CONSTRUCTED = 0x20;
const DEEPEST = 64;

function readValue(bytes: Buffer, at: number, depth = 0): { value: Der; end: number } {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || depth > DEEPEST) throw new DerError('cut short');
  let start = at + 2;
  if (first === 0x80) return readOpenEnded(bytes, tag, start, depth);
  let length = first;
  if (first > 0x80) {
    const size = first & 0x7f;
    if (size > 4 || start + size > bytes.length) throw new DerError('too long');
    length = bytes.readUIntBE(start, size);
    start += size;
  }
  const end = start + length;
  if (end > bytes.length) throw new DerError('cut short');
  return { value: { tag, content: bytes.subarray(start, end) }, end };
}

/** A length that is not told: values follow up to two zero bytes. */
function readOpenEnded(bytes: Buffer, tag: number, start: number, depth: number): { value: Der; end: number } {
  let at = start;
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) at = readValue(bytes, at, depth + 1).end;
  return { value: { tag, content: bytes.subarray(start, at) }, end: at + 2 };
}
