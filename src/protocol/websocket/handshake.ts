import { createHash } from 'node:crypto';
import { JavaError, javaTrim } from '../../java/index.js';
import { LineError } from '../line/index.js';
import { UpgradeError } from './error.js';

export interface Header {
  readonly name: string;
  readonly value: string;
}

const OWN = new Set(['host', 'upgrade', 'connection', 'sec-websocket-key', 'sec-websocket-version']);

/** Whether the handshake says this header itself, so that a caller's one is not sent. */
export const isOwnHeader = (name: string): boolean => OWN.has(name.toLowerCase());

/**
 * The upgrade request, byte for byte as the Java client writes it: the caller's headers stand between Host and Upgrade in
 * the order given. Throws IllegalArgumentException for a header with a line break.
 */
export function upgradeRequest(target: string, host: string, headers: readonly Header[], key: string): string {
  let request = `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n`;
  for (const { name, value } of headers) {
    if (isOwnHeader(name)) continue;
    if (/[\r\n]/.test(name) || /[\r\n]/.test(value))
      throw new JavaError('java.lang.IllegalArgumentException', 'Invalid header; contains new line.');
    request += `${name}: ${value}\r\n`;
  }
  return `${request}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`;
}

/**
 * What the caller's headers ask of compression: undefined = nothing, else whether the server keeps its context. The
 * server's answer does not count, as in the Java client; the last such header wins.
 */
export function deflateAsked(headers: readonly Header[]): { readonly contextTakeover: boolean } | undefined {
  let asked: { contextTakeover: boolean } | undefined;
  for (const { name, value } of headers)
    if (name.includes('Sec-WebSocket-Extensions') && value.includes('permessage-deflate'))
      asked = { contextTakeover: !value.includes('server_no_context_takeover') };
  return asked;
}

/** Reads the head of an HTTP answer line by line as it comes: LF ends a line, CR counts nowhere. */
export class HeadReader {
  readonly lines: string[] = [];
  /** Bytes read, and one for each time the end of the stream was met, as the Java client counts. */
  size = 0;
  /** After the blank line or the end of the stream. */
  done = false;
  #line = '';

  /** Takes bytes up to the blank line; gives the position after what was taken. */
  take(bytes: Buffer, start: number, end: number): number {
    let from = start;
    while (!this.done && from < end) {
      const lineEnd = bytes.indexOf(0x0a, from);
      const to = lineEnd < 0 || lineEnd >= end ? end : lineEnd;
      this.#line += bytes.toString('latin1', from, to);
      if (to < end) this.#endLine();
      from = Math.min(to + 1, end);
    }
    this.size += from - start;
    return from;
  }

  /** The stream ended: a line begun counts as a line. */
  end(): void {
    this.size++;
    const begun = this.#line.replaceAll('\r', '') !== '';
    if (begun) {
      this.#endLine();
      if (!this.done) this.size++;
    }
    this.done = true;
  }

  #endLine(): void {
    const line = this.#line.replaceAll('\r', '').replace(/[\x80-\xff]/g, '\ufffd');
    this.#line = '';
    this.lines.push(line);
    // The status line may be blank without ending the head; it is refused anyway.
    if (this.lines.length > 1 && /^[\0- ]*$/.test(line)) this.done = true;
  }
}

/** The status of a status line; throws UpgradeError when it is another one, LineError when it is none. */
export function expectStatus(line: string, expected: number): void {
  const found = /^HTTP\/\d\.\d (\d{3})/.exec(line)?.[1];
  if (found === undefined) throw new LineError('Invalid status line');
  const status = Number(found);
  if (status !== expected) throw new UpgradeError(`Got unexpected status ${status} with statusLine:${line}`, status);
}

/** The answer's headers, sorted by name whatever its case, values of equal names joined; throws UpgradeError. */
export function acceptedHeaders(lines: readonly string[], key: string): readonly Header[] {
  const headers = new Map<string, { name: string; value: string }>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon);
    const value = javaTrim(line.slice(colon + 1));
    const known = headers.get(folded(name));
    if (known) known.value += `, ${value}`;
    else headers.set(folded(name), { name, value });
  }
  if (headers.get('upgrade')?.value.toLowerCase() !== 'websocket')
    throw new UpgradeError("Server response should contain 'Upgrade' header with value 'websocket'");
  if (headers.get('connection')?.value.toLowerCase() !== 'upgrade')
    throw new UpgradeError("Server response should contain 'Connection' header with value 'Upgrade'");
  const accept = headers.get('sec-websocket-accept')?.value;
  if (accept === undefined) throw new UpgradeError("Server response should contain 'Sec-WebSocket-Accept' header");
  if (accept !== acceptOf(key))
    throw new UpgradeError("Server response header 'Sec-WebSocket-Accept' has incorrect value.");
  return [...headers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, header]) => header);
}

/** What a server must answer to this key (RFC 6455 §4.2.2). */
export const acceptOf = (key: string): string =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

/** String.CASE_INSENSITIVE_ORDER compares characters so. */
const folded = (name: string): string => name.toUpperCase().toLowerCase();
