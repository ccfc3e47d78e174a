import { type JavaUrl, parseBoolean } from '../../java/index.js';
import type { Test, User } from '../../model/index.js';
import {
  type Cookie,
  type CookieOrigin,
  cookiePolicy,
  type HttpRequest,
  type LoginAuthorizer,
} from '../../protocol/index.js';

/** What a sampler is set to speak (Client Behavior); an empty text = as its profile has it. */
export interface BzmBehavior {
  readonly profile: string;
  readonly upgrade: string;
  readonly http1: string;
  readonly http2: string;
  readonly http3: string;
  readonly alpn: string;
  readonly priorKnowledge: string;
  readonly fallback: string;
  readonly protocolErrorFallback: string;
  readonly h2cCache: string;
  readonly http1Cache: string;
}

/** The same worked out with the plugin's properties (HTTP2JettyClient.loadProperties 3.0.1). */
export interface BzmTerms {
  readonly http1: boolean;
  /** In TLS it is offered only when ALPN is on too. */
  readonly http2: boolean;
  readonly http3: boolean;
  readonly alpn: boolean;
  readonly upgrade: boolean;
  readonly priorKnowledge: boolean;
  /** What took too long is asked again over HTTP/1.1. */
  readonly fallback: boolean;
  /** So is what failed with an error of the protocol. */
  readonly protocolErrorFallback: boolean;
  /** Whether it counts what servers were found to speak. */
  readonly h2cCache: boolean;
  readonly http1Cache: boolean;
  /** Basic logins are sent before the server asks. */
  readonly preemptive: boolean;
  /** Bytes that the body of an answer may have. */
  readonly capacity: number;
  /** An error of the protocol is tried over HTTP/1.1 in the end, whatever the sampler says. */
  readonly lastResort: boolean;
}

/** A setting of the plugin's, by its newest name or an older one. */
function bzmProperty({ properties }: Test, name: string): string {
  for (const prefix of ['blazemeter.http.', 'HTTP2Sampler.', 'httpJettyClient.']) {
    const value = properties.get(prefix + name, '');
    if (value !== '') return value;
  }
  return '';
}

export function bzmTerms(own: BzmBehavior, test: Test): BzmTerms {
  const flag = (given: string, name: string, otherwise: boolean): boolean => {
    const text = given !== '' ? given : bzmProperty(test, name);
    return text === '' ? otherwise : parseBoolean(text);
  };
  const upgrade = flag(own.upgrade, 'h2cUpgradeEnabled', false);
  const profile = own.profile.trim() || (own.profile === '' && upgrade ? 'legacy' : 'browser-like');
  const modern = profile.toLowerCase() !== 'legacy';
  const http2 = flag(own.http2, 'enableHttp2', modern);
  const http3 = flag(own.http3, 'enableHttp3', modern);
  const http1 = flag(own.http1, 'enableHttp1', true) || !(http2 || http3);
  return {
    http1,
    http2,
    http3,
    alpn: flag(own.alpn, 'alpnEnabled', modern),
    upgrade,
    priorKnowledge: flag(own.priorKnowledge, 'http2PriorKnowledge', false),
    fallback: flag(own.fallback, 'fallbackEnabled', modern),
    protocolErrorFallback:
      http1 &&
      flag(own.protocolErrorFallback, 'protocolErrorFallbackEnabled', modern && !flag('', 'disableFallback', false)),
    h2cCache: flag(own.h2cCache, 'h2cCacheEnabled', true),
    http1Cache: flag(own.http1Cache, 'http1OnlyCacheEnabled', modern),
    preemptive: flag('', 'auth.preemptive', false),
    capacity: Number(bzmProperty(test, 'maxBufferSize')) || 2 * 1024 * 1024,
    lastResort: flag('', 'protocolErrorFallbackEnabled', !flag('', 'disableFallback', false)),
  };
}

/** A login that a server took, for all addresses below its own. */
interface KnownLogin {
  readonly url: string;
  readonly authorizer: LoginAuthorizer;
}

/** What one of the plugin's clients keeps, of which a user has one for each server and behavior. */
export class BzmClient {
  /** Milliseconds; a sampler without a timeout has that of the last one that had one, 0 = no limit. */
  responseTimeout = 0;
  connectTimeout = 15_000;
  /** Requests without TLS ask for HTTP/2 from the second one on, if the first was not answered in it. */
  upgrades: boolean;
  #logins: KnownLogin[] = [];
  #cookies: Cookie[] = [];

  constructor({ upgrade }: BzmTerms) {
    this.upgrades = upgrade;
  }

  login(url: string, authorizer: LoginAuthorizer): void {
    this.#logins = [...this.#logins.filter((one) => one.url !== url), { url, authorizer }];
  }
  /** The Authorization header of a request to that address. */
  authorization(url: JavaUrl, request: HttpRequest): string | undefined {
    const text = url.toString();
    return this.#logins.find((one) => text.startsWith(one.url))?.authorizer.header(request);
  }

  /** Jetty's own cookies, which are sent behind those of a Cookie Manager. */
  cookies(to: CookieOrigin): string | undefined {
    const matching = this.#cookies.filter((one) => POLICY?.matches(one, to));
    return matching.length === 0 ? undefined : matching.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
  keepCookies(headers: readonly string[], from: CookieOrigin, now: number): void {
    for (const header of headers)
      for (const { cookie, expires, invalid } of parsed(header, from, now)) {
        this.#cookies = this.#cookies.filter((one) => !isSame(one, cookie));
        if (invalid === undefined && (expires === undefined || expires > now)) this.#cookies.push(cookie);
      }
  }
}

const POLICY = cookiePolicy('standard');
const parsed = (header: string, from: CookieOrigin, now: number): ReturnType<NonNullable<typeof POLICY>['parse']> => {
  try {
    return POLICY?.parse(header, from, now) ?? [];
  } catch {
    return [];
  }
};
const isSame = (a: Cookie, b: Cookie): boolean => a.name === b.name && a.domain === b.domain && a.path === b.path;

const CLIENTS = {};
const SERVERS = {};

/** The client of a user for the server of an address, under these terms and by that proxy. */
export function bzmClientOf(user: User, { protocol, authority }: JavaUrl, terms: BzmTerms, proxy: string): BzmClient {
  const clients = user.state(CLIENTS, () => new Map<string, BzmClient>());
  const key = `${protocol}://${authority} ${proxy} ${Object.values(terms).join()}`;
  let client = clients.get(key);
  if (client === undefined) {
    client = new BzmClient(terms);
    clients.set(key, client);
  }
  return client;
}

/** Milliseconds for which it is believed what a server speaks. */
const BELIEVED = 300_000;

/** What the servers of the run were found to speak: HTTP/1.1 alone with TLS, or HTTP/2 without it. */
export class BzmServers {
  readonly #odd = new Map<string, number>();
  constructor(private readonly test: Test) {}

  isOdd(url: JavaUrl): boolean {
    return (this.#odd.get(keyOf(url)) ?? 0) > this.test.clock.now();
  }
  answered(url: JavaUrl, version: string): void {
    if (version === (url.protocol === 'http' ? 'HTTP/2.0' : 'HTTP/1.1'))
      this.#odd.set(keyOf(url), this.test.clock.now() + BELIEVED);
    else this.#odd.delete(keyOf(url));
  }
}

const keyOf = ({ protocol, host, port, defaultPort }: JavaUrl): string =>
  `${protocol}://${host.toLowerCase()}:${port === -1 ? defaultPort : port}`;

export const bzmServers = (test: Test): BzmServers => test.state(SERVERS, () => new BzmServers(test));
