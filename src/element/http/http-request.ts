import { createHash } from 'node:crypto';
import { asciiUri, JavaError, type JavaUrl } from '../../java/index.js';
import { decode, defaults, type PlacedSampler, Sample, type User } from '../../model/index.js';
import {
  allFields,
  type CallListener,
  decodeBody,
  HttpCall,
  type HttpClient,
  type HttpRequest,
  RequestHeaders,
  type ResponseHead,
  targetOf,
  urlOfTarget,
  withHeader,
} from '../../protocol/index.js';
import { authorizerOf } from '../config/auth-manager.js';
import { cacheManagerOf, freshAnswer, isFresh, saveInCache, validators } from '../config/cache-manager.js';
import { cookieHeader, cookieManagerOf, storeCookie } from '../config/cookie-manager.js';
import { setError } from './error-sample.js';
import type { HttpProps } from './http-props.js';
import { settingsOf } from './http-settings.js';
import { httpUserOf } from './http-user.js';
import { ownHeaders } from './own-headers.js';
import { proxyOf } from './proxy-choice.js';
import { isFileBody, isRawBody, requestBody } from './request-body.js';
import { sourceAddress } from './source-address.js';

/** The sampler that asks, for one user. */
export interface Asking {
  readonly props: HttpProps;
  readonly user: User;
  readonly self: PlacedSampler;
}

/** What is asked for. */
export interface Ask {
  readonly url: JavaUrl;
  readonly method: string;
  /** A redirect is followed: bodies of GET are left out. */
  readonly following: boolean;
}

/** A sample as it was taken, before redirects are followed; the address is the last one. */
export interface Taken {
  readonly sample: Sample;
  readonly url: JavaUrl;
  /** It was not sent, for the answer in the cache is fresh: neither redirects nor resources follow. */
  readonly cached?: true;
}

const TOKEN = /^[\da-z!#$%&'*+\-.^_`|~]+$/i;
const NO_BODY = new Set(['HEAD', 'TRACE', 'OPTIONS']);
const META = '<meta http-equiv="content-type" content="';

/**
 * Takes one request's sample: HTTPHC4Impl.sample 5.6.3 up to its result processing. Every failure is a failed sample;
 * undefined = a fresh answer is in the cache and nothing stands for it.
 */
export function takeRequest(asking: Asking, ask: Ask): Promise<Taken | undefined> {
  return new Promise((resolve, reject) => new RequestSample(asking, ask, resolve, reject).start());
}

class RequestSample implements CallListener {
  readonly #sample = new Sample();
  readonly #http: { method: string; queryString: string; cookies: string; redirectLocation?: string };
  #call: HttpCall | undefined;
  /** Where the answer came from in the end. */
  #url: JavaUrl;

  constructor(
    private readonly asking: Asking,
    private readonly ask: Ask,
    private readonly resolve: (taken: Taken | undefined) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    const { method, url } = ask;
    this.#http = { method, queryString: '', cookies: '' };
    this.#url = url;
    const sample = this.#sample;
    sample.http = this.#http;
    sample.url = url.toString();
    sample.label = defaults.renameSubSamples ? asking.props.name : sample.url;
  }

  start(): void {
    const sample = this.#sample;
    const { user } = this.asking;
    try {
      const { client, request } = this.#prepare();
      sample.start(user.test.clock.now());
      if (this.#isFresh(request)) this.#finishFresh();
      else this.#begin(client, request);
    } catch (error) {
      if (!sample.started) sample.start(user.test.clock.now());
      this.#fail(error);
    }
  }

  /** All that is made before the clock runs: client, headers, cookies. */
  #prepare(): { client: HttpClient; request: HttpRequest } {
    const { props, user, self } = this.asking;
    const { url, method, following } = this.ask;
    const settings = settingsOf(user.test);
    const proxy = proxyOf(props, url.host, settings);
    const client = httpUserOf(user).clientFor(url, proxy);
    void props.concurrentDownload;
    const target = targetOf(url);
    const bodied = hasEntity(props, method, following);
    const localAddress = sourceAddress(props) ?? settings.localAddress;
    const responseTimeout = Math.max(0, props.responseTimeout);
    const connectTimeout = Math.max(0, props.connectTimeout);
    const followRedirects = props.autoRedirects;
    const headers = this.#withValidators(ownHeaders(self, user, url, props.useKeepAlive));
    const request = {
      method,
      target,
      headers,
      cookie: undefined,
      entity: bodied ? null : undefined,
      connectTimeout,
      responseTimeout,
      proxy,
      localAddress,
      authorizer: authorizerOf(self, user),
      followRedirects,
      keepBody: true,
    };
    return { client, request: this.#withCookies(request, url) };
  }

  #withValidators(headers: RequestHeaders): RequestHeaders {
    const { user, self } = this.asking;
    const manager = cacheManagerOf(self);
    if (manager === undefined) return headers;
    const added = validators(manager, user, this.ask.url.toString(), headers.list);
    if (added.length === 0) return headers;
    return new RequestHeaders(added.reduce((list, { name, value }) => withHeader(list, name, value), headers.list));
  }

  #isFresh({ headers, cookie }: HttpRequest): boolean {
    const { user, self } = this.asking;
    const manager = cacheManagerOf(self);
    if (manager === undefined || this.ask.method.toUpperCase() !== 'GET') return false;
    const sent = cookie === undefined ? headers.list : [...headers.list, { name: 'Cookie', value: cookie }];
    return isFresh(manager, user, this.ask.url.toString(), sent);
  }

  #finishFresh(): void {
    const answer = freshAnswer(this.asking.user.test);
    if (answer === undefined) {
      this.resolve(undefined);
      return;
    }
    const sample = this.#sample;
    sample.end(this.#now());
    sample.code = answer.code;
    sample.message = answer.message;
    sample.success = true;
    this.resolve({ sample, url: this.ask.url, cached: true });
  }

  /** The jar's Cookie takes the place of the Header Manager's. */
  #withCookies(request: HttpRequest, url: JavaUrl): HttpRequest {
    const { user, self } = this.asking;
    const manager = cookieManagerOf(self);
    const secure = url.protocol === 'https';
    const cookie = manager && cookieHeader(manager, user, { host: url.host, path: url.path, secure });
    if (cookie === undefined) {
      this.#http.cookies = request.headers.cookies;
      return request;
    }
    this.#http.cookies = cookie;
    if (!request.headers.names.has('cookie')) return { ...request, cookie };
    return { ...request, headers: new RequestHeaders(withHeader(request.headers.list, 'Cookie', cookie)) };
  }

  #begin(client: HttpClient, request: HttpRequest): void {
    const { user } = this.asking;
    const call = new HttpCall(client, request.entity === undefined ? request : this.#withBody(request), this);
    this.#call = call;
    user.onInterrupt = () => call.cancel();
    call.start();
  }

  #withBody(request: HttpRequest): HttpRequest {
    const { props, user } = this.asking;
    const { headers } = request;
    const { addContentType } = settingsOf(user.test);
    const body = requestBody(props, headers.first('content-type') ?? '', addContentType, user.test);
    this.#http.queryString = body.shown;
    let { list } = headers;
    if (body.dropsHeader) list = list.filter(({ name }) => name.toLowerCase() !== 'content-type');
    if (body.header !== undefined) list = withHeader(list, 'Content-Type', body.header);
    return { ...request, entity: body.entity, headers: list === headers.list ? headers : new RequestHeaders(list) };
  }

  connected(): void {
    this.#sample.connected(this.#now());
  }
  firstByte(): void {
    this.#sample.firstByte(this.#now());
  }
  #now(): number {
    return this.asking.user.test.clock.now();
  }

  finished(call: HttpCall): void {
    try {
      const { head } = call;
      if (head !== undefined) this.#finish(call, head);
      this.resolve({ sample: this.#sample, url: this.#url });
    } catch (error) {
      this.#fail(error);
    }
  }

  #finish(call: HttpCall, head: ResponseHead): void {
    const sample = this.#sample;
    sample.requestHeaders = this.#shownHeaders(call);
    if (head.contentType !== undefined) sample.setContentType(head.contentType);
    const text = this.#setData(call, head);
    sample.end(this.#now());
    sample.code = `${head.status}`;
    sample.message = head.reason;
    sample.success = head.status >= 200 && head.status <= 399;
    sample.responseHeaders = text;
    if (isRedirect(sample)) this.#setLocation(head);
    sample.headersSize = text.length + head.fields.length + 3;
    sample.bodySize = call.received - sample.headersSize;
    sample.sentBytes = call.sent;
    if (this.asking.props.autoRedirects) {
      this.#url = urlOfTarget(call.request.target);
      sample.url = this.#url.toString();
    }
    this.#storeCookies(head);
    this.#saveInCache(head);
  }

  #saveInCache(head: ResponseHead): void {
    const { user, self } = this.asking;
    const manager = cacheManagerOf(self);
    if (manager === undefined) return;
    const { code, requestHeaders } = this.#sample;
    const { url, method } = this.ask;
    const header = (name: string): string | undefined => allFields(head, name).at(-1);
    saveInCache(manager, user, { url: url.toString(), method, code, requestHeaders, header });
  }

  #shownHeaders(call: HttpCall): string {
    const { localAddress } = settingsOf(this.asking.user.test);
    return localAddress === undefined ? call.shownHeaders : `${call.shownHeaders}X-LocalAddress: /${localAddress}\n`;
  }

  /** Gives the head's text, in which a decoded body's headers stand at the end. */
  #setData(call: HttpCall, head: ResponseHead): string {
    const sample = this.#sample;
    const { props, user } = this.asking;
    const settings = settingsOf(user.test);
    const { body, text } = decodeBody(head, call.body, settings);
    if (props.md5 && call.body.length > 0) {
      sample.explicitBytes = body.length;
      sample.setText(createHash('md5').update(body).digest('hex'));
    } else sample.setData(settings.maxStored > 0 ? body.subarray(0, settings.maxStored) : body);
    if (sample.encoding === undefined && sample.contentType.startsWith('text/html')) setMetaType(sample);
    return text;
  }

  #setLocation(head: ResponseHead): void {
    if (head.location === undefined) {
      const { method, url } = this.ask;
      throw new JavaError(
        'java.lang.IllegalArgumentException',
        `Missing location header in redirect for ${method} ${asciiUri(url.toString())} HTTP/1.1`,
      );
    }
    this.#http.redirectLocation = head.location;
  }

  #storeCookies(head: ResponseHead): void {
    if (!head.setsCookies) return;
    const { user, self } = this.asking;
    const manager = cookieManagerOf(self);
    if (manager === undefined) return;
    const url = this.#url;
    const from = { host: url.host, path: url.path, secure: url.protocol === 'https' };
    for (const value of allFields(head, 'set-cookie')) storeCookie(manager, user, value, from);
  }

  failed(error: unknown): void {
    this.#fail(error);
  }

  #fail(error: unknown): void {
    const sample = this.#sample;
    try {
      if (sample.endTime === 0) sample.end(this.#now());
      const call = this.#call;
      if (call !== undefined) sample.requestHeaders = call.shownHeaders;
      // What was received before the body broke still tells the type.
      if (call?.head?.contentType !== undefined && sample.contentType === '')
        sample.setContentType(call.head.contentType);
      setError(sample, error);
      this.resolve({ sample, url: this.#url });
    } catch (bug) {
      this.reject(bug);
    }
  }
}

/** Whether the method's request can have a body; throws for what is no method. */
function hasEntity(props: HttpProps, method: string, following: boolean): boolean {
  if (method === 'GET')
    return !following && ((props.arguments.rows.length === 0 && isFileBody(props.files.rows)) || isRawBody(props));
  if (NO_BODY.has(method)) return false;
  if (!TOKEN.test(method)) throw new JavaError('java.lang.IllegalArgumentException', `Unexpected method: '${method}'`);
  return true;
}

/** Codes that redirect; 307 only what may be asked twice. */
export function isRedirect({ code, http }: Sample): boolean {
  switch (code) {
    case '301':
    case '302':
    case '303':
    case '308':
      return true;
    case '307':
      return http?.method === 'GET' || http?.method === 'HEAD';
    default:
      return false;
  }
}

/** HTML may tell its type itself, in its first 2,000 bytes (HTTPSampleResult.getDataEncodingNoDefault). */
function setMetaType(sample: Sample): void {
  const start = decode(sample.data.subarray(0, 2000), 'ISO-8859-1');
  const at = start.toLowerCase().indexOf(META);
  if (at < 0) return;
  const end = start.indexOf('"', at + META.length);
  if (end < 0) return;
  const { contentType } = sample;
  sample.setContentType(start.slice(at + META.length, end));
  sample.contentType = contentType;
}
