import type { Pair } from '../header-elements.js';

/** A cookie as a request needs it. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly secure: boolean;
  /** Set by the cookie itself and not taken from the request: then hosts below the domain get it too. */
  readonly domainSpecified: boolean;
  readonly pathSpecified: boolean;
  readonly version: number;
}

/** Where a request goes, or an answer came from. */
export interface CookieOrigin {
  readonly host: string;
  /** Without query. */
  readonly path: string;
  readonly secure: boolean;
}

/** What a `Set-Cookie` header says: a cookie, expired or not. */
export interface ReceivedCookie {
  readonly cookie: Cookie;
  /** Epoch ms; undefined = end of session. */
  readonly expires: number | undefined;
  /** Why it is not for this origin. */
  readonly invalid: string | undefined;
}

/** The rules by which cookies are read, chosen and sent (HttpClient's CookieSpec). */
export interface CookiePolicy {
  /** Reads one `Set-Cookie` header; throws MalformedCookie when the whole of it is to be dropped. */
  parse(header: string, origin: CookieOrigin, now: number): readonly ReceivedCookie[];
  /** Whether a request to this origin carries the cookie. */
  matches(cookie: Cookie, origin: CookieOrigin): boolean;
  /** The value of the `Cookie` header. */
  format(cookies: readonly Cookie[]): string;
}

/** Thrown for a header that no cookie is taken from (org.apache.http.cookie.MalformedCookieException). */
export class MalformedCookie extends Error {}

/** A cookie while its header is read; the attributes write into it. */
export interface Draft {
  name: string;
  value: string;
  domain: string;
  path: string;
  secure: boolean;
  version: number;
  expires: number | undefined;
  readonly attributes: ReadonlyMap<string, string | undefined>;
}

/** A cookie of a host before its attributes are looked at (CookieSpecBase.parse 4.5.14). */
export function draft(name: string, value: string | undefined, origin: CookieOrigin, pairs: readonly Pair[]): Draft {
  // The first of several attributes of a name counts.
  const attributes = new Map(pairs.toReversed().map((pair) => [pair.name.toLowerCase(), pair.value]));
  return {
    name,
    // JMeter writes a cookie without a value as one whose value is empty.
    value: value ?? '',
    domain: origin.host,
    path: defaultPath(origin.path),
    secure: false,
    version: 0,
    expires: undefined,
    attributes,
  };
}

/** The finished cookie, with what speaks against it. */
export function received(made: Draft, invalid: string | undefined): ReceivedCookie {
  const { name, value, domain, path, secure, version, expires, attributes } = made;
  const domainSpecified = attributes.has('domain');
  const pathSpecified = attributes.has('path');
  return {
    cookie: { name, value, domain, path, secure, version, domainSpecified, pathSpecified },
    expires,
    invalid,
  };
}

/** The origin as all policies compare it: host in small letters, a path that is at least `/` (CookieOrigin 4.5.14). */
export const originOf = ({ host, path, secure }: CookieOrigin): CookieOrigin => ({
  host: host.toLowerCase(),
  path: path.trim() === '' ? '/' : path,
  secure,
});

function defaultPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? path : path.slice(0, Math.max(1, slash));
}
