import { JavaError } from '../../java/index.js';
import type { Sample } from '../../model/index.js';
import {
  type HttpHeader,
  type HttpProxy,
  type HttpRequest,
  RequestHeaders,
  targetOf,
  withHeader,
} from '../../protocol/index.js';
import { isFresh, validators } from '../config/cache-manager.js';
import { cookieHeader, cookieManagerOf } from '../config/cookie-manager.js';
import { cacheFor } from './answer.js';
import { bzmBody } from './bzm-body.js';
import { type BzmClient, type BzmTerms, bzmServers } from './bzm-client.js';
import { bzmHeaders, sizeOfHead } from './bzm-headers.js';
import type { BzmHops } from './bzm-hops.js';
import type { Ask, Asking } from './http-request.js';
import { settingsOf } from './http-settings.js';
import { jettyHead } from './jetty.js';

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'DELETE']);

/** What a request is made of, and the sample that is told of it. */
export interface BzmGiven {
  readonly asking: Asking;
  readonly ask: Ask;
  readonly terms: BzmTerms;
  readonly client: BzmClient;
  readonly hops: BzmHops;
  readonly proxy: HttpProxy | undefined;
  readonly sample: Sample;
}

export interface BzmMade {
  readonly request: HttpRequest;
  /** Without TLS it is begun in HTTP/2. */
  readonly cleartext: boolean;
  /** What counts as sent before the body. */
  readonly sizeOfHead: number;
}

/**
 * Makes a request, and starts the sample where the plugin does (HTTP2JettyClient.samplePrepareRequest 3.0.1); undefined = a
 * fresh answer is in the cache. Throws UnsupportedOperationException for other methods than the plugin's, and what the
 * address and the body throw.
 */
export function makeBzmRequest(given: BzmGiven): BzmMade | undefined {
  const { asking, ask, client, sample } = given;
  const { url, method } = ask;
  if (!METHODS.has(method))
    throw new JavaError('java.lang.UnsupportedOperationException', `Method ${method} is not supported`);
  const { props, user } = asking;
  if (props.connectTimeout > 0) client.connectTimeout = props.connectTimeout;
  if (props.responseTimeout > 0) client.responseTimeout = props.responseTimeout;
  const { list, cleartext } = ownHeaders(given);
  const bare = bareRequest(given, list);
  sample.start(user.test.clock.now());
  const bodied = withBody(bare, given);
  const cache = asking.resource ? undefined : cacheFor(asking, ask);
  const { headers } = bodied;
  if (cache !== undefined && isFresh(cache, user, url.toString(), headers.list)) return undefined;
  const asked = cache === undefined ? [] : validators(cache, user, url.toString(), headers.list);
  return { request: withJettys(bodied, given, asked), cleartext, sizeOfHead: sample.sentBytes };
}

function bareRequest({ ask, terms, client, hops, proxy }: BzmGiven, list: readonly HttpHeader[]): HttpRequest {
  return {
    method: ask.method,
    target: targetOf(ask.url),
    headers: new RequestHeaders(list),
    cookie: undefined,
    entity: undefined,
    connectTimeout: client.connectTimeout,
    // All of it together has a limit, not each wait for bytes.
    responseTimeout: 0,
    proxy,
    localAddress: undefined,
    follow: hops,
    switches: list.some(({ name }) => name.toLowerCase() === 'upgrade'),
    makeHead: jettyHead,
    keepBody: true,
    intake: { md5: false, most: terms.capacity + 1 },
  };
}

function ownHeaders({ asking, ask, terms, client, sample }: BzmGiven): Pick<BzmMade, 'cleartext'> & {
  readonly list: readonly HttpHeader[];
} {
  const { user, self } = asking;
  const { url } = ask;
  const secure = url.protocol === 'https';
  const { http1, http2, priorKnowledge, h2cCache } = terms;
  const known = !secure && http2 && (priorKnowledge || (h2cCache && bzmServers(user.test).isOdd(url)));
  const cleartext = known || (!secure && http2 && !http1);
  const list = bzmHeaders(asking, url, client.upgrades && !known, terms.preemptive);
  const manager = cookieManagerOf(self);
  const cookie = manager && cookieHeader(manager, user, url);
  if (cookie === undefined) return { list, cleartext };
  if (sample.http) sample.http.cookies = cookie;
  return { list: withHeader(list, 'Cookie', cookie), cleartext };
}

/** Headers of a body that Jetty adds are not counted. */
function withBody(request: HttpRequest, { asking, sample }: BzmGiven): HttpRequest {
  const { props, user } = asking;
  const { headers } = request;
  const { addContentType } = settingsOf(user.test);
  const { entity, shown, header } = bzmBody(props, headers.first('content-type'), addContentType, user.test);
  let list: readonly HttpHeader[] = headers.list;
  if (header !== undefined) list = withHeader(list, 'Content-Type', header);
  if (sample.http) sample.http.queryString = shown;
  sample.sentBytes = sizeOfHead(request, list);
  if (entity !== undefined) {
    if (!list.some(({ name }) => name.toLowerCase() === 'content-type') && entity.contentType)
      list = [...list, { name: 'Content-Type', value: entity.contentType }];
    list = withHeader(list, 'Content-Length', `${entity.content.length}`);
  }
  return { ...request, entity, headers: new RequestHeaders(list) };
}

/** What Jetty knows by itself: cookies, which go out twice where there is a Cookie Manager, and logins. */
function withJettys(
  request: HttpRequest,
  { ask: { url }, client }: BzmGiven,
  validating: readonly HttpHeader[],
): HttpRequest {
  let list: readonly HttpHeader[] = request.headers.list;
  for (const { name, value } of validating) list = withHeader(list, name, value);
  const jar = client.cookies(url);
  const own = request.headers.first('cookie');
  if (jar !== undefined) list = withHeader(list, 'Cookie', own === undefined ? jar : `${own}; ${jar}`);
  const authorization = client.authorization(url, request);
  if (authorization !== undefined) list = withHeader(list, 'Authorization', authorization);
  return { ...request, headers: new RequestHeaders(list) };
}
