import fs from 'node:fs';
import path from 'node:path';
import { JavaError, urlDecode, urlEncode, urlEncodeIn } from '../../java/index.js';
import type { Test } from '../../model/index.js';
import type { Entity, Parts } from '../../protocol/index.js';
import { bytesIn, FORM, httpArgument, isSkippable, NOT_SHOWN, randomText } from './body.js';
import type { HttpArgument, HttpFile, HttpProps } from './http-props.js';
import { isFileBody, isMultipart, isRawBody, javaCharset } from './request-body.js';
import { bodyOf, uploadedFile } from './uploaded-file.js';

/** A body as the bzm sampler sends it. */
export interface BzmBody {
  /** undefined = none. */
  readonly entity: Entity | undefined;
  readonly shown: string;
  /** A Content-Type that is put among the request's own headers. */
  readonly header?: string | undefined;
}

const BINARY = 'application/octet-stream';
const FORMS = new Set(['POST', 'PUT', 'PATCH']);

/**
 * The body of a request (HTTP2JettyClient.setBody 3.0.1): the sampler's method decides whether there is a form, so that a
 * redirect that is followed with GET sends it again; all else goes with any method. `ownType` is the Header Manager's
 * Content-Type. Throws what Java does for charsets, files and parts.
 */
export function bzmBody(props: HttpProps, ownType: string | undefined, addContentType: boolean, test: Test): BzmBody {
  const encoding = props.contentEncoding || 'UTF-8';
  const files = props.files.rows;
  if (isMultipart(props)) return multipart(props, javaCharset(encoding), ownType === '', addContentType, test);
  const { rows } = props.arguments;
  if (rows.length === 0 && isFileBody(files)) return fileBody(files, ownType === '', addContentType, test);
  const charset = javaCharset(encoding);
  const header = ownType !== '' && addContentType ? FORM : undefined;
  if (isRawBody(props)) {
    let shown = '';
    for (const row of rows) shown += encodedValue(httpArgument(row), charset);
    return { entity: { content: bytesIn(shown, charset), contentType: ownType ?? BINARY }, shown, header };
  }
  if (!FORMS.has(props.method)) return { entity: undefined, shown: '', header };
  return { ...form(rows, charset), header };
}

function form(rows: readonly HttpArgument[], charset: string): BzmBody {
  const fields = new Map<string, string[]>();
  for (const row of rows) {
    let { name, value } = httpArgument(row);
    if (isSkippable(name)) continue;
    if (!row.alwaysEncode) {
      // What the user encoded himself is decoded, and then all is encoded.
      name = urlDecode(name, charset);
      value = urlDecode(value, charset);
    }
    const known = fields.get(name);
    if (known === undefined) fields.set(name, [value]);
    else known.push(value);
  }
  const text = (encode: (text: string) => string): string =>
    [...fields].flatMap(([name, values]) => values.map((value) => `${encode(name)}=${encode(value)}`)).join('&');
  const content = text((one) => urlEncodeIn(one, charset) ?? urlEncode(one));
  // It is shown in UTF-8, whatever is sent.
  return { entity: { content, contentType: `${FORM};charset=${charset.toLowerCase()}` }, shown: text(urlEncode) };
}

function fileBody([file]: readonly HttpFile[], emptyType: boolean, addContentType: boolean, test: Test): BzmBody {
  const type = mimeType(file?.mimeType ?? '', emptyType, addContentType);
  const { content, failure } = opened(file?.path ?? '', test);
  const entity = { content, contentType: BINARY, failure };
  return { entity, shown: NOT_SHOWN, header: type === BINARY ? undefined : type };
}

/** The plugin writes parts by hand, with an empty line too many before each content, and quotes in its boundary. */
function multipart(
  props: HttpProps,
  charset: string,
  emptyType: boolean,
  addContentType: boolean,
  test: Test,
): BzmBody {
  const boundary = `"JettyHttpClient-${randomText(CHARS, 24)}"`;
  const pieces: (Buffer | Parts)[] = [];
  let shown = '';
  const add = (disposition: string, type: string, content: Buffer | Parts): void => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n\r\n`;
    pieces.push(bytesIn(head, 'US-ASCII'), content, CRLF);
  };
  const show = (disposition: string, type: string, coding: string, content: string): void => {
    shown += `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${coding}\r\n\r\n${content}\r\n`;
  };
  for (const row of props.arguments.rows) {
    const { name, contentType } = httpArgument(row);
    if (isSkippable(name)) continue;
    const disposition = `name="${row.alwaysEncode ? urlEncode(name) : name}"`;
    const value = encodedValue(row, charset);
    const type = contentType.trim() === '' ? 'text/plain' : contentType;
    add(disposition, `${type}; charset=${charset.toLowerCase()}`, bytesIn(value, charset));
    show(disposition, `${contentType}; charset=${charset}`, props.contentEncoding || 'UTF-8', value);
  }
  for (const file of props.files.rows) {
    if (file.paramName.trim() === '') throw new JavaError('java.lang.IllegalStateException', 'Param name is blank');
    const disposition = `name="${file.paramName}"; filename="${path.basename(file.path)}"`;
    const { content, failure } = opened(file.path, test);
    if (failure !== undefined) throw failure;
    add(disposition, mimeType(file.mimeType, emptyType, addContentType), content);
    show(disposition, file.mimeType, 'binary', NOT_SHOWN);
  }
  const content = bodyOf([...pieces, bytesIn(`--${boundary}--\r\n`, 'US-ASCII')]);
  const header = `multipart/form-data; boundary="${boundary}"`;
  return { entity: { content, contentType: header }, shown: `${shown}--${boundary}--\r\n`, header };
}

/** A type counts unless the request has an empty one. */
const mimeType = (given: string, emptyType: boolean, addContentType: boolean): string => {
  if (emptyType) return BINARY;
  return given !== '' ? given : addContentType ? FORM : BINARY;
};

/** java.nio finds the file, where the working directory alone counts. */
function opened(name: string, test: Test): { content: Buffer | Parts; failure: JavaError | undefined } {
  const file = path.resolve(test.workingDirectory, name);
  if (fs.existsSync(file)) {
    const { content, failure } = uploadedFile(file, test);
    const isFolder = failure?.message.endsWith('(Is a directory)');
    return { content, failure: isFolder ? new JavaError('java.io.IOException', 'Is a directory') : failure };
  }
  return { content: Buffer.alloc(0), failure: new JavaError('java.nio.file.NoSuchFileException', name) };
}

const encodedValue = (row: HttpArgument, charset: string): string =>
  row.alwaysEncode ? (urlEncodeIn(row.value, charset) ?? row.value) : row.value;

const CRLF = Buffer.from('\r\n');

const CHARS = 'abcdefghijklmnopqrstuvwxyz0123456789';
