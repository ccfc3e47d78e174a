import { readPair, Tokens } from '../header-elements.js';
import {
  isBelow,
  pathAndSecureMatch,
  type ReadAttribute,
  readExpires,
  readPath,
  readPlainDomain,
  readSecure,
} from './attributes.js';
import { type Cookie, type CookieOrigin, type CookiePolicy, type Draft, draft, originOf, received } from './cookie.js';

/** The only form of date that the draft knows. */
export const DRAFT_DATE = 'EEE, dd-MMM-yy HH:mm:ss z';

/** Netscape's draft: no quotes, no ages, a host matches by how it ends (NetscapeDraftSpec). */
export const netscape: CookiePolicy = {
  parse(header, from, now) {
    const origin = originOf(from);
    const made = readDraft(header, origin, READERS, now);
    return made === undefined ? [] : [received(made, wrongDomain(made, origin))];
  },
  matches(cookie, to) {
    const origin = originOf(to);
    return origin.host.endsWith(cookie.domain.toLowerCase()) && pathAndSecureMatch(cookie, origin);
  },
  format: plain,
};

/** A header as the draft has it: one cookie, commas are nothing special (NetscapeDraftHeaderParser). */
export function readDraft(
  header: string,
  origin: CookieOrigin,
  readers: Readonly<Record<string, ReadAttribute>>,
  now: number,
): Draft | undefined {
  const tokens = new Tokens(header);
  const syntax = { ends: ';', quotes: false };
  const { name, value } = readPair(tokens, syntax);
  const pairs = [];
  while (!tokens.atEnd) pairs.push(readPair(tokens, syntax));
  if (name === '') return undefined;
  return readAttributes(draft(name, value, origin, pairs), readers, now);
}

/** Throws MalformedCookie; the first of several attributes of a name counts. */
export function readAttributes(made: Draft, readers: Readonly<Record<string, ReadAttribute>>, now: number): Draft {
  for (const [key, text] of made.attributes) if (Object.hasOwn(readers, key)) readers[key]?.(made, text, now);
  return made;
}

/** In the order they came, nothing in quotes. */
export function plain(cookies: readonly Cookie[]): string {
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

const READERS: Readonly<Record<string, ReadAttribute>> = {
  path: readPath,
  domain: readPlainDomain,
  secure: readSecure,
  expires: readExpires([DRAFT_DATE]),
};

const SPECIAL = /\.(com|edu|net|gov|mil|org|int)$/i;

/** NetscapeDomainHandler.validate: two parts for the old top-level domains, three for all others. */
function wrongDomain({ domain }: Draft, { host }: CookieOrigin): string | undefined {
  if (host !== domain && !isBelow(domain, host))
    return `Illegal domain attribute "${domain}". Domain of origin: "${host}"`;
  if (!host.includes('.')) return undefined;
  const parts = domain.split('.').filter((part) => part !== '').length;
  const violates = `Domain attribute "${domain}" violates the Netscape cookie specification`;
  if (SPECIAL.test(domain)) return parts < 2 ? `${violates} for special domains` : undefined;
  return parts < 3 ? violates : undefined;
}
