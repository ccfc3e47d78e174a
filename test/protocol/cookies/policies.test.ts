/** What HttpClient 4.5.14 makes of headers and origins under each policy, recorded from its own classes. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Cookie,
  type CookiePolicy,
  cookiePolicy,
  MalformedCookie,
  type ReceivedCookie,
} from '../../../src/protocol/index.js';

const LONG_AGO = Date.UTC(1600);
const NOW = 1_700_000_000_000;
const ORIGINS = [
  { host: 'www.Example.com', path: '/shop/cart', secure: false },
  { host: 'localhost', path: '', secure: false },
  { host: '127.0.0.1', path: '/x', secure: true },
  { host: 'a.b.example.com', path: '/shop/', secure: false },
];
const PATHS = ['/', '/shop', '/shop/', '/sho', '/shop/cart/more', ''];

const recorded = fs
  .readFileSync(path.join(import.meta.dirname, 'httpclient-4.5.14.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));
const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, c: string) => ({ t: '\t', n: '\n', r: '\r' })[c] ?? c);
const cookie = (over: Partial<Cookie>): Cookie => ({
  name: 'a',
  value: '1',
  domain: 'example.com',
  path: '/',
  secure: false,
  domainSpecified: false,
  pathSpecified: false,
  version: 0,
  ...over,
});

describe.each(['standard', 'standard-strict', 'netscape', 'default', 'rfc2109', 'rfc2965'])('the policy %s', (name) => {
  const rows = recorded.filter(([policy]) => policy === name).map(([, ...rest]) => rest);
  const policy = cookiePolicy(name);
  if (policy === undefined) throw new Error(`there is no policy ${name}`);

  it('reads Set-Cookie headers', () => {
    const headers = rows.filter(([kind = '']) => /^\d$/.test(kind));
    expect(headers.length).toBeGreaterThan(150);
    for (const [origin, header = '', ...wanted] of headers) {
      const got = parsed(policy, unescaped(header), Number(origin));
      expect([origin, header, ...got]).toEqual([origin, header, ...wanted.map(withoutNull)]);
    }
  });

  it('knows which cookies are for a request', () => {
    for (const [kind, domain = '', version, specified, wanted] of rows) {
      if (kind !== 'match') continue;
      const matches = ORIGINS.flatMap((origin) =>
        PATHS.map((at) => {
          const one = cookie({ domain, path: at, version: Number(version), domainSpecified: specified === '1' });
          return policy.matches(one, origin) ? '1' : '0';
        }),
      );
      expect([domain, version, specified, matches.join('')]).toEqual([domain, version, specified, wanted]);
    }
  });

  it('writes the Cookie header', () => {
    const cookies = [
      cookie({ name: 'a', value: 'a b', path: '/', version: 0 }),
      cookie({ name: 'b', value: 'x"y', path: '/shop', version: 1 }),
      cookie({ name: 'c', path: '/shop/cart', version: 1 }),
      cookie({ name: 'd', path: '/other', version: 2 }),
      cookie({ name: 'e', value: '', path: '/shop/', version: 1 }),
    ].map((one) => ({ ...one, pathSpecified: true }));
    const wanted = (kind: string): string => unescaped(rows.find(([first]) => first === kind)?.[1] ?? '');
    expect(policy.format(cookies)).toBe(wanted('format0'));
    expect(policy.format(cookies.slice(1))).toBe(wanted('format1'));
  });
});

describe('the names of policies', () => {
  it('are the same in capitals and small letters; some mean the same', () => {
    expect(cookiePolicy('STANDARD')).toBe(cookiePolicy('standard'));
    expect(cookiePolicy('best-match')).toBe(cookiePolicy('default'));
    expect(cookiePolicy('compatibility')).toBe(cookiePolicy('default'));
    expect(cookiePolicy('ignoreCookies')?.parse('a=1', { host: 'h', path: '/', secure: false }, NOW)).toEqual([]);
    expect(cookiePolicy('')).toBeUndefined();
    expect(cookiePolicy('constructor')).toBeUndefined();
  });
});

function parsed(policy: CookiePolicy, header: string, origin: number): string[] {
  const from = ORIGINS[origin] ?? { host: '', path: '', secure: false };
  try {
    return policy.parse(header, from, NOW).map((one) => row(one, policy, from));
  } catch (error) {
    if (error instanceof MalformedCookie) return ['malformed'];
    throw error;
  }
}

/** As the table has it; `\N` where the cookie is not sent back to where it came from. */
function row(
  { cookie: one, expires, invalid }: ReceivedCookie,
  policy: CookiePolicy,
  from: (typeof ORIGINS)[0],
): string {
  const when =
    expires === undefined
      ? '-'
      : expires < LONG_AGO
        ? 'past'
        : expires >= NOW && expires < NOW + 1e6
          ? `+${(expires - NOW) / 1000}`
          : String(expires);
  const back = policy.matches(one, from) ? policy.format([one]).replaceAll('\\', '\\\\') : '\\N';
  const escaped = one.value.replaceAll('\\', '\\\\');
  return [
    one.name,
    escaped,
    one.domain,
    one.path,
    one.secure,
    one.pathSpecified,
    one.domainSpecified,
    one.version,
    when,
    invalid === undefined ? 'ok' : 'invalid',
    back,
  ].join('|');
}

/** No value and an empty one are the same to JMeter, and so are two dates of antiquity. */
const withoutNull = (text: string): string => text.replace(/^([^|]*)\|\\N\|/, '$1||').replace(/\|-6\d{13}\|/, '|past|');
