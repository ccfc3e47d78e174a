import { isUtf8 } from 'node:buffer';
import { XmlParseError } from './parse-error.js';

const DECLARED = /^<\?xml[ \t\r\n][^>]*?encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']*)["'][^>]*\?>/;
const KNOWN = /^(?:[a-z]{2,}[-_]?\d|ascii$|latin\d|big5|gb|euc|koi|shift|tis|ibm|cp\d)/i;

/**
 * The text of a document that is given as bytes: by its byte order mark, else as its declaration says, else UTF-8.
 * @throws XmlParseError when the declared encoding is not one, or the bytes are not UTF-8 (Xerces' message)
 */
export function xmlText(bytes: Buffer): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return utf8(bytes.subarray(3));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const head = bytes.toString('latin1', 0, 200);
  const found = DECLARED.exec(head);
  if (found === null) return utf8(bytes);
  const [declaration, name = ''] = found;
  return decoded(bytes, name, declaration.length + 1);
}

/** The text as JMeter's extractors hand it on: its UTF-8 bytes, which the parser reads as they declare themselves. */
export function reencoded(text: string): string {
  if (text.charCodeAt(0) === 0xfeff) return text.slice(1);
  const found = text.startsWith('<?xml') ? DECLARED.exec(text) : null;
  if (found === null || /^utf-?8$/i.test(found[1] ?? '')) return text;
  return decoded(Buffer.from(text), found[1] ?? '', found[0].length + 1);
}

function decoded(bytes: Buffer, name: string, column: number): string {
  if (/^utf-?8$/i.test(name)) return utf8(bytes);
  if (/^(?:iso-?8859-1|latin1|us-ascii|ascii)$/i.test(name)) return bytes.toString('latin1');
  // Bytes that got this far are no UTF-16, whatever they say; Xerces then goes on as it began.
  if (/^utf-?16|^iso-10646-ucs/i.test(name)) return utf8(bytes);
  try {
    if (KNOWN.test(name)) return new TextDecoder(name).decode(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new XmlParseError(`Invalid encoding name "${name}".`, 1, column);
}

function utf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw malformed(bytes);
  return bytes.toString('utf8');
}

/** Where UTF-8 ends, in the words of Xerces' UTF8Reader, which counts bytes of one sequence. */
function malformed(bytes: Buffer): XmlParseError {
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0;
    const length =
      first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >> 4 === 14 ? 3 : first >> 3 === 30 ? 4 : 0;
    if (length === 0) return new XmlParseError('Invalid byte 1 of 1-byte UTF-8 sequence.', 1, 1);
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k];
      if (next === undefined)
        return new XmlParseError(`Expected byte ${k + 1} of ${length}-byte UTF-8 sequence.`, 1, 1);
      if (next >> 6 !== 2) return new XmlParseError(`Invalid byte ${k + 1} of ${length}-byte UTF-8 sequence.`, 1, 1);
    }
    i += length;
  }
  return new XmlParseError('Invalid byte 1 of 1-byte UTF-8 sequence.', 1, 1);
}
