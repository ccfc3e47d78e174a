import type { OutgoingHttpHeaders } from 'node:http2';
import type { HttpClient, HttpHeader, HttpRequest } from '../http/index.js';

/** Headers of a connection, which HTTP/2 has other means for (RFC 9113 §8.2.2); `host` becomes `:authority`. */
const NOT_SENT = new Set([
  'connection',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** A request as HTTP/2 sends it. */
export interface Fields {
  readonly headers: OutgoingHttpHeaders;
  /** As people are shown it: each header on a line, cookies left out. */
  readonly shown: string;
  /** The length of the same request in HTTP/1.1's words, its body included. */
  readonly length: number;
}

/** The headers of a request: its own first, then what is added, as in HTTP/1.1; with Jetty there are none but its own. */
export function fieldsOf(request: HttpRequest, client: HttpClient, jetty: boolean): Fields {
  const { method, target, entity } = request;
  const list = [
    ...request.headers.list.filter(({ name }) => isSent(name.toLowerCase(), jetty && !target.secure)),
    ...(jetty ? [] : added(request, client)),
  ];
  const headers: OutgoingHttpHeaders = {
    ':method': method,
    ':authority': (jetty ? undefined : request.headers.first('host')) ?? target.hostHeader,
    ':scheme': target.secure ? 'https' : 'http',
    ':path': jetty ? target.rawPath : target.path,
  };
  let shown = '';
  let length = `${method} ${target.path} HTTP/2.0\r\nHost: ${target.hostHeader}\r\n\r\n`.length;
  for (const { name, value } of list) {
    const lower = name.toLowerCase();
    if (lower !== 'cookie') shown += `${name}: ${value}\n`;
    length += name.length + value.length + 4;
    const before = headers[lower];
    if (before === undefined) headers[lower] = value;
    else headers[lower] = [...(Array.isArray(before) ? before : [String(before)]), value];
  }
  return { headers, shown, length: length + (entity?.content.length ?? 0) };
}

/** Without TLS Jetty says twice who is asked. */
const isSent = (lower: string, host: boolean): boolean => !NOT_SENT.has(lower) || (host && lower === 'host');

function added(request: HttpRequest, { settings }: HttpClient): HttpHeader[] {
  const { headers, entity, cookie } = request;
  const { names } = headers;
  const list: HttpHeader[] = [];
  if (cookie !== undefined) list.push({ name: 'Cookie', value: cookie });
  if (entity !== undefined) list.push({ name: 'Content-Length', value: `${entity?.content.length ?? 0}` });
  if (entity?.contentType && !names.has('content-type')) list.push({ name: 'Content-Type', value: entity.contentType });
  if (settings.userAgent !== undefined && !names.has('user-agent'))
    list.push({ name: 'User-Agent', value: settings.userAgent });
  const authorization = names.has('authorization') ? undefined : request.authorizer?.header(request);
  if (authorization !== undefined) list.push({ name: 'Authorization', value: authorization });
  return list;
}
