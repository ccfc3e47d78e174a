import { dateReader } from '../http-date.js';
import { type Cookie, type CookieOrigin, type Draft, MalformedCookie } from './cookie.js';

/** Reads one attribute into a cookie; throws MalformedCookie. */
export type ReadAttribute = (cookie: Draft, value: string | undefined, now: number) => void;

const isBlank = (text: string | undefined): text is undefined | '' => text === undefined || text.trim() === '';

export const readPath: ReadAttribute = (cookie, value) => {
  cookie.path = isBlank(value) ? '/' : value;
};

export const readSecure: ReadAttribute = (cookie) => {
  cookie.secure = true;
};

/** BasicDomainHandler: a leading dot goes away, a domain that ends with one is not looked at. */
export const readDomain: ReadAttribute = (cookie, value) => {
  const domain = written(value);
  if (!domain.endsWith('.')) cookie.domain = (domain.startsWith('.') ? domain.slice(1) : domain).toLowerCase();
};

/** With its leading dot, for the policies that want one. */
export const readPlainDomain: ReadAttribute = (cookie, value) => {
  cookie.domain = written(value).toLowerCase();
};

function written(value: string | undefined): string {
  if (isBlank(value)) throw new MalformedCookie('Blank or null value for domain attribute');
  return value;
}

export const readMaxAge: ReadAttribute = (cookie, value, now) => {
  if (value === undefined) throw new MalformedCookie("Missing value for 'max-age' attribute");
  const age = toAge(value);
  if (age === undefined) throw new MalformedCookie(`Invalid 'max-age' attribute: ${value}`);
  if (age < 0) throw new MalformedCookie(`Negative 'max-age' attribute: ${value}`);
  cookie.expires = now + age * 1000;
};

/** LaxMaxAgeHandler: what is no number changes nothing. */
export const readLaxMaxAge: ReadAttribute = (cookie, value = '', now) => {
  const age = value.startsWith('+') ? undefined : toAge(value);
  if (age !== undefined) cookie.expires = age >= 0 ? now + age * 1000 : Number.NEGATIVE_INFINITY;
};

/** Integer.parseInt. */
function toAge(text: string): number | undefined {
  const age = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return age >= -(2 ** 31) && age < 2 ** 31 ? age : undefined;
}

export const readVersion: ReadAttribute = (cookie, value) => {
  if (isBlank(value)) throw new MalformedCookie('Missing value for version attribute');
  const version = toAge(value);
  if (version === undefined) throw new MalformedCookie(`Invalid version: For input string: "${value}"`);
  cookie.version = version;
};

/** Dates of fixed patterns (BasicExpiresHandler). */
export function readExpires(patterns: readonly string[]): ReadAttribute {
  const read = dateReader(patterns);
  return (cookie, value) => {
    if (value === undefined) throw new MalformedCookie("Missing value for 'expires' attribute");
    const date = read(value);
    if (date === undefined) throw wrongDate(value);
    cookie.expires = date;
  };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The tolerant date of RFC 6265 §5.1.1 (LaxExpiresHandler). */
export const readLaxExpires: ReadAttribute = (cookie, value) => {
  if (isBlank(value)) return;
  let time: readonly number[] | undefined;
  let day: number | undefined;
  let month: number | undefined;
  let year: number | undefined;
  for (const token of value.split(/[\t -/;-@[-`{-~]+/)) {
    const clock = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)/.exec(token);
    const named = MONTHS.indexOf(token.slice(0, 3).toLowerCase());
    if (!time && clock) time = clock.slice(1).map(Number);
    else if (day === undefined && /^\d{1,2}(?!\d)/.test(token)) day = Number.parseInt(token, 10);
    else if (month === undefined && token.length >= 3 && named >= 0) month = named;
    else if (year === undefined && /^\d{2,4}(?!\d)/.test(token)) year = fullYear(Number.parseInt(token, 10));
  }
  const [hour = 24, minute = 60, second = 60] = time ?? [];
  if (day === undefined || month === undefined || year === undefined) throw wrongDate(value);
  if (hour > 23 || minute > 59 || second > 59 || day < 1 || day > 31 || year < 1601) throw wrongDate(value);
  cookie.expires = Date.UTC(year, month, day, hour, minute, second);
};

const wrongDate = (value: string): MalformedCookie => new MalformedCookie(`Invalid 'expires' attribute: ${value}`);
const fullYear = (year: number): number => (year >= 70 && year <= 99 ? year + 1900 : year <= 69 ? year + 2000 : year);

/** BasicDomainHandler.validate. */
export function wrongDomain({ domain }: Draft, { host }: CookieOrigin): string | undefined {
  if (host === domain || isBelow(domain, host)) return undefined;
  return `Illegal 'domain' attribute "${domain}". Domain of origin: "${host}"`;
}

/** BasicDomainHandler.match: the host itself, or one below when the cookie named its domain. */
export function domainMatches(cookie: Cookie, { host }: CookieOrigin): boolean {
  const domain = (cookie.domain.startsWith('.') ? cookie.domain.slice(1) : cookie.domain).toLowerCase();
  return host === domain || (cookie.domainSpecified && isBelow(domain, host));
}

/** Whether a host is the domain or stands below it; addresses never do. */
export function isBelow(domain: string, host: string): boolean {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(':')) return false;
  const bare = domain.startsWith('.') ? domain.slice(1) : domain;
  if (!host.endsWith(bare)) return false;
  const before = host.length - bare.length;
  return before === 0 || (before > 1 && host[before - 1] === '.');
}

/** BasicPathHandler.match and BasicSecureHandler.match. */
export const pathAndSecureMatch = (cookie: Cookie, { path, secure }: CookieOrigin): boolean =>
  (!cookie.secure || secure) && pathMatches(cookie.path, path);

function pathMatches(cookiePath: string, path: string): boolean {
  const prefix = cookiePath.length > 1 && cookiePath.endsWith('/') ? cookiePath.slice(0, -1) : cookiePath;
  return path.startsWith(prefix) && (prefix === '/' || path.length === prefix.length || path[prefix.length] === '/');
}
