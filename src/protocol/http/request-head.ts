import type { HttpClient } from './client.js';
import { httpError } from './error.js';
import { hopOf } from './proxy.js';
import type { Entity, HttpRequest } from './request.js';
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

/** A head that says nothing but where the request goes. */
export interface BareHead {
  readonly method: string;
  readonly uri: string;
  readonly tail: Tail;
  readonly text: string;
  readonly shown: Lines;
}

/** The head in the order of HttpClient's interceptors. Throws ClientProtocolException for what the caller may not set. */
export const httpClientHead: MakeHead = (request, client, shows) => {
  const { method, headers, entity, cookie } = request;
  const { names } = headers;
  shows.shown = headers;
  if (entity !== undefined && (names.has('transfer-encoding') || names.has('content-length')))
    throw httpError.protocol();
  const tail = tailOf(request, client);
  const uri = tail.uri ?? request.target.path;
  if (entity === undefined && cookie === undefined) {
    const { text, shown } = bareHead(method, uri, headers, tail);
    shows.shown = shown;
    return text;
  }
  const behind = entity === undefined ? tail.text : tail.behindEntity(entity, names);
  shows.shown = new Shown(headers, behind);
  const start = `${method} ${uri}${headers.wire}`;
  return (cookie === undefined ? start : start + client.cookieLine(cookie)) + behind;
};

/** The same requests have the same head; it is not made again for each user. */
function bareHead(method: string, uri: string, headers: RequestHeaders, tail: Tail): BareHead {
  const { bare } = headers;
  if (bare?.tail === tail && bare.uri === uri && bare.method === method) return bare;
  const text = `${method} ${uri}${headers.wire}${tail.text}`;
  const shown = bare?.tail === tail ? bare.shown : new Shown(headers, tail.text);
  headers.bare = { method, uri, tail, text, shown };
  return headers.bare;
}

class Shown implements Lines {
  constructor(
    private readonly headers: RequestHeaders,
    /** As sent, with the empty line. */
    private readonly tail: string,
  ) {}
  toString(): string {
    return `${this.headers}${this.tail.slice(2, -2).replaceAll('\r\n', '\n')}`;
  }
}

/** What HttpClient adds behind the headers of its own, up to the empty line, with what it depends on besides their names. */
export class Tail {
  #length = -1;
  #contentType: string | undefined;
  #behindEntity = '';

  constructor(
    readonly settings: object,
    readonly hostHeader: string,
    readonly text: string,
    /** What the request line names when it is not the path. */
    readonly uri?: string,
  ) {}

  /** With what is said of a body in front of it, which is often the same as the last time. */
  behindEntity(entity: Entity | null, names: ReadonlySet<string>): string {
    const length = entity === null ? 0 : entity.content.length;
    const contentType = (!names.has('content-type') && entity?.contentType) || undefined;
    if (length !== this.#length || contentType !== this.#contentType) {
      this.#length = length;
      this.#contentType = contentType;
      const type = contentType === undefined ? '' : headerLine('Content-Type', contentType);
      this.#behindEntity = `\r\nContent-Length: ${length}${type}${this.text}`;
    }
    return this.#behindEntity;
  }
}

/** Without a proxy and a login it is the same for request after request, and mostly for all users. */
function tailOf(request: HttpRequest, client: HttpClient): Tail {
  const { names, alike } = request.headers;
  const { hostHeader } = request.target;
  const { settings } = client;
  const plain = request.proxy === undefined && request.authorizer === undefined;
  if (plain && alike.tail?.hostHeader === hostHeader && alike.tail.settings === settings) return alike.tail;
  const { uri, fields } = hopOf(request);
  const host = names.has('host') ? '' : `\r\nHost: ${hostHeader}`;
  // In one piece, since it is sent again and again.
  const text = [host, fields, authorship(request, client), '\r\n\r\n'].join('');
  if (!plain) return new Tail(settings, hostHeader, text, uri);
  alike.tail = new Tail(settings, hostHeader, text);
  return alike.tail;
}

/** Who asks, and with which program. */
function authorship(request: HttpRequest, { settings, proxyAuthorization }: HttpClient): string {
  const { names } = request.headers;
  let text = '';
  if (settings.userAgent !== undefined && !names.has('user-agent')) text += `\r\nUser-Agent: ${settings.userAgent}`;
  const authorization = names.has('authorization') ? undefined : request.authorizer?.header(request);
  if (authorization !== undefined) text += headerLine('Authorization', authorization);
  if (proxyAuthorization !== undefined && request.proxy && !request.target.secure)
    text += `\r\nProxy-Authorization: ${proxyAuthorization}`;
  return text;
}
