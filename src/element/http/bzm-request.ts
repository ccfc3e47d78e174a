import { JavaError, type JavaUrl } from '../../java/index.js';
import type { HttpDetails, Sample } from '../../model/index.js';
import {
  type Call,
  type CallListener,
  Http2Call,
  HttpCall,
  type HttpClient,
  type HttpProxy,
  type HttpRequest,
  isSwitched,
  RequestHeaders,
  type ResponseHead,
  urlOfTarget,
} from '../../protocol/index.js';
import { freshTaken, httpDetails, isRedirect, newSample, saveAge, setBody, storeCookies } from './answer.js';
import { bzmAnswer } from './bzm-answer.js';
import { type BzmClient, type BzmTerms, bzmClientOf, bzmServers } from './bzm-client.js';
import { shownHeaders } from './bzm-headers.js';
import { BzmHops } from './bzm-hops.js';
import { type BzmMade, makeBzmRequest } from './bzm-making.js';
import { setError } from './error-sample.js';
import type { Ask, Asking, TakeRequest, Taking } from './http-request.js';
import { settingsOf } from './http-settings.js';
import { type HttpUser, httpUserOf } from './http-user.js';
import { isProtocolError, jettyFailure } from './jetty.js';
import { proxyOf } from './proxy-choice.js';

/** Takes one request's sample as HTTP2JettyClient of the bzm plugin 3.0.1 does over Jetty 12.1, up to its result processing. */
export function takeBzmRequest(terms: BzmTerms): TakeRequest {
  const take: TakeRequest = (asking, ask, taking) => new BzmSample(terms, asking, ask, taking).start();
  return Object.assign(take, { forResources });
}

/** A page's resources are asked for by samplers of their own, which take over hardly anything (downloadPageResources 3.0.1). */
const forResources = ({ props, user, self, implementation }: Asking): Asking => {
  const beside = props.concurrentDownload && props.concurrentPool !== '1';
  return { props: { ...props, ...FOR_RESOURCES }, user, self, implementation, resource: beside ? 'beside' : 'inTurn' };
};

const FOR_RESOURCES = {
  method: 'GET',
  followRedirects: true,
  autoRedirects: true,
  imageParser: false,
  multipart: false,
  postBodyRaw: false,
  arguments: { rows: [] },
  files: { rows: [] },
  connectTimeout: 0,
  responseTimeout: 0,
};

/** A request is made as the terms say, and then perhaps over HTTP/1.1: because it was wrong, or took too long. */
type Attempt = 'first' | 'wrong' | 'late';

class BzmSample {
  readonly #sample: Sample;
  readonly #http: HttpDetails;
  readonly #user: HttpUser;
  readonly #proxy: HttpProxy | undefined;
  readonly #client: BzmClient;
  readonly #hops: BzmHops;
  #attempt: Attempt = 'first';
  #turn = 0;
  /** What failed before, if the last attempt is of no use either. */
  #before: unknown;
  #call: Call | undefined;
  #alarm: { cancel(): void } | undefined;
  /** The head of a response came over HTTP/2. */
  #answered = false;
  /** HTTP/2 is tried without TLS. */
  #cleartext = false;
  #sizeOfHead = 0;

  constructor(
    private readonly terms: BzmTerms,
    private readonly asking: Asking,
    private readonly ask: Ask,
    private readonly taking: Taking,
  ) {
    const { props, user } = asking;
    this.#http = httpDetails(ask);
    this.#sample = newSample(asking, ask, this.#http);
    this.#user = httpUserOf(user);
    this.#proxy = proxyOf(props, ask.url.host, settingsOf(user.test).proxyFor);
    this.#client = bzmClientOf(
      user,
      ownUrl(asking, ask),
      terms,
      this.#proxy === undefined ? '' : JSON.stringify(this.#proxy),
    );
    this.#hops = new BzmHops(asking, this.#client, props.autoRedirects);
  }

  start(): void {
    const { asking, ask, terms } = this;
    let made: BzmMade | undefined;
    try {
      made = makeBzmRequest({
        asking,
        ask,
        terms,
        client: this.#client,
        hops: this.#hops,
        proxy: this.#proxy,
        sample: this.#sample,
      });
      if (made !== undefined) {
        this.#cleartext = made.cleartext;
        this.#sizeOfHead = made.sizeOfHead;
        this.#send(made.request);
      }
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (made === undefined) this.taking.taken(freshTaken(this.#sample, asking, ask));
  }

  #send(request: HttpRequest): void {
    const { url } = this.ask;
    const { user } = this.asking;
    const turn = ++this.#turn;
    const mine = (work: () => void): void => {
      if (this.#turn === turn) work();
    };
    const listener: CallListener = {
      connected: () => mine(() => this.#attempt === 'first' && this.#sample.connected(this.#now())),
      answers: () => mine(() => this.#head(true)),
      firstByte: () => mine(() => this.#answered || this.#head(false)),
      finished: (call) => mine(() => this.#finished(call, request)),
      failed: (error) => mine(() => this.#failed(error, request)),
    };
    const client = this.#user.clientFor(url, this.#proxy, this.asking);
    const call = this.#callFor(client, request, listener);
    this.#call = call;
    const { responseTimeout } = this.#client;
    if (responseTimeout > 0)
      this.#alarm = user.test.clock.after(responseTimeout, () => mine(() => this.#late(request)));
    this.#user.start(call, user);
  }

  #callFor(client: HttpClient, request: HttpRequest, listener: CallListener): Call {
    if (this.#attempt !== 'first') return new HttpCall(client, request, listener);
    const { http1, http2, alpn, http1Cache } = this.terms;
    const { url } = this.ask;
    if (url.protocol === 'https' && http1 && http1Cache && bzmServers(this.asking.user.test).isOdd(url))
      return new HttpCall(client, request, listener);
    const spoken = http2 && (this.#cleartext || alpn);
    const terms = { http1: http1 || !spoken, http2: spoken, cleartext: this.#cleartext, jetty: true };
    return new Http2Call(client, request, listener, terms);
  }

  /** Nobody hears when a response begins that comes over HTTP/1.1 for want of HTTP/2, nor of connecting for it. */
  #head(newer: boolean): void {
    this.#answered = true;
    if (this.#attempt !== 'first' || (this.#call instanceof Http2Call && this.#call.repeated)) return;
    if (newer || !this.#cleartext) this.#sample.firstByte(this.#now());
    else this.#sample.connectTime = 0;
  }

  #late(request: HttpRequest): void {
    const { responseTimeout } = this.#client;
    const call = this.#call;
    const { fallback, http1 } = this.terms;
    // Of resources that are loaded side by side the plugin waits for the first answer only.
    const again = this.#attempt !== 'late' && fallback && http1 && this.asking.resource !== 'beside';
    this.#count(request);
    this.#attempt = 'late';
    this.#turn++;
    call?.cancel();
    this.#ended();
    if (again) this.#again(request);
    else {
      const message = `Total timeout ${responseTimeout} ms elapsed`;
      this.#fail(new JavaError('java.util.concurrent.TimeoutException', message));
    }
  }

  #again(request: HttpRequest): void {
    const list = request.headers.list.filter(({ name }) => name.toLowerCase() !== 'cookie');
    try {
      this.#send({ ...request, headers: new RequestHeaders(list) });
    } catch (error) {
      this.#fail(error);
    }
  }

  #failed(error: unknown, request: HttpRequest): void {
    this.#count(request);
    this.#ended();
    if (isSwitched(error) && this.terms.http2 && !this.#cleartext) {
      // A new connection in HTTP/2 from the start stands for the one that would go on in it.
      this.#cleartext = true;
      this.#send(request);
      return;
    }
    const { protocolErrorFallback, lastResort } = this.terms;
    if (this.#attempt === 'first' && isProtocolError(error) && (protocolErrorFallback || lastResort)) {
      this.#attempt = protocolErrorFallback ? 'wrong' : 'late';
      if (!protocolErrorFallback) this.#before = jettyFailure(error);
      this.#again(request);
    } else this.#fail(this.#before ?? jettyFailure(error));
  }

  #ended(): void {
    this.#alarm?.cancel();
    if (this.#call !== undefined) this.#user.ended(this.#call);
    this.#call = undefined;
  }

  /** Only what the first attempt sent counts; before that nobody hears of connecting. */
  #count({ entity }: HttpRequest): void {
    if (this.#attempt !== 'first') return;
    if (!this.#call?.sent) this.#sample.connectTime = 0;
    else this.#sample.sentBytes = this.#sizeOfHead + (entity?.content.length ?? 0);
  }

  #finished(call: Call, request: HttpRequest): void {
    this.#count(request);
    this.#ended();
    if (this.#before !== undefined && !/^[23]/.test(`${call.head?.status}`)) {
      this.#fail(this.#before);
      return;
    }
    try {
      if (call.head !== undefined) this.#finish(call, call.head, request);
    } catch (error) {
      this.#fail(error);
      return;
    }
    // What came too late is neither followed nor looked through.
    const last = this.asking.props.autoRedirects ? urlOfTarget(call.request.target) : this.ask.url;
    const taken = { sample: this.#sample, url: last };
    this.taking.taken(this.#attempt === 'late' ? { ...taken, cached: true } : taken);
  }

  #finish(call: Call, head: ResponseHead, request: HttpRequest): void {
    const sample = this.#sample;
    this.#learn(head);
    this.#hops.ended(head);
    const { capacity } = this.terms;
    if (call.bodySize > capacity)
      throw new JavaError('java.lang.IllegalArgumentException', `Buffering capacity ${capacity} exceeded`);
    const accepted = request.headers.first('accept-encoding') ?? '';
    const { body, message, headers, headersSize } = answerOf(call, head, accepted);
    sample.requestHeaders = shownHeaders(request.headers.list);
    if (head.contentType !== undefined) sample.setContentType(head.contentType);
    setBody(sample, { body, text: undefined, bodySize: body.length, request });
    if (!this.#answered) this.#head(false);
    sample.end(this.#now());
    sample.code = `${head.status}`;
    sample.message = message;
    sample.success = head.status >= 200 && head.status <= 399;
    sample.responseHeaders = headers;
    if (isRedirect(sample)) {
      if (head.location === undefined)
        throw new JavaError('java.lang.IllegalArgumentException', 'Missing location header in redirect');
      this.#http.redirectLocation = head.location;
    }
    if (this.asking.props.autoRedirects) sample.url = urlOfTarget(call.request.target).toString();
    sample.headersSize = headersSize;
    storeCookies(this.asking, this.ask.url, head.setCookies);
    if (!this.asking.resource) saveAge(this.asking, this.ask, sample, head);
  }

  /** What the client keeps of a response for later requests. */
  #learn({ version, setCookies }: ResponseHead): void {
    const { url } = this.ask;
    const { test } = this.asking.user;
    this.#client.upgrades = version !== 'HTTP/2.0';
    const { http1, http2, h2cCache, http1Cache } = this.terms;
    const counts = url.protocol === 'http' ? http2 && h2cCache : http1 && http1Cache;
    // A second try after an error of the protocol teaches the plugin nothing.
    if (counts && this.#attempt !== 'wrong') bzmServers(test).answered(url, version);
    this.#client.keepCookies(setCookies, url, this.#now());
  }

  #now(): number {
    return this.asking.user.test.clock.now();
  }

  #fail(error: unknown): void {
    const sample = this.#sample;
    try {
      if (!sample.started) sample.start(this.#now());
      if (sample.endTime === 0) sample.end(this.#now());
      setError(sample, error);
    } catch (bug) {
      this.taking.failed(bug);
      return;
    }
    this.taking.taken({ sample, url: this.ask.url });
  }
}

/** The addresses that samplers ask first, while their redirects are followed. */
const own = new WeakMap<Asking, JavaUrl>();

/** A sampler has the client of its own address, wherever redirects lead. */
function ownUrl(asking: Asking, { url, following }: Ask): JavaUrl {
  if (following) return own.get(asking) ?? url;
  if (asking.props.followRedirects) own.set(asking, url);
  return url;
}

/** What is wrong with a body is the cause of another failure. */
function answerOf(call: Call, head: ResponseHead, accepted: string): ReturnType<typeof bzmAnswer> {
  try {
    return bzmAnswer(call.body, head, accepted);
  } catch (error) {
    throw jettyFailure(error);
  }
}
