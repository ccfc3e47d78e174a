/** A cookie as a request needs it. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly secure: boolean;
  /** Set by the cookie itself and not taken from the request: then hosts below the domain get it too. */
  readonly domainSpecified: boolean;
}

/** Where a request goes, or an answer came from. */
export interface CookieOrigin {
  readonly host: string;
  /** Without query. */
  readonly path: string;
  readonly secure: boolean;
}

/** What a `Set-Cookie` header says: a cookie, expired or not; `invalid` when it is not for this origin. */
export interface ReceivedCookie {
  readonly cookie: Cookie;
  /** Epoch ms; undefined = end of session. */
  readonly expires: number | undefined;
  readonly invalid: boolean;
}

/**
 * Reads one `Set-Cookie` header by the lax rules of RFC 6265 as Apache HttpClient 4.5.14 reads them; undefined when there
 * is no cookie in it (no name, no `=`, a domain without text, a date that is none).
 */
export function parseSetCookie(header: string, origin: CookieOrigin, now: number): ReceivedCookie | undefined {
  const [pair = '', ...rest] = split(header);
  const equals = pair.indexOf('=');
  const name = squeeze(pair.slice(0, Math.max(0, equals)));
  if (equals < 0 || name === '') return undefined;
  const attributes = new Map<string, string | undefined>();
  for (const part of rest) {
    const at = part.indexOf('=');
    const key = squeeze(at < 0 ? part : part.slice(0, at)).toLowerCase();
    attributes.set(key, at < 0 ? undefined : squeeze(part.slice(at + 1)));
  }
  const host = origin.host.toLowerCase();
  const domain = domainOf(attributes, host);
  const expires = expiryOf(attributes, now);
  if (domain === undefined || expires === INVALID) return undefined;
  const path = attributes.get('path');
  return {
    cookie: {
      name,
      value: unquote(pair.slice(equals + 1)),
      domain,
      path: attributes.has('path') ? (path?.trim() ? path : '/') : defaultPath(origin.path || '/'),
      secure: attributes.has('secure'),
      domainSpecified: attributes.has('domain'),
    },
    expires,
    invalid: host !== domain && !domainMatches(domain, host),
  };
}

/** Whether a request to this origin carries the cookie; Netscape's draft looks only at how the host ends. */
export function cookieMatches(cookie: Cookie, { host, path, secure }: CookieOrigin, netscape = false): boolean {
  const to = host.toLowerCase();
  const known = netscape
    ? to.endsWith(cookie.domain)
    : to === cookie.domain || (cookie.domainSpecified && domainMatches(cookie.domain, to));
  if (!known) return false;
  return (!cookie.secure || secure) && pathMatches(cookie.path || '/', path || '/');
}

/** The value of the `Cookie` header; longer paths first, values with special characters in quotes. */
export function formatCookies(cookies: readonly Cookie[]): string {
  const sorted = cookies.length > 1 ? [...cookies].sort((a, b) => b.path.length - a.path.length) : cookies;
  return sorted.map(({ name, value }) => `${name}=${quoted(value)}`).join('; ');
}

/** As Netscape's draft has it: in the order they came, nothing in quotes. */
export const formatPlainCookies = (cookies: readonly Cookie[]): string =>
  cookies.map(({ name, value }) => `${name}=${value}`).join('; ');

const INVALID = Symbol('invalid');

/** Parts at `;`, except inside the quotes of the value. */
const split = (header: string): string[] => header.match(/(?:^[^=;]*=\s*"(?:[^"\\]|\\.)*"?[^;]*)|[^;]+/gs) ?? [];
const squeeze = (text: string): string => text.replace(/[ \t\r\n]+/g, ' ').trim();
const unquote = (text: string): string =>
  text.includes('"')
    ? text.trim().replace(/"((?:[^"\\]|\\.)*)"?/gs, (_, inner: string) => inner.replace(/\\(["\\])/g, '$1'))
    : squeeze(text);
const quoted = (value: string): string => (/[ ",;\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value);

function domainOf(attributes: ReadonlyMap<string, string | undefined>, host: string): string | undefined {
  if (!attributes.has('domain')) return host;
  const domain = attributes.get('domain') ?? '';
  if (domain === '') return undefined;
  if (domain.endsWith('.')) return host;
  return (domain.startsWith('.') ? domain.slice(1) : domain).toLowerCase();
}

function domainMatches(domain: string, host: string): boolean {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(':')) return false;
  const bare = domain.startsWith('.') ? domain.slice(1) : domain;
  if (!host.endsWith(bare)) return false;
  const before = host.length - bare.length;
  return before === 0 || (before > 1 && host[before - 1] === '.');
}

function pathMatches(cookiePath: string, path: string): boolean {
  const prefix = cookiePath.length > 1 && cookiePath.endsWith('/') ? cookiePath.slice(0, -1) : cookiePath;
  return path.startsWith(prefix) && (prefix === '/' || path.length === prefix.length || path[prefix.length] === '/');
}

function defaultPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? path : path.slice(0, Math.max(1, slash));
}

/** Max-Age wins over Expires; one that is no number counts as absent, and then there is no Expires either. */
function expiryOf(
  attributes: ReadonlyMap<string, string | undefined>,
  now: number,
): number | undefined | typeof INVALID {
  if (attributes.has('max-age')) {
    const age = attributes.get('max-age') ?? '';
    if (!/^-?\d+$/.test(age)) return undefined;
    return Number(age) >= 0 ? now + Number(age) * 1000 : Number.NEGATIVE_INFINITY;
  }
  if (!attributes.has('expires')) return undefined;
  return parseDate(attributes.get('expires') ?? '') ?? INVALID;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The tolerant date of RFC 6265 §5.1.1; epoch ms. */
function parseDate(text: string): number | undefined {
  let time: readonly number[] | undefined;
  let day: number | undefined;
  let month: number | undefined;
  let year: number | undefined;
  for (const token of text.split(/[^\d:a-zA-Z]+/)) {
    const clock = /^(\d{1,2}):(\d{1,2}):(\d{1,2})/.exec(token);
    const named = MONTHS.indexOf(token.slice(0, 3).toLowerCase());
    if (!time && clock) time = clock.slice(1).map(Number);
    else if (day === undefined && /^\d{1,2}(?!\d)/.test(token)) day = Number.parseInt(token, 10);
    else if (month === undefined && token.length >= 3 && named >= 0) month = named;
    else if (year === undefined && /^\d{2,4}(?!\d)/.test(token)) year = fullYear(Number.parseInt(token, 10));
  }
  const [hour = 24, minute = 60, second = 60] = time ?? [];
  if (day === undefined || month === undefined || year === undefined) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || day < 1 || day > 31 || year < 1601) return undefined;
  return Date.UTC(year, month, day, hour, minute, second);
}

const fullYear = (year: number): number => (year >= 70 && year <= 99 ? year + 1900 : year <= 69 ? year + 2000 : year);
