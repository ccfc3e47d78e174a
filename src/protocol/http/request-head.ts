import type { HttpClient } from './client.js';
import { httpError } from './error.js';
import { hopOf } from './proxy.js';
import type { HttpRequest } from './request.js';
import { headerLine } from './request-headers.js';

/** Makes the head of a request, and tells what people are shown of it: each header on a line, cookies left out. */
export type MakeHead = (request: HttpRequest, client: HttpClient, show: (headers: string) => void) => string;

/** The head in the order of HttpClient's interceptors. Throws ClientProtocolException for what the caller may not set. */
export const httpClientHead: MakeHead = (request, client, show) => {
  const { headers, entity, cookie, target } = request;
  const { names } = headers;
  const { uri, fields } = hopOf(request);
  show(headers.shown);
  let added = '';
  if (entity !== undefined) {
    if (names.has('transfer-encoding') || names.has('content-length')) throw httpError.protocol();
    added = `Content-Length: ${entity === null ? 0 : entity.content.length}\r\n`;
    if (entity?.contentType && !names.has('content-type')) added += headerLine('Content-Type', entity.contentType);
  }
  if (!names.has('host')) added += `Host: ${target.hostHeader}\r\n`;
  added += fields;
  added += authorship(request, client);
  show(headers.shown + added.replaceAll('\r\n', '\n'));
  const cookies = cookie === undefined ? '' : headerLine('Cookie', cookie);
  return `${request.method} ${uri} HTTP/1.1\r\n${headers.wire}${cookies}${added}\r\n`;
};

/** Who asks, and with which program. */
function authorship(request: HttpRequest, { settings, proxyAuthorization }: HttpClient): string {
  const { names } = request.headers;
  let text = '';
  if (settings.userAgent !== undefined && !names.has('user-agent')) text += `User-Agent: ${settings.userAgent}\r\n`;
  const authorization = names.has('authorization') ? undefined : request.authorizer?.header(request);
  if (authorization !== undefined) text += headerLine('Authorization', authorization);
  if (proxyAuthorization !== undefined && request.proxy && !request.target.secure)
    text += `Proxy-Authorization: ${proxyAuthorization}\r\n`;
  return text;
}
