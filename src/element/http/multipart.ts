import path from 'node:path';
import { encodeText, JavaError } from '../../java/index.js';
import { decode, type Test } from '../../model/index.js';
import { type Body, httpArgument, isSkippable, NOT_SHOWN } from './body.js';
import type { HttpProps } from './http-props.js';
import { resolvedFile, uploadedFile } from './uploaded-file.js';

const CHARS = '-_1234567890abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * A multipart body as HttpMime 4.5.14 writes it for JMeter: all arguments, then all files. Browser compatible = headers of
 * parts are shorter, and in the body's charset instead of UTF-8.
 */
export function multipartBody(props: HttpProps, charset: string, test: Test): Body {
  const lax = props.browserCompatible;
  const inHeaders = lax ? charset : 'UTF-8';
  const boundary = randomBoundary();
  const parts = new Parts(boundary, inHeaders);
  let missing: JavaError | undefined;
  for (const row of props.arguments.rows) {
    const { name } = httpArgument(row);
    if (isSkippable(name)) continue;
    const type = partType(row.contentType, charset);
    const value = encodeText(row.value, type.charset) ?? Buffer.from(row.value);
    const fields = lax ? [] : [`Content-Type: ${type.text}`, 'Content-Transfer-Encoding: 8bit'];
    parts.add([disposition(name), ...fields], value, value);
  }
  for (const { path: file, paramName, mimeType } of props.files.rows) {
    const where = resolvedFile(file, test);
    if (mimeType.trim() === '')
      throw new JavaError('org.apache.http.ParseException', `Invalid content type: ${mimeType}`);
    if (paramName.trim() === '') throw new JavaError('java.lang.IllegalStateException', 'Name is blank');
    const filename = `; filename="${escaped(fileNameIn(path.basename(where), inHeaders))}"`;
    const fields = [`Content-Type: ${typeText(mimeType)}`, ...(lax ? [] : ['Content-Transfer-Encoding: binary'])];
    const { content, failure } = uploadedFile(file, test);
    missing ??= failure;
    parts.add([disposition(paramName) + filename, ...fields], content, Buffer.from(NOT_SHOWN));
  }
  const { content, shown } = parts.finish();
  const contentType = `multipart/form-data; boundary=${boundary}; charset=${charset}`;
  return { entity: { content, contentType, failure: missing }, shown: decode(shown, charset), dropsHeader: true };
}

class Parts {
  readonly #content: Buffer[] = [];
  readonly #shown: Buffer[] = [];
  constructor(
    private readonly boundary: string,
    private readonly charset: string,
  ) {}

  add(fields: readonly string[], content: Buffer, shown: Buffer): void {
    const head = this.#bytes(`--${this.boundary}\r\n${fields.join('\r\n')}\r\n\r\n`);
    this.#content.push(head, content, CRLF);
    this.#shown.push(head, shown, CRLF);
  }

  finish(): { content: Buffer; shown: Buffer } {
    const end = this.#bytes(`--${this.boundary}--\r\n`);
    return { content: Buffer.concat([...this.#content, end]), shown: Buffer.concat([...this.#shown, end]) };
  }

  #bytes(text: string): Buffer {
    return encodeText(text, this.charset) ?? Buffer.from(text);
  }
}

const CRLF = Buffer.from('\r\n');

/** 30 to 40 characters. */
function randomBoundary(): string {
  const length = 30 + Math.floor(Math.random() * 11);
  let text = '';
  for (let i = 0; i < length; i++) text += CHARS[Math.floor(Math.random() * CHARS.length)];
  return text;
}

const disposition = (name: string): string => `Content-Disposition: form-data; name="${escaped(name)}"`;
const escaped = (text: string): string => text.replace(/["\\\r]/g, '\\$&');

/** A type that says more than itself is taken apart and put together again; without a charset it is ASCII. */
function partType(given: string, charset: string): { text: string; charset: string } {
  if (!given.includes(';')) return { text: `${given}; charset=${charset}`, charset };
  return { text: typeText(given), charset: /charset\s*=\s*"?([^\s;"]+)/i.exec(given)?.[1] ?? 'US-ASCII' };
}

/** ContentType.toString: one blank between the parts. */
const typeText = (given: string): string =>
  given
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('; ');

/** Characters that the charset lacks become entities without their end (ConversionUtils.encodeWithEntities). */
export function fileNameIn(name: string, charset: string): string {
  let text = '';
  for (const char of name) {
    const lacks = char !== '?' && encodeText(char, charset)?.toString('latin1') === '?';
    text += lacks ? `&#${char.codePointAt(0)}` : char;
  }
  return text.replaceAll('"', '%22').replaceAll('\n', '%0A').replaceAll('\r', '%0D');
}
