import { asciiUri, JavaError, type JavaUrl } from '../../java/index.js';
import type { HttpDetails, PlacedSampler, Sample, User } from '../../model/index.js';
import {
  type Call,
  type CallListener,
  decodedHead,
  HttpCall,
  type HttpClient,
  type HttpHeader,
  type HttpProxy,
  type HttpRequest,
  type Lines,
  laxRedirects,
  RequestHeaders,
  type ResponseHead,
  targetOf,
  urlOfTarget,
  withHeader,
} from '../../protocol/index.js';
import { authorizerOf } from '../config/auth-manager.js';
import { cacheManagerOf, isFresh, validators } from '../config/cache-manager.js';
import { cookieHeader, cookieManagerOf } from '../config/cookie-manager.js';
import { cacheFor, freshTaken, httpDetails, isRedirect, newSample, saveAge, setBody, storeCookies } from './answer.js';
import { setError } from './error-sample.js';
import type { HttpProps } from './http-props.js';
import { settingsOf } from './http-settings.js';
import { type HttpUser, httpUserOf } from './http-user.js';
import { wantedOf } from './intake.js';
import { ownHeaders } from './own-headers.js';
import { proxyOf } from './proxy-choice.js';
import { isFileBody, isRawBody, requestBody } from './request-body.js';
import { sourceAddress } from './source-address.js';

/** The sampler that asks, for one user. */
export interface Asking {
  readonly props: HttpProps;
  readonly user: User;
  readonly self: PlacedSampler;
  /** What takes its samples. */
  readonly implementation: TakeRequest;
  /** The thread that samples below the first level name; the user's when not given. */
  readonly thread?: string;
  /** It asks for a resource of a page, alone or with others at the same time. */
  readonly resource?: 'inTurn' | 'beside';
}

/** Takes one sample; undefined = a fresh answer is in the cache and nothing stands for it. */
export interface TakeRequest {
  (asking: Asking, ask: Ask, taking: Taking): void;
  /** How the resources of a page are asked for; as the page itself, from threads of their own, when not given. */
  readonly forResources?: (asking: Asking) => Asking;
}

/** Who hears of a sample that was taken. */
export interface Taking {
  taken(taken: Taken | undefined): void;
  /** There is no sample. */
  failed(error: unknown): void;
}

/** The same for who waits for it as for a promise. */
export const takenBy = (take: TakeRequest, asking: Asking, ask: Ask): Promise<Taken | undefined> =>
  new Promise((resolve, reject) => take(asking, ask, { taken: resolve, failed: reject }));
/** Makes one that takes its samples with promises. */
export const takesLater =
  (take: (asking: Asking, ask: Ask) => Promise<Taken | undefined>): TakeRequest =>
  (asking, ask, taking) =>
    void take(asking, ask).then(
      (taken) => taking.taken(taken),
      (error) => taking.failed(error),
    );

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

/**
 * Takes one request's sample: HTTPHC4Impl.sample 5.6.3 up to its result processing. Every failure is a failed sample;
 * undefined = a fresh answer is in the cache and nothing stands for it.
 */
export const takeRequest: TakeRequest = (asking, ask, taking) => takeRequestBy(HTTP1, asking, ask, taking);

/** A request whose body is made when the clock runs. */
type Unfinished = HttpRequest & { headers: RequestHeaders; entity: HttpRequest['entity'] };

/** Makes the call for a request. */
export type MakeCall = (client: HttpClient, request: HttpRequest, listener: CallListener) => Call;
const HTTP1: MakeCall = (client, request, listener) => HttpCall.of(client, request, listener);

/** The same with a call of another kind. */
export function takeRequestBy(makeCall: MakeCall, asking: Asking, ask: Ask, taking: Taking): void {
  new RequestSample(makeCall, asking, ask, taking).start();
}

class RequestSample implements CallListener, Taken {
  readonly sample: Sample;
  /** Where the answer came from in the end. */
  url: JavaUrl;
  readonly #user: HttpUser;
  readonly #http: HttpDetails;
  #call: Call | undefined;

  constructor(
    private readonly makeCall: MakeCall,
    private readonly asking: Asking,
    private readonly ask: Ask,
    private readonly taking: Taking,
  ) {
    this.#user = httpUserOf(asking.user);
    this.url = ask.url;
    this.#http = httpDetails(ask);
    this.sample = newSample(asking, ask, this.#http);
  }

  start(): void {
    const sample = this.sample;
    let fresh: Taken | undefined;
    try {
      const proxy = this.#proxy();
      const client = this.#user.clientFor(this.url, proxy, this.asking);
      const request = this.#prepare(proxy);
      sample.start(this.#now());
      if (!this.#isFresh(request)) {
        this.#begin(client, request);
        return;
      }
      fresh = freshTaken(sample, this.asking, this.ask);
    } catch (error) {
      if (!sample.started) sample.start(this.#now());
      this.#fail(error);
      return;
    }
    this.taking.taken(fresh);
  }

  #proxy(): HttpProxy | undefined {
    const { props, user } = this.asking;
    return proxyOf(props, this.url.host, settingsOf(user.test).proxyFor);
  }

  /** All that is made before the clock runs: headers, cookies. */
  #prepare(proxy: HttpProxy | undefined): Unfinished {
    const { props, user, self } = this.asking;
    const { url, method, following } = this.ask;
    const settings = settingsOf(user.test);
    void props.concurrentDownload;
    const target = targetOf(url);
    const bodied = hasEntity(props, method, following);
    const localAddress = sourceAddress(props) ?? settings.localAddress;
    const responseTimeout = Math.max(0, props.responseTimeout);
    const connectTimeout = Math.max(0, props.connectTimeout);
    const follow = props.autoRedirects ? laxRedirects : undefined;
    const headers = this.#withValidators(ownHeaders(self, user, url, props.useKeepAlive));
    const authorizer = authorizerOf(self, user);
    const cookie = this.#cookie(url);
    this.#http.cookies = cookie ?? headers.cookies;
    const replaced = cookie !== undefined && headers.names.has('cookie');
    const { keepBody, intake } = wantedOf(settings.wants, props, self);
    return {
      method,
      target,
      // The jar's Cookie takes the place of the Header Manager's.
      headers: replaced ? new RequestHeaders(withHeader(headers.list, 'Cookie', cookie)) : headers,
      cookie: replaced ? undefined : cookie,
      entity: bodied ? null : undefined,
      connectTimeout,
      responseTimeout,
      proxy,
      localAddress,
      authorizer,
      follow,
      keepBody,
      intake,
    };
  }

  #withValidators(headers: RequestHeaders): RequestHeaders {
    const { user, self } = this.asking;
    const manager = cacheManagerOf(self);
    if (manager === undefined) return headers;
    const added = validators(manager, user, this.ask.url.toString(), headers.list);
    if (added.length === 0) return headers;
    let list: readonly HttpHeader[] = headers.list;
    for (const { name, value } of added) list = withHeader(list, name, value);
    return new RequestHeaders(list);
  }

  #isFresh({ headers: { list }, cookie }: HttpRequest): boolean {
    const cache = cacheFor(this.asking, this.ask);
    if (cache === undefined) return false;
    const sent = cookie === undefined ? list : [...list, { name: 'Cookie', value: cookie }];
    return isFresh(cache, this.asking.user, this.url.toString(), sent);
  }

  #cookie(url: JavaUrl): string | undefined {
    const { user, self } = this.asking;
    const manager = cookieManagerOf(self);
    return manager && cookieHeader(manager, user, url);
  }

  #begin(client: HttpClient, request: Unfinished): void {
    if (request.entity !== undefined) this.#addBody(request);
    const call = this.makeCall(client, request, this);
    this.#call = call;
    this.#user.start(call, this.asking.user);
  }

  #addBody(request: Unfinished): void {
    const { props, user } = this.asking;
    const { headers } = request;
    const { addContentType } = settingsOf(user.test);
    const body = requestBody(props, headers.first('content-type') ?? '', addContentType, user.test);
    this.#http.queryString = body.shown;
    let list: readonly HttpHeader[] = headers.list;
    if (body.dropsHeader) list = list.filter(({ name }) => name.toLowerCase() !== 'content-type');
    if (body.header !== undefined) list = withHeader(list, 'Content-Type', body.header);
    request.entity = body;
    if (list !== headers.list) request.headers = new RequestHeaders(list);
  }

  connected(): void {
    this.sample.connected(this.#now());
  }
  firstByte(): void {
    this.sample.firstByte(this.#now());
  }
  #now(): number {
    return this.asking.user.test.clock.now();
  }

  finished(call: Call): void {
    this.#ended();
    try {
      const { head } = call;
      if (head !== undefined) this.#finish(call, head);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#call = undefined;
    call.release();
    this.taking.taken(this);
  }

  #finish(call: Call, head: ResponseHead): void {
    const sample = this.sample;
    this.#user.keepToken(this.asking.user);
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
      this.url = urlOfTarget(call.request.target);
      sample.url = this.url.toString();
    }
    storeCookies(this.asking, this.url, head.setCookies);
    saveAge(this.asking, this.ask, sample, head);
  }

  #shownHeaders({ shown }: Call): Lines {
    const { localAddress } = settingsOf(this.asking.user.test);
    return localAddress === undefined ? shown : `${shown}X-LocalAddress: /${localAddress}\n`;
  }

  /** Gives the head's text, in which a decoded body's headers stand at the end. */
  #setData(call: Call, head: ResponseHead): string {
    if (!call.hasBody) return head.text;
    setBody(this.sample, call);
    return decodedHead(head);
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

  failed(error: unknown): void {
    this.#ended();
    this.#fail(error);
  }

  #ended(): void {
    if (this.#call !== undefined) this.#user.ended(this.#call);
  }

  #fail(error: unknown): void {
    const sample = this.sample;
    try {
      if (sample.endTime === 0) sample.end(this.#now());
      const call = this.#call;
      if (call?.head !== undefined) this.#user.keepToken(this.asking.user);
      // JMeter picks them up again for what it takes for a failure of the line only.
      if (call !== undefined && !isRuntime(error)) sample.requestHeaders = call.shown;
      // What was received before the body broke still tells the type.
      if (call?.head?.contentType !== undefined && sample.contentType === '')
        sample.setContentType(call.head.contentType);
      setError(sample, error, {
        secure: this.ask.url.secure,
        timed: call !== undefined && call.request.connectTimeout > 0,
        following: this.ask.following,
        answered: call?.head !== undefined,
      });
    } catch (bug) {
      this.taking.failed(bug);
      return;
    }
    this.taking.taken(this);
  }
}

const isRuntime = (error: unknown): boolean => error instanceof JavaError && error.javaClass.startsWith('java.lang.');

/** Whether the method's request can have a body; throws for what is no method. */
function hasEntity(props: HttpProps, method: string, following: boolean): boolean {
  switch (method) {
    case 'GET':
      return !following && ((props.arguments.rows.length === 0 && isFileBody(props.files.rows)) || isRawBody(props));
    case 'HEAD':
    case 'TRACE':
    case 'OPTIONS':
      return false;
    case 'POST':
      return true;
    default:
      if (TOKEN.test(method)) return true;
      throw new JavaError('java.lang.IllegalArgumentException', `Unexpected method: '${method}'`);
  }
}
