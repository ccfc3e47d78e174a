import { headerElements } from '../header-elements.js';
import {
  domainMatches,
  pathAndSecureMatch,
  type ReadAttribute,
  readDomain,
  readExpires,
  readPath,
  readSecure,
  wrongDomain,
} from './attributes.js';
import { type CookiePolicy, originOf, received } from './cookie.js';
import { DRAFT_DATE, plain, readDraft } from './netscape.js';
import { byPath, matches2109, readElements, versioned, wrong2109 } from './rfc2109.js';

/** Chooses by cookie: RFC 2109 for those with a version, else Netscape's draft (DefaultCookieSpec). */
export const defaultPolicy: CookiePolicy = {
  parse(header, from, now) {
    const origin = originOf(from);
    const elements = headerElements(header);
    const has = (name: string): boolean =>
      elements.some(({ parameters }) => parameters.some((pair) => pair.name.toLowerCase() === name));
    if (has('version') && !has('expires')) {
      return readElements(elements, origin, now).map((made) =>
        received(made, made.version > 0 ? wrong2109(made, origin) : wrongDomain(made, origin)),
      );
    }
    const made = readDraft(header, origin, READERS, now);
    return made === undefined ? [] : [received(made, wrongDomain(made, origin))];
  },
  matches(cookie, to) {
    if (cookie.version > 0) return matches2109(cookie, to);
    const origin = originOf(to);
    return domainMatches(cookie, origin) && pathAndSecureMatch(cookie, origin);
  },
  format(cookies) {
    if (cookies.some(({ version }) => version <= 0)) return plain(cookies);
    // Each has a header of its own, and JMeter puts their values together with nothing between.
    return byPath(cookies)
      .map((cookie) => `$Version=${cookie.version}; ${versioned(cookie, cookie.version)}`)
      .join('');
  },
};

const READERS: Readonly<Record<string, ReadAttribute>> = {
  path: readPath,
  domain: readDomain,
  secure: readSecure,
  expires: readExpires([DRAFT_DATE]),
};
