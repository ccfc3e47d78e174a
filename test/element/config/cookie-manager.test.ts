import { expect, it } from 'vitest';
import { cookieHeader, cookieManager, storeCookie } from '../../../src/element/config/cookie-manager.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';

const HERE = { host: 'example.com', path: '/', secure: false };
const given = (name: string, value: string, domain = 'example.com'): Given => ({
  'TestElement.name': name,
  'Cookie.value': value,
  'Cookie.domain': domain,
  'Cookie.path': '/',
});

function jar(props: Record<string, Given> = {}, properties: Record<string, string> = {}, over = {}) {
  const test = fakeTest();
  for (const [name, value] of Object.entries(properties)) test.properties.set(name, value);
  const user = fakeUser({ test, ...over });
  const manager = place(cookieManager, { props });
  return {
    user,
    store: (header: string, from = HERE) => storeCookie(manager, user, header, from),
    header: (to = HERE) => cookieHeader(manager, user, to),
    iterate: () => cookieManager.threadIterationStart?.(manager.props(user), user, manager),
  };
}

it('sends what was stored, replaced by name, domain and path', () => {
  const { store, header } = jar();
  expect(header()).toBeUndefined();
  store('a=1');
  store('b=2');
  store('a=3');
  expect(header()).toBe('b=2; a=3');
  store('b=gone; Max-Age=-1');
  store('c=');
  expect(header()).toBe('a=3');
  store('a=');
  expect(header()).toBeUndefined();
});

it('sends each place its own, however often and in whatever order it is asked', () => {
  const { store, header } = jar();
  const secure = { ...HERE, secure: true };
  store('a=1');
  store('s=1; Secure');
  for (let i = 0; i < 2; i++) {
    expect([header(), header(), header(secure), header(secure)]).toEqual(['a=1', 'a=1', 'a=1; s=1', 'a=1; s=1']);
    expect(header({ ...HERE, host: 'other.com' })).toBeUndefined();
    expect(header({ ...HERE, path: '' })).toBe('a=1');
  }
  store('p=1; Path=/p');
  for (const path of ['/', '/p/x', '/x', '/p'])
    expect(header({ ...HERE, path })).toBe(/p/.test(path) ? 'p=1; a=1' : 'a=1');
});

it('fails for an address without a host, cookies or not', () => {
  const { header } = jar();
  expect(() => header({ ...HERE, host: '' })).toThrow('Host may not be blank');
});

it('stores nothing for other hosts, unless it is told not to look', () => {
  const strict = jar();
  strict.store('a=1; Domain=other.com');
  expect(strict.header({ ...HERE, host: 'other.com' })).toBeUndefined();
  const lax = jar({}, { 'CookieManager.check.cookies': 'false' });
  lax.store('a=1; Domain=other.com');
  expect(lax.header({ ...HERE, host: 'other.com' })).toBe('a=1');
});

it('starts with the cookies of the plan, evaluated for each request', () => {
  const { user, store, header } = jar({ 'CookieManager.cookies': [given('a', '${v}'), given('b', '1', '${host}')] });
  user.variables.put('v', 'x');
  user.variables.put('host', 'example.com');
  expect(header()).toBe('a=x; b=1');
  user.variables.put('v', 'y');
  // The domain is compared as it is written, so the plan's cookie stays beside the new one.
  store('b=2');
  expect(header()).toBe('a=y; b=1; b=2');
  store('a=z');
  expect(header()).toBe('b=1; b=2; a=z');
});

it.each([
  [{}, true, false],
  [{ 'CookieManager.clearEachIteration': true }, true, true],
  [{ 'CookieManager.controlledByThreadGroup': true, 'CookieManager.clearEachIteration': true }, true, false],
  [{ 'CookieManager.controlledByThreadGroup': true }, false, true],
])('clears by %o with the same user %s: %s', (props, sameUserOnNextIteration, clears) => {
  const { store, header, iterate } = jar(
    { ...props, 'CookieManager.cookies': [given('plan', '1')] },
    {},
    { sameUserOnNextIteration },
  );
  store('a=1');
  iterate();
  expect(header()).toBe(clears ? 'plan=1' : 'plan=1; a=1');
});

it('knows the policies', () => {
  const none = jar({ 'CookieManager.policy': 'IGNORECOOKIES', 'CookieManager.cookies': [given('a', '1')] });
  expect(none.header()).toBeUndefined();
  const plain = jar({ 'CookieManager.policy': 'netscape', 'CookieManager.cookies': [given('a', 'x y')] });
  expect(plain.header()).toBe('a=x y');
  expect(jar({ 'CookieManager.cookies': [given('a', 'x y')] }).header()).toBe('a="x y"');
});

it('makes variables of cookies, and keeps empty ones, when properties say so', () => {
  const { user, store, header } = jar(
    {},
    {
      'CookieManager.save.cookies': 'true',
      'CookieManager.name.prefix': ' C_ ',
      'CookieManager.delete_null_cookies': 'false',
    },
  );
  store('a=1');
  store('b=');
  expect(user.variables.get('C_a')).toBe('1');
  expect(header()).toBe('a=1; b=');
});

it('keeps a cookie that expires with the first second of 1970, which is how JMeter writes the end of the session', () => {
  const { store, header } = jar();
  store('a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
  store('b=1; Expires=Thu, 01 Jan 1970 00:00:01 GMT');
  expect(header()).toBe('a=1');
});

it('sends the cookies of the plan as they are written when variables are not allowed', () => {
  const { user, header } = jar(
    { 'CookieManager.cookies': [given('a', '${v}')] },
    { 'CookieManager.allow_variable_cookies': 'false' },
  );
  user.variables.put('v', 'x');
  expect(header()).toBe('a=${v}');
});

it('fails each request without a policy or with a handler that is gone', () => {
  for (const props of [
    { 'CookieManager.policy': 'nonsense' },
    { 'CookieManager.policy': '' },
    { 'CookieManager.implementation': 'org.apache.jmeter.protocol.http.control.HC3CookieHandler' },
  ]) {
    expect(() => jar(props).header()).toThrow('Cannot invoke "org.apache.jmeter.protocol.http.control.CookieHandler');
  }
});

it('reads and sends by its policy', () => {
  const { store, header } = jar({ 'CookieManager.policy': 'RFC2109' });
  store('a="1"; Version="1"; Path="/", b=2; Version=1; Max-Age=never');
  expect(header()).toBeUndefined();
  store('a="1"; Version="1"; Path="/", b=2; Version=1');
  expect(header()).toBe('$Version=1; a="1"; $Path="/"; b="2"');
});
