import { readPair, Tokens } from '../header-elements.js';
import { HTTP_DATES } from '../http-date.js';
import {
  domainMatches,
  pathAndSecureMatch,
  type ReadAttribute,
  readDomain,
  readExpires,
  readLaxExpires,
  readLaxMaxAge,
  readMaxAge,
  readPath,
  readSecure,
  wrongDomain,
} from './attributes.js';
import { type Cookie, type CookiePolicy, draft, MalformedCookie, originOf, received } from './cookie.js';

/** RFC 6265 as most servers mean it (RFC6265LaxSpec). */
export const standard: CookiePolicy = rfc6265({ expires: readLaxExpires, maxAge: readLaxMaxAge });

/** RFC 6265 to the letter: a wrong date or age costs the cookie (RFC6265StrictSpec). */
export const strict: CookiePolicy = rfc6265({ expires: readExpires(HTTP_DATES), maxAge: readMaxAge });

function rfc6265({
  expires,
  maxAge,
}: {
  readonly expires: ReadAttribute;
  readonly maxAge: ReadAttribute;
}): CookiePolicy {
  const readers: Readonly<Record<string, ReadAttribute>> = {
    path: readPath,
    domain: readDomain,
    secure: readSecure,
    expires,
    'max-age': maxAge,
  };
  return {
    parse(header, from, now) {
      const origin = originOf(from);
      const tokens = new Tokens(header);
      const name = tokens.token('=;');
      if (name === '' || tokens.atEnd) return [];
      if (tokens.step() !== '=') throw new MalformedCookie(`Cookie value is invalid: 'Set-Cookie: ${header}'`);
      const value = tokens.value(';');
      if (!tokens.atEnd) tokens.step();
      const made = draft(name, value, origin, []);
      const attributes = new Map<string, string | undefined>();
      while (!tokens.atEnd) {
        const pair = readPair(tokens, { ends: ';', quotes: false });
        attributes.set(pair.name.toLowerCase(), pair.value);
      }
      const skipped = attributes.has('max-age') ? 'expires' : undefined;
      for (const [key, text] of attributes) {
        if (key !== skipped && Object.hasOwn(readers, key)) readers[key]?.(made, text, now);
      }
      return [received({ ...made, attributes }, wrongDomain(made, origin))];
    },
    matches(cookie, to) {
      const origin = originOf(to);
      return domainMatches(cookie, origin) && pathAndSecureMatch(cookie, origin);
    },
    format: (cookies) =>
      longestPathFirst(cookies)
        .map(({ name, value }) => `${name}=${quoted(value)}`)
        .join('; '),
  };
}

/** CookiePriorityComparator; cookies that JMeter sends have no date of creation. */
const longestPathFirst = (cookies: readonly Cookie[]): readonly Cookie[] =>
  cookies.length > 1 ? [...cookies].sort((a, b) => b.path.length - a.path.length) : cookies;

const quoted = (value: string): string => (/[ ",;\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value);
