import { describe, expect, it } from 'vitest';
import {
  type Cookie,
  cookieMatches,
  formatCookies,
  formatPlainCookies,
  parseSetCookie,
} from '../../src/protocol/index.js';

const NOW = 1_700_000_000_000;
const origin = { host: 'www.Example.com', path: '/shop/cart', secure: false };
const parse = (header: string, from = origin) => parseSetCookie(header, from, NOW);
const cookie = (over: Partial<Cookie> = {}): Cookie => ({
  name: 'a',
  value: '1',
  domain: 'example.com',
  path: '/',
  secure: false,
  domainSpecified: true,
  ...over,
});

describe('Set-Cookie', () => {
  it('takes domain and path from the request', () => {
    expect(parse(' a = 1 ; HttpOnly; SameSite=Lax')).toEqual({
      cookie: cookie({ domain: 'www.example.com', path: '/shop', domainSpecified: false }),
      expires: undefined,
      invalid: false,
    });
    expect(parse('a=1', { ...origin, path: '/x' })?.cookie.path).toBe('/');
    expect(parse('a=1', { ...origin, path: '' })?.cookie.path).toBe('/');
  });

  it.each(['', 'a', '=1', 'a; b=c', 'a=1; Domain', 'a=1; domain=', 'a=1; Expires=tomorrow', 'a=1; expires='])(
    'is nothing: %s',
    (header) => expect(parse(header)).toBeUndefined(),
  );

  it('reads values with quotes, commas and equal signs', () => {
    expect(parse('a="x;  y"; path=/p')?.cookie).toMatchObject({ value: 'x;  y', path: '/p' });
    expect(parse('a=b=c, d')?.cookie.value).toBe('b=c, d');
    expect(parse('a=')?.cookie.value).toBe('');
  });

  it.each([
    ['.Example.com', 'example.com', false],
    ['example.com', 'example.com', false],
    ['ample.com', 'ample.com', true],
    ['other.com', 'other.com', true],
    ['www.example.com.', 'www.example.com', false],
  ])('knows the domain %s', (given, domain, invalid) => {
    const received = parse(`a=1; Domain=${given}`);
    expect(received?.cookie.domain).toBe(domain);
    expect(received?.invalid).toBe(invalid);
  });

  it('has no domains above addresses', () => {
    expect(parse('a=1; Domain=0.0.1', { ...origin, host: '127.0.0.1' })?.invalid).toBe(true);
  });

  it('counts time', () => {
    expect(parse('a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT')?.expires).toBe(Date.UTC(2015, 9, 21, 7, 28));
    expect(parse('a=1; Expires=Wed, 21-Oct-99 07:28:00 GMT')?.expires).toBe(Date.UTC(1999, 9, 21, 7, 28));
    expect(parse('a=1; expires=Wed Oct 21 07:28:00 15')?.expires).toBe(Date.UTC(2015, 9, 21, 7, 28));
    // Max-Age wins; what is no number counts as absent, and takes Expires with it.
    expect(parse('a=1; Max-Age=60; Expires=nonsense')?.expires).toBe(NOW + 60_000);
    expect(parse('a=1; Max-Age=-1')?.expires).toBe(Number.NEGATIVE_INFINITY);
    expect(parse('a=1; Max-Age=soon; Expires=Wed, 21 Oct 2015 07:28:00 GMT')?.expires).toBeUndefined();
  });

  it('takes any path, and none for the root', () => {
    expect(parse('a=1; Path=elsewhere')?.cookie.path).toBe('elsewhere');
    expect(parse('a=1; Path')?.cookie.path).toBe('/');
    expect(parse('a=1; Secure')?.cookie.secure).toBe(true);
  });
});

describe('the Cookie header', () => {
  it.each([
    [{}, true],
    [{ domainSpecified: false }, false],
    [{ domain: 'www.example.com', domainSpecified: false }, true],
    [{ domain: '' }, false],
    [{ path: '/shop' }, true],
    [{ path: '/shop/' }, true],
    [{ path: '/sho' }, false],
    [{ path: '/shop/cart/more' }, false],
    [{ secure: true }, false],
  ])('holds cookies that match: %o', (over, matches) => {
    expect(cookieMatches(cookie(over), origin)).toBe(matches);
  });

  it('looks only at how the host ends for Netscape', () => {
    const to = { ...origin, host: '127.0.0.1' };
    expect(cookieMatches(cookie({ domain: '.0.0.1' }), to, true)).toBe(true);
    expect(cookieMatches(cookie({ domain: '.0.0.1' }), to)).toBe(false);
    expect(cookieMatches(cookie({ domain: '.0.0.2' }), to, true)).toBe(false);
  });

  it('has longer paths first and special values in quotes', () => {
    const cookies = [
      cookie({ value: 'a b' }),
      cookie({ name: 'b', value: 'x"y', path: '/shop' }),
      cookie({ name: 'c' }),
    ];
    expect(formatCookies(cookies)).toBe('b="x\\"y"; a="a b"; c=1');
    expect(formatPlainCookies(cookies)).toBe('a=a b; b=x"y; c=1');
  });
});
