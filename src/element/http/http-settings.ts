import type { Test } from '../../model/index.js';
import {
  type ClientSettings,
  type Http2Terms,
  type HttpProxy,
  type Resolve,
  type ResolverSettings,
  systemResolver,
} from '../../protocol/index.js';
import { readWants, type Wants } from './intake.js';

/** What JMeter reads once per process. */
export interface HttpSettings {
  readonly client: ClientSettings;
  readonly resolve: Resolve;
  readonly implementation: string;
  /** What HttpClient4's samplers speak beyond HTTP/1.1; undefined = nothing. */
  readonly http2: Http2Terms | undefined;
  readonly addContentType: boolean;
  readonly resetOnIteration: boolean;
  readonly maxRedirects: number;
  readonly removeSlashDotDot: boolean;
  readonly wants: Wants;
  readonly localAddress: string | undefined;
  /** The proxy of the command line for this host. */
  proxyFor(host: string): HttpProxy | undefined;
  /** The same for what the JVM connects itself, which has another one for `https`. */
  javaProxyFor(host: string, protocol: string): HttpProxy | undefined;
}

const SETTINGS = {};
let last: { readonly test: Test; readonly settings: HttpSettings } | undefined;
export function settingsOf(test: Test): HttpSettings {
  // Asked several times a sample, and mostly by the users of one run.
  if (last?.test === test) return last.settings;
  const settings = test.state(SETTINGS, () => readSettings(test));
  last = { test, settings };
  return settings;
}

/** The Java that User-Agents name: that of the recordings. */
export const JAVA = '17.0.15';

function readSettings(test: Test): HttpSettings {
  const { properties, clock } = test;
  const noAgent = properties.flag('httpclient4.default_user_agent_disabled', false);
  const agent = properties.get('httpclient4.user_agent') ?? `Apache-HttpClient/4.5.14 (Java/${JAVA})`;
  const maxRedirects = properties.int('httpsampler.max_redirects', 20);
  return {
    client: {
      userAgent: noAgent ? undefined : agent,
      timeToLive: properties.int('httpclient4.time_to_live', 60_000),
      validateAfter: properties.int('httpclient4.validate_after_inactivity', 4900),
      idleTimeout: properties.int('httpclient4.idletimeout', 0),
      retries: properties.int('httpclient4.retrycount', 0),
      retrySent: properties.flag('httpclient4.request_sent_retry_enabled', false),
      maxRedirects,
      speeds: speeds(test),
    },
    resolve: systemResolver(() => clock.now(), resolving(test)),
    implementation: properties.get('jmeter.httpsampler', 'HttpClient4'),
    http2: http2Terms(properties.get('meterless.http2', '')),
    addContentType: properties.flag('http.post_add_content_type_if_missing', false),
    resetOnIteration: properties.flag('httpclient.reset_state_on_thread_group_iteration', true),
    maxRedirects,
    removeSlashDotDot: properties.flag('httpsampler.redirect.removeslashdotdot', true),
    wants: readWants(test),
    localAddress: properties.get('httpclient.localaddress') || undefined,
    ...globalProxy(test),
  };
}

/** JMeter's slow sockets: their characters per second. */
function speeds({ properties }: Test): ClientSettings['speeds'] {
  const plain = properties.int('httpclient.socket.http.cps', 0);
  const secure = properties.int('httpclient.socket.https.cps', 0);
  return plain > 0 || secure > 0 ? { plain, secure } : undefined;
}

/** What the JVM is told of addresses; a negative time is for ever. */
function resolving({ properties: { system } }: Test): ResolverSettings {
  const is = (name: string): boolean => system.get(name)?.toLowerCase() === 'true';
  const other = is('java.net.preferIPv6Addresses') ? 'ipv6' : 'ipv4';
  const seconds = system.get('sun.net.inetaddr.ttl') ?? '';
  const keep = /^-/.test(seconds) ? Number.POSITIVE_INFINITY : Number(seconds) * 1000;
  return {
    prefer: is('java.net.preferIPv4Stack') ? 'only ipv4' : other,
    ...(/^-?\d+$/.test(seconds) ? { keep } : {}),
  };
}

/** The hosts that the JVM never asks a proxy for, unless it is told that there are none. */
const LOCAL = 'localhost|127.*|[::1]|0.0.0.0|[::0]';

/** Hosts between `|` go without it; those that begin with `*` by their end. The JVM has its own reading of them. */
function globalProxy(test: Test): Pick<HttpSettings, 'proxyFor' | 'javaProxyFor'> {
  const direct = test.properties.system.get('http.nonProxyHosts');
  const except = names(direct ?? '');
  const suffixes = except.filter((name) => name.startsWith('*')).map((name) => name.slice(1));
  const isExcept = (name: string): boolean => except.includes(name) || suffixes.some((suffix) => name.endsWith(suffix));
  const given = proxyGiven(test, 'http', 0);
  const secure = test.properties.system.get('http.proxyScheme') === 'https';
  const proxy = given && { ...given, secure };
  const patterns = names(direct === undefined ? LOCAL : direct && `${direct}|${LOCAL}`);
  const java = { http: proxyGiven(test, 'http', 80), https: proxyGiven(test, 'https', 443) };
  return {
    proxyFor: (name) => (proxy === undefined || isExcept(name) ? undefined : proxy),
    javaProxyFor: (name, protocol) =>
      patterns.some((pattern) => isLike(name.toLowerCase(), pattern))
        ? undefined
        : java[protocol === 'https' ? 'https' : 'http'],
  };
}

const names = (text: string): string[] => text.split('|').filter((name) => name !== '');

/** `usual` is its port when none is given. */
function proxyGiven({ properties }: Test, protocol: string, usual: number): HttpProxy | undefined {
  const { system } = properties;
  const host = system.get(`${protocol}.proxyHost`) ?? '';
  const port = Number(system.get(`${protocol}.proxyPort`) ?? usual);
  if (host === '' || !(port > 0)) return undefined;
  return {
    secure: false,
    host,
    port,
    user: properties.get('http.proxyUser', ''),
    password: properties.get('http.proxyPass', ''),
  };
}

/** A `*` stands at the begin or the end of a name (sun.net.spi.DefaultProxySelector). */
function isLike(name: string, given: string): boolean {
  const pattern = given.toLowerCase();
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** `true`: where TLS agrees on it; `h2c`: without TLS too. */
function http2Terms(text: string): Http2Terms | undefined {
  const cleartext = text.toLowerCase() === 'h2c';
  return cleartext || text.toLowerCase() === 'true' ? { http1: true, http2: true, cleartext, jetty: false } : undefined;
}
