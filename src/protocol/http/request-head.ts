import type { HttpClient } from './client.js';
import { httpError } from './error.js';
import { hopOf } from './proxy.js';
import type { HttpRequest } from './request.js';
import { headerLine, type RequestHeaders } from './request-headers.js';

/** Lines of headers that nobody may ever ask for. */
export interface Lines {
  toString(): string;
}

/** Who tells what people are shown of a head: each header on a line, cookies left out. */
export interface Shows {
  shown: Lines;
}

/** Makes the head of a request. */
export type MakeHead = (request: HttpRequest, client: HttpClient, shows: Shows) => string;

/** The head in the order of HttpClient's interceptors. Throws ClientProtocolException for what the caller may not set. */
export const httpClientHead: MakeHead = (request, client, shows) => {
  const { headers, entity, cookie } = request;
  const { names } = headers;
  shows.shown = headers;
  let added = '';
  if (entity !== undefined) {
    if (names.has('transfer-encoding') || names.has('content-length')) throw httpError.protocol();
    added = `Content-Length: ${entity === null ? 0 : entity.content.length}\r\n`;
    if (entity?.contentType && !names.has('content-type')) added += headerLine('Content-Type', entity.contentType);
  }
  const tail = tailOf(request, client);
  shows.shown = new Shown(headers, added, tail.wire);
  const cookies = cookie === undefined ? '' : headerLine('Cookie', cookie);
  return `${request.method} ${tail.uri ?? request.target.path} HTTP/1.1\r\n${headers.wire}${cookies}${added}${tail.wire}\r\n`;
};

class Shown implements Lines {
  constructor(
    private readonly headers: RequestHeaders,
    private readonly added: string,
    private readonly tail: string,
  ) {}
  toString(): string {
    return `${this.headers}${(this.added + this.tail).replaceAll('\r\n', '\n')}`;
  }
}

/** What HttpClient adds behind the body's own headers, with what it depends on. */
interface Tail {
  readonly settings: object;
  readonly names: ReadonlySet<string>;
  readonly hostHeader: string;
  readonly wire: string;
  /** What the request line names when it is not the path. */
  readonly uri?: string;
}

let lastTail: Tail | undefined;

/** Without a proxy and a login it is the same for request after request, and mostly for all users. */
function tailOf(request: HttpRequest, client: HttpClient): Tail {
  const { names } = request.headers;
  const { hostHeader } = request.target;
  const { settings } = client;
  const plain = request.proxy === undefined && request.authorizer === undefined;
  if (plain && lastTail?.names === names && lastTail.hostHeader === hostHeader && lastTail.settings === settings)
    return lastTail;
  const { uri, fields } = hopOf(request);
  const wire = (names.has('host') ? '' : `Host: ${hostHeader}\r\n`) + fields + authorship(request, client);
  if (!plain) return { settings, names, hostHeader, wire, uri };
  lastTail = { settings, names, hostHeader, wire };
  return lastTail;
}

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
