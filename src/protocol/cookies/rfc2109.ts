import { type HeaderElement, headerElements } from '../header-elements.js';
import {
  pathAndSecureMatch,
  type ReadAttribute,
  readMaxAge,
  readPath,
  readPlainDomain,
  readSecure,
  readVersion,
} from './attributes.js';
import {
  type Cookie,
  type CookieOrigin,
  type CookiePolicy,
  type Draft,
  draft,
  MalformedCookie,
  originOf,
  received,
} from './cookie.js';
import { readAttributes } from './netscape.js';

/** RFC 2109 with all cookies in one header (RFC2109Spec as JMeter sets it up). */
export const rfc2109: CookiePolicy = {
  parse(header, from, now) {
    const origin = originOf(from);
    return readElements(headerElements(header), origin, now).map((made) => received(made, wrong2109(made, origin)));
  },
  matches: matches2109,
  format(cookies) {
    const version = Math.min(...cookies.map((cookie) => cookie.version));
    return [`$Version=${version}`, ...byPath(cookies).map((cookie) => versioned(cookie, version))].join('; ');
  },
};

/** RFC 2965 takes no cookie from a `Set-Cookie` header, so that only those of the plan are ever sent. */
export const rfc2965: CookiePolicy = {
  parse(header) {
    throw new MalformedCookie(`Unrecognized cookie header 'Set-Cookie: ${header}'`);
  },
  matches(cookie, to) {
    const origin = originOf(to);
    // A name without a dot counts as one of the local network.
    const host = /[.:]/.test(origin.host) ? origin.host : `${origin.host}.local`;
    const domain = cookie.domain.toLowerCase();
    if (host !== domain && !(domain.startsWith('.') && host.endsWith(domain))) return false;
    return !host.slice(0, host.length - domain.length).includes('.') && pathAndSecureMatch(cookie, origin);
  },
  format: rfc2109.format,
};

/** The cookies of a header's elements; throws MalformedCookie. */
export const readElements = (elements: readonly HeaderElement[], origin: CookieOrigin, now: number): readonly Draft[] =>
  elements
    .filter(({ name }) => name !== '')
    .map(({ name, value, parameters }) => readAttributes(draft(name, value, origin, parameters), READERS, now));

export function matches2109(cookie: Cookie, to: CookieOrigin): boolean {
  const origin = originOf(to);
  const domain = cookie.domain.toLowerCase();
  const known = origin.host === domain || (domain.startsWith('.') && origin.host.endsWith(domain));
  return known && pathAndSecureMatch(cookie, origin);
}

/** A cookie with what is known of it; from version 1 on its texts are in quotes. */
export function versioned(
  { name, value, path, pathSpecified, domain, domainSpecified }: Cookie,
  version: number,
): string {
  const quoted = (text: string): string => (version > 0 ? `"${text}"` : text);
  let text = `${name}=${quoted(value)}`;
  if (pathSpecified) text += `; $Path=${quoted(path)}`;
  if (domainSpecified) text += `; $Domain=${quoted(domain)}`;
  return text;
}

/** Of two paths of which one leads to the other, the longer one first (CookiePathComparator); otherwise as they came. */
export function byPath(cookies: readonly Cookie[]): readonly Cookie[] {
  const full = ({ path }: Cookie): string => (path.endsWith('/') ? path : `${path}/`);
  const compare = (a: string, b: string): number => (a === b ? 0 : a.startsWith(b) ? -1 : b.startsWith(a) ? 1 : 0);
  return cookies.length > 1 ? [...cookies].sort((a, b) => compare(full(a), full(b))) : cookies;
}

const READERS: Readonly<Record<string, ReadAttribute>> = {
  version: readVersion,
  path: readPath,
  domain: readPlainDomain,
  'max-age': readMaxAge,
  secure: readSecure,
};

/** RFC2109Spec.validate and RFC2109DomainHandler.validate. */
export function wrong2109({ name, domain, version }: Draft, { host }: CookieOrigin): string | undefined {
  if (name.includes(' ')) return 'Cookie name may not contain blanks';
  if (name.startsWith('$')) return 'Cookie name may not start with $';
  if (version < 0) return 'Cookie version may not be negative';
  if (domain === host) return undefined;
  const attribute = `Domain attribute "${domain}"`;
  if (!domain.includes('.')) return `${attribute} does not match the host "${host}"`;
  if (!domain.startsWith('.')) return `${attribute} violates RFC 2109: domain must start with a dot`;
  const inner = domain.indexOf('.', 1);
  if (inner < 0 || inner === domain.length - 1) {
    return `${attribute} violates RFC 2109: domain must contain an embedded dot`;
  }
  if (!host.endsWith(domain)) return `Illegal domain attribute "${domain}". Domain of origin: "${host}"`;
  if (host.slice(0, -domain.length).includes('.')) {
    return `${attribute} violates RFC 2109: host minus domain may not contain any dots`;
  }
  return undefined;
}
