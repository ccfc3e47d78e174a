import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { JavaError } from '../../java/index.js';
import { codeOf } from '../line/index.js';
import type { Field, ResponseHead } from './response-head.js';

export interface DecodingSettings {
  /** A stream that ends too early is taken as far as it goes. */
  readonly lenientGzip: boolean;
  readonly lenientDeflate: boolean;
}

interface Decoded {
  readonly body: Buffer;
  /** The head's text with the headers about the encoded body at the end, as JMeter puts them back. */
  readonly text: string;
}

const MOVED = ['content-length', 'content-encoding', 'content-md5'];
const KNOWN = new Set(['gzip', 'x-gzip', 'deflate', 'br']);

/**
 * The body without its Content-Encoding; encodings that are not known are left. Throws the exceptions of Java's streams
 * (ZipException, EOFException, IOException).
 */
export function decodeBody(head: ResponseHead, body: Buffer, settings: DecodingSettings): Decoded {
  const { contentEncoding } = head;
  if (contentEncoding === undefined || head.contentLength === 0) return { body, text: head.text };
  const codings = contentEncoding
    .split(',')
    .map((coding) => coding.split(';', 1)[0]?.trim().toLowerCase() ?? '')
    .filter((coding) => KNOWN.has(coding));
  if (codings.length === 0) return { body, text: head.text };
  return { body: codings.reduce((data, coding) => decode(coding, data, settings), body), text: movedText(head) };
}

function movedText(head: ResponseHead): string {
  const isMoved = ({ name }: Field): boolean => MOVED.includes(name.toLowerCase());
  const rest = head.fields.filter((field) => !isMoved(field));
  // Of several headers of one name only the first comes back.
  const back = MOVED.flatMap((moved) => head.fields.find(({ name }) => name.toLowerCase() === moved) ?? []);
  let text = `${head.version} ${head.status} ${head.reason}\n`;
  for (const { line } of [...rest, ...back]) text += `${line}\n`;
  return text;
}

function decode(coding: string, data: Buffer, { lenientGzip, lenientDeflate }: DecodingSettings): Buffer {
  switch (coding) {
    case 'deflate':
      return inflated(data, lenientDeflate);
    case 'br':
      return unbrotlied(data);
    default:
      if (data.length > 1 && (data[0] !== 0x1f || data[1] !== 0x8b)) throw zip('Not in GZIP format');
      if (data.length < GZIP_HEADER) throw new JavaError('java.io.EOFException');
      return attempt(() => gunzipSync(data, lenientGzip ? LENIENT : {}), 'java.util.zip.ZipException');
  }
}

const GZIP_HEADER = 10;

function unbrotlied(data: Buffer): Buffer {
  try {
    return brotliDecompressSync(data);
  } catch {
    throw new JavaError('java.io.IOException', 'Brotli stream decoding failed');
  }
}

const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH };
const zip = (message: string): JavaError => new JavaError('java.util.zip.ZipException', message);

/** DeflateInputStream 4.5.14 takes a stream without the zlib header too. */
function inflated(data: Buffer, lenient: boolean): Buffer {
  const options = lenient ? LENIENT : {};
  if (data.length === 0) throw zip('Unexpected end of stream');
  const first = data[0] ?? 0;
  const second = data[1] ?? 0;
  const wrapped = (first & 15) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0;
  return attempt(
    () => (wrapped ? inflateSync(data, options) : inflateRawSync(data, options)),
    'java.util.zip.ZipException',
  );
}

function attempt(decoding: () => Buffer, javaClass: string): Buffer {
  try {
    return decoding();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (codeOf(error) === 'Z_BUF_ERROR')
      throw new JavaError('java.io.EOFException', 'Unexpected end of ZLIB input stream');
    throw new JavaError(javaClass, error.message);
  }
}
