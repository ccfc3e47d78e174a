import { charsetName, checkCharset, urlDecode } from '../../java/index.js';
import type { Test } from '../../model/index.js';
import { type Body, bytesIn, FORM, httpArgument, isSkippable, NOT_SHOWN } from './body.js';
import type { HttpArgument, HttpFile, HttpProps } from './http-props.js';
import { multipartBody } from './multipart.js';
import { uploadedFile } from './uploaded-file.js';

/** A single file without parameter name is the whole body. */
export const isFileBody = (files: readonly HttpFile[]): boolean => {
  const file = files[0];
  return file !== undefined && files.length === 1 && file.path !== '' && file.paramName === '';
};

/** The arguments' values are the whole body: told so, or none of them has a name. */
export function isRawBody(props: HttpProps): boolean {
  if (props.postBodyRaw) return true;
  const { rows } = props.arguments;
  for (const row of rows) if (httpArgument(row).name !== '') return false;
  return rows.length > 0;
}

/** Told so, or there are files, each with a path, that are not the whole body. */
export const isMultipart = (props: HttpProps): boolean => {
  const { rows } = props.files;
  return props.multipart || (rows.length > 0 && rows.every(({ path }) => path !== '') && !isFileBody(rows));
};

/**
 * The body of a request that can have one, by HTTPHC4Impl.setupHttpEntityEnclosingRequestData 5.6.3; `ownType` is the Header
 * Manager's Content-Type, empty = none. Throws what Java does for charsets and files.
 */
export function requestBody(props: HttpProps, ownType: string, addContentType: boolean, test: Test): Body {
  const encoding = props.contentEncoding || 'UTF-8';
  const charset = javaCharset(encoding);
  if (isMultipart(props)) return multipartBody(props, charset, test);
  const form = ownType === '' && addContentType ? FORM : undefined;
  const { rows } = props.arguments;
  const files = props.files.rows;
  if (rows.length === 0 && isFileBody(files)) {
    const [file] = files;
    const header = ownType === '' ? file?.mimeType || form : undefined;
    const { content, failure } = uploadedFile(file?.path ?? '', test);
    return { content, contentType: undefined, failure, shown: NOT_SHOWN, header };
  }
  if (isRawBody(props)) {
    const header = ownType === '' ? files[0]?.mimeType || form : undefined;
    return rawBody(rows, encoding, charset, header);
  }
  return formBody(rows, encoding, charset, form);
}

/** The canonical name; throws as Charset.forName does. */
export function javaCharset(encoding: string): string {
  if (encoding === 'UTF-8') return encoding;
  const name = charsetName(encoding);
  if (name === undefined) checkCharset(encoding);
  return name ?? encoding;
}

function rawBody(rows: readonly HttpArgument[], encoding: string, charset: string, header: string | undefined): Body {
  let text = '';
  for (const row of rows) text += httpArgument(row).alwaysEncode ? formEncode(row.value, encoding) : row.value;
  const contentType = `text/plain; charset=${charset}`;
  return { content: bytesOf(text, charset), contentType, shown: text, header };
}

/** Text that is its own bytes needs no buffer. */
const bytesOf = (text: string, charset: string): Buffer | string =>
  !charset.startsWith('UTF-16') && Buffer.byteLength(text) === text.length ? text : bytesIn(text, charset);

function formBody(rows: readonly HttpArgument[], encoding: string, charset: string, header: string | undefined): Body {
  let text = '';
  for (const row of rows) {
    let { name } = httpArgument(row);
    if (isSkippable(name)) continue;
    let { value } = row;
    if (!row.alwaysEncode) {
      // What the user encoded himself is decoded, and then all is encoded.
      name = urlDecode(name, encoding);
      value = urlDecode(value, encoding);
    }
    text += `${text === '' ? '' : '&'}${formEncode(name, charset)}=${formEncode(value, charset)}`;
  }
  return { content: bytesOf(text, charset), contentType: `${FORM}; charset=${charset}`, shown: text, header };
}

/** URLEncodedUtils 4.5.14: the whole text is encoded, then each byte. */
function formEncode(text: string, charset: string): string {
  if (/^[\w.*-]*$/.test(text) && !charset.startsWith('UTF-16')) return text;
  let encoded = '';
  for (const byte of bytesIn(text, charset)) {
    const char = String.fromCharCode(byte);
    if (/[\w.*-]/.test(char)) encoded += char;
    else encoded += byte === 32 ? '+' : `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
  }
  return encoded;
}
