import { defaultPolicy } from './compatible.js';
import type { CookiePolicy } from './cookie.js';
import { netscape } from './netscape.js';
import { rfc2109, rfc2965 } from './rfc2109.js';
import { standard, strict } from './standard.js';

/** Keeps nothing and sends nothing. */
const ignoring: CookiePolicy = { parse: () => [], matches: () => false, format: () => '' };

const policies: Readonly<Record<string, CookiePolicy>> = {
  standard,
  'standard-strict': strict,
  ignorecookies: ignoring,
  netscape,
  default: defaultPolicy,
  'best-match': defaultPolicy,
  compatibility: defaultPolicy,
  rfc2109,
  rfc2965,
};

/**
 * The policy of a name, in capitals or small letters, as HttpClient 4.5.14 has them; undefined when there is none. Unlike
 * there, no list of public suffixes is asked whether a domain such as `co.uk` may have cookies.
 */
export const cookiePolicy = (name: string): CookiePolicy | undefined => {
  const key = name.toLowerCase();
  return Object.hasOwn(policies, key) ? policies[key] : undefined;
};
