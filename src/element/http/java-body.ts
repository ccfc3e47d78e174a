import path from 'node:path';
import { charsetName, checkCharset, encodeText, JavaError, urlEncodeIn } from '../../java/index.js';
import { decode, type Test } from '../../model/index.js';
import type { Entity } from '../../protocol/index.js';
import { type Body, httpArgument, isSkippable, NOT_SHOWN } from './body.js';
import type { HttpProps } from './http-props.js';
import { fileNameIn } from './multipart.js';
import { isFileBody, isMultipart, isRawBody } from './request-body.js';
import { queryString } from './request-url.js';
import { uploadedFile } from './uploaded-file.js';

const BOUNDARY = '---------------------------7d159c1302d0y0';
const FORM = 'application/x-www-form-urlencoded';

/**
 * The body of a POST or PUT as JMeter's Java implementation writes it (PostWriter, PutWriter 5.6.3); undefined = none. Only
 * POST sends forms and parts.
 */
export function javaBody(
  props: HttpProps,
  method: string,
  ownType: string,
  addContentType: boolean,
  test: Test,
): Body | undefined {
  const posts = method === 'POST';
  const encoding = props.contentEncoding || 'UTF-8';
  const files = props.files.rows;
  const { rows } = props.arguments;
  if (posts && isMultipart(props)) return parts(props, encoding, test);
  const form = posts && ownType === '' && addContentType ? FORM : undefined;
  const fileType = ownType === '' ? files[0]?.mimeType || form : undefined;
  if (rows.length === 0 && isFileBody(files))
    return { entity: fileEntity(files[0]?.path ?? '', test), shown: NOT_SHOWN, header: fileType };
  if (isRawBody(props)) {
    let text = '';
    for (const row of rows)
      text += httpArgument(row).alwaysEncode ? (urlEncodeIn(row.value, encoding) ?? '') : row.value;
    return textBody(text, encoding, posts || files.length === 1 ? fileType : undefined);
  }
  return posts ? textBody(queryString(rows, encoding), encoding, form) : undefined;
}

/** Java's files know another exception for what is not there. */
function fileEntity(name: string, test: Test): Entity {
  const { content, failure } = uploadedFile(name, test);
  const missing = failure && new JavaError('java.nio.file.NoSuchFileException', name);
  return { content, contentType: undefined, failure: missing };
}

const entityOf = (content: Buffer) => ({ content, contentType: undefined });

function textBody(text: string, encoding: string, header: string | undefined): Body {
  return { entity: entityOf(bytesIn(text, encoding)), shown: text, header };
}

/** Throws UnsupportedEncodingException for a charset that is not known. */
function bytesIn(text: string, encoding: string): Buffer {
  const bytes = encodeText(text, encoding);
  if (bytes === undefined) throw new JavaError('java.io.UnsupportedEncodingException', encoding);
  return bytes;
}

/** Always the same boundary, and no other type for an argument than text. */
function parts(props: HttpProps, encoding: string, test: Test): Body {
  if (charsetName(encoding) === undefined) checkCharset(encoding);
  const content: Buffer[] = [];
  const shown: Buffer[] = [];
  let missing: Error | undefined;
  const add = (head: string, data: Buffer, said: Buffer): void => {
    const before = bytesIn(`--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`, encoding);
    content.push(before, data, CRLF);
    shown.push(before, said, CRLF);
  };
  for (const row of props.arguments.rows) {
    const { name } = httpArgument(row);
    if (isSkippable(name)) continue;
    const value = bytesIn(row.value, encoding);
    const type = props.browserCompatible
      ? ''
      : `\r\nContent-Type: text/plain; charset=${encoding}\r\nContent-Transfer-Encoding: 8bit`;
    add(`name="${percentEncoded(name)}"${type}`, value, value);
  }
  for (const file of props.files.rows) {
    const name = `name="${percentEncoded(file.paramName)}"; filename="${fileNameIn(path.basename(file.path), encoding)}"`;
    const type = `\r\nContent-Type: ${file.mimeType}\r\nContent-Transfer-Encoding: binary`;
    const { content: data, failure } = fileEntity(file.path, test);
    missing ??= failure;
    add(name + type, Buffer.from(data), Buffer.from(NOT_SHOWN));
  }
  const end = Buffer.from(`--${BOUNDARY}--\r\n`);
  return {
    entity: { ...entityOf(Buffer.concat([...content, end])), failure: missing },
    shown: decode(Buffer.concat([...shown, end]), encoding),
    header: `multipart/form-data; boundary=${BOUNDARY}`,
  };
}

const CRLF = Buffer.from('\r\n');

const percentEncoded = (text: string): string =>
  text.replaceAll('"', '%22').replaceAll('\n', '%0A').replaceAll('\r', '%0D');
