import path from 'node:path';
import { encodeText, JavaError, urlEncodeIn } from '../../java/index.js';
import { decode, type Test } from '../../model/index.js';
import type { Entity, Parts } from '../../protocol/index.js';
import { type Body, FORM, httpArgument, isSkippable, NOT_SHOWN } from './body.js';
import type { HttpProps } from './http-props.js';
import { fileNameIn } from './multipart.js';
import { isFileBody, isMultipart, isRawBody } from './request-body.js';
import { queryString } from './request-url.js';
import { bodyOf, uploadedFile } from './uploaded-file.js';

const BOUNDARY = '---------------------------7d159c1302d0y0';

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
  const multipart = isMultipart(props);
  if (posts && multipart) return parts(props, encoding, test);
  const form = posts && ownType === '' && addContentType ? FORM : undefined;
  const fileType = ownType === '' ? files[0]?.mimeType || form : undefined;
  if (rows.length === 0 && isFileBody(files))
    return { ...fileEntity(files[0]?.path ?? '', test), shown: NOT_SHOWN, header: fileType };
  if (isRawBody(props)) {
    let text = '';
    for (const row of rows)
      text += httpArgument(row).alwaysEncode ? (urlEncodeIn(row.value, encoding) ?? '') : row.value;
    return textBody(text, encoding, posts || files.length === 1 ? fileType : undefined);
  }
  if (posts) return textBody(queryString(rows, encoding), encoding, form);
  // PutWriter announces no body, and then would write one.
  if (multipart) throw new JavaError('java.net.ProtocolException', NO_OUTPUT);
  return undefined;
}

const NO_OUTPUT = 'cannot write to a URLConnection if doOutput=false - call setDoOutput(true)';

/** Java's files know another exception for what is not there. */
function fileEntity(name: string, test: Test): Entity & { readonly content: Buffer | Parts } {
  const { content, failure } = uploadedFile(name || '.', test);
  const folder = failure?.message.endsWith('(Is a directory)');
  const missing =
    failure &&
    (folder
      ? new JavaError('java.io.IOException', 'Is a directory')
      : new JavaError('java.nio.file.NoSuchFileException', name));
  return { content, contentType: undefined, failure: missing };
}

function textBody(text: string, encoding: string, header: string | undefined): Body {
  return { content: bytesIn(text, encoding), contentType: undefined, shown: text, header };
}

/** Throws UnsupportedEncodingException for a charset that is not known. */
function bytesIn(text: string, encoding: string): Buffer {
  const bytes = encodeText(text, encoding);
  if (bytes === undefined) throw new JavaError('java.io.UnsupportedEncodingException', encoding);
  return bytes;
}

/**
 * Always the same boundary, and no other type for an argument than text. The arguments are one text with one byte order
 * mark, the head of each file another.
 */
function parts(props: HttpProps, encoding: string, test: Test): Body {
  let text = '';
  for (const row of props.arguments.rows) {
    const { name, value } = httpArgument(row);
    if (isSkippable(name)) continue;
    const type = props.browserCompatible
      ? ''
      : `\r\nContent-Type: text/plain; charset=${encoding}\r\nContent-Transfer-Encoding: 8bit`;
    text += `--${BOUNDARY}\r\n${DISPOSITION}name="${percentEncoded(name)}"${type}\r\n\r\n${value}\r\n`;
  }
  const bytes = (from: string): Buffer => bytesIn(from, encoding);
  const content: (Buffer | Parts)[] = [bytes(text)];
  let shown = decode(bytes(text), encoding);
  let missing: Error | undefined;
  for (const file of props.files.rows) {
    const name = `name="${percentEncoded(file.paramName)}"; filename="${fileNameIn(path.basename(file.path), encoding)}"`;
    const type = `\r\nContent-Type: ${file.mimeType}\r\nContent-Transfer-Encoding: binary`;
    const head = `${DISPOSITION}${name}${type}\r\n\r\n`;
    const { content: data, failure } = fileEntity(file.path, test);
    missing ??= failure;
    content.push(Buffer.from(`--${BOUNDARY}\r\n`), bytes(head), data, CRLF);
    shown += `--${BOUNDARY}\r\n${decode(bytes(head), encoding)}${NOT_SHOWN}\r\n`;
  }
  content.push(Buffer.from(`--${BOUNDARY}--\r\n`));
  return {
    content: bodyOf(content),
    contentType: undefined,
    failure: missing,
    shown: `${shown}--${BOUNDARY}--\r\n`,
    header: `multipart/form-data; boundary=${BOUNDARY}`,
  };
}

const DISPOSITION = 'Content-Disposition: form-data; ';
const CRLF = Buffer.from('\r\n');

const percentEncoded = (text: string): string =>
  text.replaceAll('"', '%22').replaceAll('\n', '%0A').replaceAll('\r', '%0D');
