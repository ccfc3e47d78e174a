import { JavaError, type JavaUrl } from '../../java/index.js';
import {
  type Follow,
  type HttpHeader,
  type HttpRequest,
  LoginAuthorizer,
  RequestHeaders,
  type ResponseHead,
  redirectTarget,
  urlOfTarget,
} from '../../protocol/index.js';
import { loginsFor } from '../config/auth-manager.js';
import type { BzmClient } from './bzm-client.js';
import type { Asking } from './http-request.js';
import { JETTY } from './jetty.js';

const MOST = 8;

/** What Jetty's client follows by itself: answers to the server's question who is there, and redirects if told so. */
export class BzmHops implements Follow {
  #redirects = 0;
  /** What was answered to the server's question, and for which addresses it holds. */
  #login: { readonly url: string; readonly authorizer: LoginAuthorizer } | undefined;

  constructor(
    private readonly asking: Asking,
    private readonly client: BzmClient,
    private readonly redirects: boolean,
  ) {}

  goes(request: HttpRequest, head: ResponseHead): boolean {
    if (head.status === 401) return this.#login === undefined && this.#answers(request, head);
    return this.redirects && /^30[12378]$/.test(`${head.status}`);
  }

  next(request: HttpRequest, head: ResponseHead): HttpRequest {
    const from = urlOfTarget(request.target);
    this.client.keepCookies(head.setCookies, from, this.asking.user.test.clock.now());
    if (head.status === 401) return this.#withOwn(request, from, request.headers.list);
    this.#redirects++;
    const { location } = head;
    if (location === undefined) throw failure("Invalid 'Location' header: null");
    const method = methodAfter(request.method, head.status);
    const target = redirectTarget(request.target, location);
    const bodied = method !== 'GET' || request.method === 'GET';
    const kept = request.headers.list.filter(({ name }) => !NOT_AGAIN.test(name) && (bodied || !OF_BODY.test(name)));
    const host = { name: 'Host', value: target.hostHeader };
    const next = { ...request, method, target, entity: bodied ? request.entity : undefined };
    return this.#withOwn(next, urlOfTarget(target), [...kept, host]);
  }

  checkHops(): void {
    if (this.#redirects > MOST) throw failure(`Max redirects exceeded ${MOST}`);
  }

  /** The cookies and the login that Jetty keeps. */
  #withOwn(request: HttpRequest, url: JavaUrl, list: readonly HttpHeader[]): HttpRequest {
    const rest = list.filter(({ name }) => !/^(?:cookie|authorization)$/i.test(name));
    const cookie = this.client.cookies(url);
    const authorization = this.#login?.authorizer.header(request) ?? this.client.authorization(url, request);
    if (cookie !== undefined) rest.push({ name: 'Cookie', value: cookie });
    if (authorization !== undefined) rest.push({ name: 'Authorization', value: authorization });
    return { ...request, headers: new RequestHeaders(rest) };
  }

  /** A login that was taken is sent without being asked from now on. */
  ended({ status }: ResponseHead): void {
    if (this.#login !== undefined && status !== 401) this.client.login(this.#login.url, this.#login.authorizer);
  }

  #answers(request: HttpRequest, head: ResponseHead): boolean {
    const { self, user } = this.asking;
    const url = urlOfTarget(request.target).toString();
    const logins = loginsFor(self, user).filter((one) => one.url !== '' && url.startsWith(one.url));
    let place = '';
    const authorizer = new LoginAuthorizer({
      ahead: () => undefined,
      answer: (_request, realm) => {
        const login = logins.find((one) => one.realm === realm);
        place = login?.url ?? '';
        return login && { user: login.user, password: login.password };
      },
    });
    if (!authorizer.challenged(request, head)) return false;
    this.#login = { url: place, authorizer };
    return true;
  }
}

const NOT_AGAIN = /^(?:host|expect|proxy-authorization|cookie|authorization)$/i;
const OF_BODY = /^content-(?:type|length)$/i;

const failure = (message: string): JavaError => new JavaError(`${JETTY}.client.HttpResponseException`, message);

/** HttpRedirector 12.1. */
function methodAfter(method: string, status: number): string {
  if (status === 307 || status === 308 || method === 'PUT') return method;
  if (status === 301 && method !== 'GET' && method !== 'POST')
    throw failure('HTTP protocol violation: received 301 for non GET/HEAD/POST/PUT request');
  return 'GET';
}
