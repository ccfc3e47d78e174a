import { JavaError } from '../../java/index.js';
import { codingsOf } from './content-decoding.js';
import { httpError } from './error.js';

/** A header as it was received: name and value trimmed, the line as it stood. */
export interface Field {
  readonly name: string;
  readonly value: string;
  readonly line: string;
}

/** How the end of a body is found. */
export type Framing = 'none' | 'length' | 'chunked' | 'close';

/** The status line and headers of a response, read as Apache HttpCore 4.4.16 reads them; shared and never changed. */
export interface ResponseHead {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly fields: readonly Field[];
  /** Status line and header lines, each ended by a line feed. */
  readonly text: string;
  /** Of the body; -1 when no usable Content-Length says it. */
  readonly contentLength: number;
  readonly chunked: boolean;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  /** The encodings of the body that can be undone, in the order in which they are. */
  readonly codings: readonly string[];
  readonly location: string | undefined;
  /** The values of the Set-Cookie headers. */
  readonly setCookies: readonly string[];
  /** Whether the connection may serve another request after the answer to a GET. */
  readonly keepsAlive: boolean;
  /** Milliseconds for which the server keeps an idle connection; undefined = it does not say. */
  readonly keepAliveTime: number | undefined;
}

/** The value of the first header of that name (lower case); undefined = none. */
export function firstField({ fields }: Pick<ResponseHead, 'fields'>, name: string): string | undefined {
  for (const field of fields) if (field.name.toLowerCase() === name) return field.value;
  return undefined;
}

/** The values of all headers of that name (lower case). */
export const allFields = ({ fields }: Pick<ResponseHead, 'fields'>, name: string): string[] =>
  fields.filter((field) => field.name.toLowerCase() === name).map(({ value }) => value);

/** Whether a line is the start of a response: other lines in front of it are skipped. */
export const isStatusLine = (line: string): boolean => /^[ \t]*HTTP\//.test(line);

/** A head that was read before; the same server often says the same again, so the last heads are kept. */
export const knownHead = (raw: string): ResponseHead | undefined => kept.get(raw);

/**
 * Reads a head: the text from the status line up to the empty line, one character per byte. Throws ClientProtocolException
 * when it is not HTTP.
 */
export function parseHead(raw: string): ResponseHead {
  let head = knownHead(raw);
  if (head === undefined) {
    head = parse(raw);
    if (kept.size >= KEPT) kept.clear();
    if (raw.length <= 4096) kept.set(raw, head);
  }
  return head;
}

const KEPT = 256;
const kept = new Map<string, ResponseHead>();

function parse(raw: string): ResponseHead {
  const lines = raw.split('\n').map(withoutReturn);
  const first = lines[0] ?? '';
  // Only a blank ends the version, and the code; a tab does not.
  const match = /^[ \t]*HTTP\/([^.]*)\.([^ ]*) [ \t]*([^ ]*)(.*)$/s.exec(first);
  const [, major = '', minor = '', code = '', rest = ''] = match ?? [];
  const version = versionOf(major, minor);
  if (!/^\d+$/.test(code.trim())) throw httpError.protocol();
  const status = intOf(code.trim());
  const reason = rest.trim();
  const fields = fieldsOf(lines, 1);
  const last = (name: string): string | undefined => lastValue(fields, name);
  let text = `${version} ${status} ${reason}\n`;
  for (const { line } of fields) text += `${line}\n`;
  const encodings = firstField({ fields }, 'transfer-encoding');
  const contentLength = encodings === undefined ? lengthOf(fields) : -1;
  const chunked = encodings !== undefined && /(?:^|,)\s*chunked\s*(?:;[^,]*)?$/i.test(encodings);
  const contentEncoding = firstField({ fields }, 'content-encoding');
  // One literal, for heads that are all of one shape are read faster.
  return {
    version,
    status,
    reason,
    fields,
    text,
    contentLength,
    chunked,
    contentType: sharedType(last('content-type')),
    contentEncoding,
    codings: codingsOf(contentEncoding, contentLength),
    location: last('location'),
    setCookies: allFields({ fields }, 'set-cookie'),
    keepsAlive: judge({ version, status, fields, contentLength, chunked }, 'GET'),
    keepAliveTime: keepAliveTime(fields),
  };
}

let lastType: string | undefined;
/** One text for all heads that name the same type: whoever compares them need not look at their letters. */
function sharedType(type: string | undefined): string | undefined {
  if (type !== lastType) lastType = type;
  return lastType;
}

/** Throws IllegalArgumentException when a number is negative, as ProtocolVersion 4.4.16 does. */
function versionOf(major: string, minor: string): string {
  if (minor === '1' && major === '1') return 'HTTP/1.1';
  const numbers = [intOf(major.trim()), intOf(minor.trim())];
  for (const [i, which] of ['major', 'minor'].entries())
    if ((numbers[i] ?? 0) < 0)
      throw new JavaError('java.lang.IllegalArgumentException', `Protocol ${which} version may not be negative`);
  return `HTTP/${numbers.join('.')}`;
}

/** Integer.parseInt; throws ClientProtocolException for what is none. */
function intOf(text: string): number {
  const value = parseLong(text, 10);
  if (value === undefined || BigInt.asIntN(32, value) !== value) throw httpError.protocol();
  return Number(value);
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** Header lines; one that begins with a blank goes on the line before. Throws ClientProtocolException without a colon. */
function fieldsOf(lines: readonly string[], from: number): readonly Field[] {
  const joined: string[] = [];
  for (let i = from; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (/^[ \t]/.test(line) && joined.length > 0) joined[joined.length - 1] += ` ${line.replace(/^[ \t]+/, '')}`;
    else joined.push(line);
  }
  return joined.map((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim();
    if (colon < 0 || name === '') throw httpError.protocol();
    return { name, value: line.slice(colon + 1).trim(), line };
  });
}

function lastValue(fields: readonly Field[], name: string): string | undefined {
  for (let i = fields.length - 1; i >= 0; i--) if (fields[i]?.name.toLowerCase() === name) return fields[i]?.value;
  return undefined;
}

/** The last Content-Length that is a number counts; a negative one is none. */
const lengthOf = (fields: readonly Field[]): number => Math.max(-1, Number(lastLength(fields) ?? -1));

/** The same to the last digit. */
export function lastLength(fields: readonly Field[]): bigint | undefined {
  for (let i = fields.length - 1; i >= 0; i--) {
    const field = fields[i];
    const length = field?.name.toLowerCase() === 'content-length' ? parseLong(field.value, 10) : undefined;
    if (length !== undefined) return length;
  }
  return undefined;
}

/** Long.parseLong: undefined = no number, or one that is too large. */
export function parseLong(text: string, radix: 10 | 16): bigint | undefined {
  const [, sign, digits = ''] = (radix === 10 ? DECIMAL : HEXADECIMAL).exec(text) ?? [];
  if (digits === '') return undefined;
  const size = BigInt(radix === 10 ? digits : `0x${digits}`);
  const value = sign === '-' ? -size : size;
  return BigInt.asIntN(64, value) === value ? value : undefined;
}
const DECIMAL = /^([+-]?)0*(\d{1,19})$/;
const HEXADECIMAL = /^([+-]?)0*([\da-f]{1,16})$/i;

/** What tells where a response ends. */
type Framed = Pick<ResponseHead, 'status' | 'version' | 'fields' | 'chunked' | 'contentLength'>;

/** How the body of the answer to that method ends. */
export function framingOf(head: Framed, method: string): Framing {
  const { status } = head;
  if (method === 'CONNECT' && status < 300) return 'none';
  if (method === 'HEAD' || status === 204 || status === 304 || status === 205) return 'none';
  if (head.chunked) return 'chunked';
  return head.contentLength >= 0 ? 'length' : 'close';
}

/** Whether the connection may serve another request (DefaultConnectionReuseStrategy 4.4.16), as far as the response says. */
export const keepsAlive = (head: ResponseHead, method: string): boolean =>
  method === 'HEAD' || method === 'CONNECT' ? judge(head, method) : head.keepsAlive;

function judge(head: Framed, method: string): boolean {
  const encodings = firstField(head, 'transfer-encoding');
  if (head.status === 204 && (encodings !== undefined || Number(firstField(head, 'content-length')) > 0)) return false;
  if (encodings !== undefined) {
    if (encodings.toLowerCase() !== 'chunked') return false;
  } else if (framingOf(head, method) !== 'none') {
    const lengths = allFields(head, 'content-length');
    if (lengths.length !== 1 || head.contentLength < 0) return false;
  }
  const direct = allFields(head, 'connection');
  const tokens = (direct.length > 0 ? direct : allFields(head, 'proxy-connection'))
    .join(',')
    .toLowerCase()
    .split(/[\s,]+/);
  if (tokens.includes('close')) return false;
  return tokens.includes('keep-alive') || head.version > 'HTTP/1.0';
}

function keepAliveTime(fields: readonly Field[]): number | undefined {
  for (const value of allFields({ fields }, 'keep-alive')) {
    const seconds = /(?:^|[,;\s])timeout\s*=\s*"?(\d+)/i.exec(value)?.[1];
    if (seconds !== undefined) return Number(seconds) * 1000;
  }
  return undefined;
}
