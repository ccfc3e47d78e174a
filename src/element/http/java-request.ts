import { hashMapOrder, JavaError, type JavaUrl } from '../../java/index.js';
import type { HttpDetails, Sample } from '../../model/index.js';
import {
  type Call,
  type CallListener,
  firstField,
  HttpCall,
  type HttpClient,
  type HttpHeader,
  type HttpRequest,
  RequestHeaders,
  type ResponseHead,
  withHeader,
} from '../../protocol/index.js';
import { basicHeaderFor } from '../config/auth-manager.js';
import { cacheManagerOf, isFresh, validators } from '../config/cache-manager.js';
import { cookieHeader, cookieManagerOf } from '../config/cookie-manager.js';
import { headersOf } from '../config/header-manager.js';
import { cacheFor, freshTaken, httpDetails, isRedirect, newSample, saveAge, setBody, storeCookies } from './answer.js';
import { setError } from './error-sample.js';
import type { Ask, Asking, TakeRequest, Taking } from './http-request.js';
import { settingsOf } from './http-settings.js';
import { httpUserOf } from './http-user.js';
import { type Wanted, wantedOf } from './intake.js';
import { javaBody } from './java-body.js';
import { checkJavaHeader, javaHead, javaRedirects, javaTarget, javaUrlOf } from './java-connection.js';
import { proxyOf } from './proxy-choice.js';

const METHODS = new Set(['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);

/** Takes one request's sample as HTTPJavaImpl 5.6.3 does over Java 17's HttpURLConnection. */
export const takeJavaRequest: TakeRequest = (asking, ask, taking) => new JavaSample(asking, ask, taking).start();

class JavaSample implements CallListener {
  readonly #sample: Sample;
  readonly #http: HttpDetails;
  #call: Call | undefined;
  #url: JavaUrl;
  #tries = 0;

  constructor(
    private readonly asking: Asking,
    private readonly ask: Ask,
    private readonly taking: Taking,
  ) {
    this.#url = ask.url;
    this.#http = httpDetails(ask);
    this.#sample = newSample(asking, ask, this.#http);
  }

  start(): void {
    const { user, self } = this.asking;
    this.#sample.start(this.#now());
    try {
      const cache = cacheFor(this.asking, this.ask);
      if (cache !== undefined && isFresh(cache, user, this.#url.toString(), headersOf(self, user) ?? [])) {
        this.taking.taken(freshTaken(this.#sample, this.asking, this.ask));
        return;
      }
      this.#send(this.#request());
    } catch (error) {
      this.#fail(error);
    }
  }

  #request(): HttpRequest {
    const { props, user, self } = this.asking;
    const { url, method } = this.ask;
    const chosen = proxyOf(props, url.host, (host) => settingsOf(user.test).javaProxyFor(host, url.protocol));
    // Java has no login for the proxy of one connection, only for that of the command line.
    const proxy = chosen && props.proxyHost.trim() !== '' && props.proxyPort > 0 ? { ...chosen, user: '' } : chosen;
    const follow = props.autoRedirects ? javaRedirects : undefined;
    const connectTimeout = Math.max(0, props.connectTimeout);
    const responseTimeout = Math.max(0, props.responseTimeout);
    let list: readonly HttpHeader[] = [{ name: 'Connection', value: props.useKeepAlive ? 'keep-alive' : 'close' }];
    if (!METHODS.has(method)) throw new JavaError('java.net.ProtocolException', `Invalid HTTP method: ${method}`);
    const own = (headersOf(self, user) ?? []).map(({ name, value }) => ({ name, value }));
    own.forEach(checkJavaHeader);
    list = [...list, ...own];
    const cache = cacheManagerOf(self);
    if (cache !== undefined)
      for (const { name, value } of validators(cache, user, url.toString(), list)) list = withHeader(list, name, value);
    list = this.#withCookie(list);
    const authorization = basicHeaderFor(self, user, url);
    if (authorization !== undefined) list = withHeader(list, 'Authorization', authorization);
    return this.#withBody(
      {
        method,
        target: javaTarget(url),
        headers: new RequestHeaders(list),
        cookie: undefined,
        entity: undefined,
        connectTimeout,
        responseTimeout,
        proxy,
        localAddress: undefined,
        follow,
        makeHead: javaHead,
        ...javaWanted(wantedOf(settingsOf(user.test).wants, props, self)),
      },
      authorization,
    );
  }

  #withCookie(list: readonly HttpHeader[]): readonly HttpHeader[] {
    const { user, self } = this.asking;
    const { url } = this.ask;
    const manager = cookieManagerOf(self);
    const cookie = manager && cookieHeader(manager, user, url);
    this.#http.cookies = cookie ?? new RequestHeaders(list).cookies;
    return cookie === undefined ? list : withHeader(list, 'Cookie', cookie);
  }

  #withBody(request: HttpRequest, authorization: string | undefined): HttpRequest {
    const { props, user } = this.asking;
    const { method } = this.ask;
    const bodied = method === 'POST' || method === 'PUT';
    const ownType = request.headers.first('content-type') ?? '';
    // PutWriter fails only when it is to write.
    if (method === 'PUT') this.#sample.requestHeaders = shownHeaders(request.headers.list, authorization);
    const body = bodied ? javaBody(props, method, ownType, settingsOf(user.test).addContentType, user.test) : undefined;
    let list: readonly HttpHeader[] = request.headers.list;
    if (body?.header !== undefined) list = withHeader(list, 'Content-Type', body.header);
    if (body !== undefined) list = withHeader(list, 'Content-Length', `${body.content.length}`);
    this.#sample.requestHeaders = shownHeaders(list, authorization);
    this.#http.queryString = body?.shown ?? '';
    return { ...request, headers: new RequestHeaders(list), entity: body };
  }

  #send(request: HttpRequest): void {
    const { user } = this.asking;
    const call = new HttpCall(this.#client(request), request, this);
    this.#call = call;
    this.#tries++;
    httpUserOf(user).start(call, user);
  }

  #client({ proxy }: HttpRequest): HttpClient {
    return httpUserOf(this.asking.user).clientFor(this.ask.url, proxy);
  }

  /** HttpURLConnection tells nothing of connecting. */
  connected(): void {}
  firstByte(): void {
    this.#sample.firstByte(this.#now());
  }
  #now(): number {
    return this.asking.user.test.clock.now();
  }

  finished(call: Call): void {
    httpUserOf(this.asking.user).ended(call);
    try {
      if (call.head !== undefined) this.#finish(call, call.head);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#taken();
  }

  #finish(call: Call, head: ResponseHead): void {
    const sample = this.#sample;
    if (head.contentType !== undefined) sample.setContentType(head.contentType);
    setBody(sample, call);
    // Even where there can be no body JMeter reads one.
    if (sample.latency === 0) this.firstByte();
    if (head.status < 400) sample.bodySize = call.bodyReceived;
    sample.end(this.#now());
    sample.code = `${head.status}`;
    sample.message = head.reason === '' ? `${head.version} ${head.status}` : head.reason;
    sample.success = head.status >= 200 && head.status <= 399;
    const statusLine = head.text.slice(0, head.text.indexOf('\n')).trim();
    sample.responseHeaders = `${statusLine}\n${head.fields.map(({ name, value }) => `${name}: ${value}\n`).join('')}`;
    if (isRedirect(sample)) {
      const location = firstField(head, 'location');
      if (location !== undefined) this.#http.redirectLocation = location;
    }
    sample.headersSize = sample.responseHeaders.length + head.fields.length + 3;
    if (this.asking.props.autoRedirects) {
      this.#url = javaUrlOf(call.request.target) ?? this.#url;
      sample.url = this.#url.toString();
    }
    storeCookies(this.asking, this.ask.url, head.setCookies);
    saveAge(this.asking, this.ask, sample, head);
  }

  failed(error: unknown): void {
    if (this.#call !== undefined) httpUserOf(this.asking.user).ended(this.#call);
    try {
      this.#judge(error);
    } catch (bug) {
      this.taking.failed(bug);
    }
  }

  #taken(): void {
    this.taking.taken({ sample: this.#sample, url: this.#url });
  }

  #judge(error: unknown): void {
    const call = this.#call;
    const name = error instanceof JavaError ? error.javaClass : '';
    // A connection that ends without an answer is tried once more, whatever was sent on it.
    if (name.endsWith('NoHttpResponseException') && call !== undefined && this.#tries === 1) this.#send(call.request);
    else if (name.endsWith('ConnectionClosedException') && call?.head !== undefined && !call.head.chunked) {
      if (call.head.contentEncoding !== 'gzip') this.finished(call);
      else this.#fail(new JavaError('java.io.EOFException', 'Unexpected end of ZLIB input stream'));
    } else if (name.endsWith('ClientProtocolException') && call?.head === undefined && call !== undefined)
      this.#notHttp();
    else this.#fail(javaFailure(error));
  }

  /** What is no HTTP is taken for a page of an unknown type, of which nothing is left to read. */
  #notHttp(): void {
    const sample = this.#sample;
    this.firstByte();
    sample.end(this.#now());
    sample.code = '(null)';
    sample.message = 'unknown/unknown';
    sample.setContentType('unknown/unknown');
    sample.responseHeaders = 'unknown/unknown\n';
    sample.headersSize = sample.responseHeaders.length + 3;
    this.#taken();
  }

  #fail(error: unknown): void {
    const sample = this.#sample;
    try {
      if (error instanceof JavaError && !IO_ERROR.test(error.javaClass)) throw error;
      if (sample.endTime === 0) sample.end(this.#now());
      // What was to be sent shows only when it was.
      if (sample.http && !this.#call?.sent) sample.http.queryString = '';
      setError(sample, error);
    } catch (bug) {
      this.taking.failed(bug);
      return;
    }
    this.#taken();
  }
}

/** HTTPJavaImpl undoes gzip alone, and no laxity is known to it. */
const javaWanted = ({ keepBody, intake }: Wanted): Wanted => ({
  keepBody,
  intake: { ...intake, decoding: { lenientGzip: false, lenientDeflate: false }, java: true },
});

/** What HTTPJavaImpl makes a failed sample of; all else ends the sampler without one. */
const IO_ERROR = /^java\.(?:io|net|nio\.file)\.(?!URISyntax)|^javax\.net\.ssl\.|^java\.util\.zip\.Zip/;

/** What HttpURLConnection would have thrown in place of HttpClient. */
function javaFailure(error: unknown): unknown {
  if (!(error instanceof JavaError)) return error;
  const { javaClass, message } = error;
  if (javaClass.endsWith('HttpHostConnectException'))
    return new JavaError('java.net.ConnectException', reasonIn(message));
  if (javaClass.endsWith('ConnectTimeoutException'))
    return new JavaError('java.net.SocketTimeoutException', reasonIn(message));
  if (javaClass.endsWith('UnknownHostException')) return new JavaError(javaClass, message.replace(/: [^:]*$/, ''));
  if (javaClass.endsWith('NoHttpResponseException'))
    return new JavaError('java.net.SocketException', 'Unexpected end of file from server');
  if (/Chunk|ConnectionClosed/.test(javaClass)) return new JavaError('java.io.IOException', 'Premature EOF');
  return error;
}

const reasonIn = (message: string): string => message.replace(/^.* failed: /, '');

/** The request properties, in the order of Java's HashMap, those of one name from the last to the first. */
function shownHeaders(list: readonly HttpHeader[], authorization: string | undefined): string {
  const values = new Map<string, string[]>();
  for (const { name, value } of [...list].reverse()) {
    if (/^(proxy-)?authorization$|^cookie$/i.test(name)) continue;
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  let text = '';
  for (const name of hashMapOrder([...values.keys()]))
    for (const value of values.get(name) ?? []) text += `${name}: ${value}\n`;
  return authorization === undefined ? text : `${text}Authorization: ${authorization}\n`;
}
