import path from 'node:path';
import { checkCharset, encodeText, JavaError } from '../../java/index.js';
import { decode, type Test } from '../../model/index.js';
import { headerElements, type Parts as UploadParts } from '../../protocol/index.js';
import { type Body, bytesIn, httpArgument, isSkippable, NOT_SHOWN, randomText } from './body.js';
import type { HttpProps } from './http-props.js';
import { bodyOf, resolvedFile, uploadedFile } from './uploaded-file.js';

const CHARS = '-_1234567890abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * A multipart body as HttpMime 4.5.14 writes it for JMeter: all arguments, then all files. Browser compatible = headers of
 * parts are shorter, and in the body's charset instead of UTF-8.
 */
export function multipartBody(props: HttpProps, charset: string, test: Test): Body {
  const lax = props.browserCompatible;
  const inHeaders = lax ? charset : 'UTF-8';
  const boundary = randomBoundary();
  const parts = new Parts(boundary, charset, inHeaders);
  let missing: JavaError | undefined;
  for (const row of props.arguments.rows) {
    const { name } = httpArgument(row);
    if (isSkippable(name)) continue;
    const type = partType(row.contentType, charset);
    const value = bytesIn(row.value, type.charset);
    const fields = lax ? [] : [`Content-Type: ${type.text}`, 'Content-Transfer-Encoding: 8bit'];
    parts.add([disposition(name), ...fields], value, value);
  }
  for (const { path: file, paramName, mimeType } of props.files.rows) {
    const where = resolvedFile(file, test);
    const type = readType(mimeType).text;
    if (paramName.trim() === '') throw new JavaError('java.lang.IllegalStateException', 'Name is blank');
    const filename = `; filename="${escaped(fileNameIn(path.basename(where), inHeaders))}"`;
    const fields = [`Content-Type: ${type}`, ...(lax ? [] : ['Content-Transfer-Encoding: binary'])];
    const { content, failure } = uploadedFile(file, test);
    missing ??= failure;
    parts.add([disposition(paramName) + filename, ...fields], content, Buffer.from(NOT_SHOWN));
  }
  const { content, shown } = parts.finish();
  const contentType = `multipart/form-data; boundary=${boundary}; charset=${charset}`;
  return { content, contentType, failure: missing, shown: decode(shown, charset), dropsHeader: true };
}

class Parts {
  readonly #content: (Buffer | UploadParts)[] = [];
  readonly #shown: Buffer[] = [];
  readonly #dashes: Buffer;
  constructor(
    boundary: string,
    charset: string,
    private readonly inHeaders: string,
  ) {
    this.#dashes = Buffer.concat([DASHES, bytesIn(boundary, charset)]);
  }

  add(fields: readonly string[], content: Buffer | UploadParts, shown: Buffer): void {
    const head = [this.#dashes, CRLF];
    for (const field of fields) head.push(...this.#field(field), CRLF);
    head.push(CRLF);
    this.#content.push(...head, content, CRLF);
    this.#shown.push(...head, shown, CRLF);
  }

  /** Name and value are texts of their own, each with a byte order mark where the charset has one. */
  #field(field: string): Buffer[] {
    if (!this.inHeaders.startsWith('UTF-16')) return [bytesIn(field, this.inHeaders)];
    const colon = field.indexOf(': ');
    return [bytesIn(field.slice(0, colon), this.inHeaders), COLON, bytesIn(field.slice(colon + 2), this.inHeaders)];
  }

  finish(): { content: Buffer | UploadParts; shown: Buffer } {
    const end = [this.#dashes, DASHES, CRLF];
    return { content: bodyOf([...this.#content, ...end]), shown: Buffer.concat([...this.#shown, ...end]) };
  }
}

const DASHES = Buffer.from('--');
const COLON = Buffer.from(': ');
const CRLF = Buffer.from('\r\n');

/** 30 to 40 characters. */
const randomBoundary = (): string => randomText(CHARS, 30 + Math.floor(Math.random() * 11));

const disposition = (name: string): string => `Content-Disposition: form-data; name="${escaped(name)}"`;
const escaped = (text: string): string => text.replace(/["\\\r]/g, '\\$&');

/** A type of a part, and what its text is written in. */
interface PartType {
  readonly text: string;
  readonly charset: string;
}

/** ContentType.create 4.4.16: one that says more than itself is read and written anew. */
function partType(given: string, charset: string): PartType {
  if (given.includes(';')) return readType(given);
  const type = given.trim().toLowerCase();
  const wrong = type === '' ? 'blank' : /[",;]/.test(type) ? 'reserved' : '';
  if (wrong === 'blank') throw illegal('MIME type may not be blank');
  if (wrong !== '') throw illegal('MIME type may not contain reserved characters');
  return { text: `${type}; charset=${charset}`, charset };
}

const illegal = (message: string): JavaError => new JavaError('java.lang.IllegalArgumentException', message);

/** ContentType.parse 4.4.16: the first element; without a charset its text is ASCII. Throws what Charset.forName does. */
function readType(given: string): PartType {
  const [element] = headerElements(given);
  if (element === undefined) throw new JavaError('org.apache.http.ParseException', `Invalid content type: ${given}`);
  let text = element.name;
  for (const { name, value } of element.parameters)
    text += `; ${name}${value === undefined ? '' : `=${SEPARATOR.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value}`}`;
  const charset = element.parameters.find(({ name }) => name.toLowerCase() === 'charset')?.value?.trim() || 'US-ASCII';
  checkCharset(charset);
  return { text, charset };
}

const SEPARATOR = /[ ;,:@()<>\\"/[\]?={}\t]/;

/** Characters that the charset lacks become entities without their end (ConversionUtils.encodeWithEntities). */
export function fileNameIn(name: string, charset: string): string {
  let text = '';
  for (const char of name) {
    const lacks = char !== '?' && encodeText(char, charset)?.toString('latin1') === '?';
    text += lacks ? `&#${char.codePointAt(0)}` : char;
  }
  return text.replaceAll('"', '%22').replaceAll('\n', '%0A').replaceAll('\r', '%0D');
}
