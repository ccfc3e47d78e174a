import { expect, it } from 'vitest';
import { authManager, authorizerOf, basicHeaderFor } from '../../../src/element/config/auth-manager.js';
import { parseUrl } from '../../../src/java/index.js';
import type { PlacedSampler } from '../../../src/model/index.js';
import { type HttpRequest, RequestHeaders, targetOf } from '../../../src/protocol/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';

const login = (url: string, user: string, over: Record<string, string> = {}): Given => ({
  'Authorization.url': url,
  'Authorization.username': user,
  'Authorization.password': 'p',
  'Authorization.domain': '',
  'Authorization.realm': '',
  ...over,
});

function manager(...logins: Given[]) {
  const placed = place(authManager, { props: { 'AuthManager.auth_list': logins } });
  const self = { configs: () => [placed] } as unknown as PlacedSampler;
  const user = fakeUser({ test: fakeTest() });
  const request = (url: string): HttpRequest => ({
    method: 'GET',
    target: targetOf(parseUrl(url)),
    headers: new RequestHeaders([]),
    cookie: undefined,
    entity: undefined,
    connectTimeout: 0,
    responseTimeout: 0,
    proxy: undefined,
    localAddress: undefined,
    follow: undefined,
    keepBody: true,
  });
  return {
    ahead: (url: string) => decoded(authorizerOf(self, user)?.header(request(url))),
    java: (url: string) => decoded(basicHeaderFor(self, user, parseUrl(url))),
  };
}
const decoded = (header: string | undefined): string | undefined =>
  header && Buffer.from(header.slice('Basic '.length), 'base64').toString('utf8');

it('takes the first entry that the address begins with, with the default port or without', () => {
  const { ahead } = manager(
    login('http://h/a/b', 'one'),
    login('http://h:80/a', 'two'),
    login('http://h:81/', 'three'),
  );
  expect(ahead('http://h/a/b?c=d')).toBe('one:p');
  expect(ahead('http://h:80/a/b')).toBe('one:p');
  expect(ahead('http://h/a/x')).toBe('two:p');
  expect(ahead('http://h:81/a')).toBe('three:p');
  expect(ahead('http://h/x')).toBeUndefined();
  expect(ahead('https://h/a')).toBeUndefined();
});

it('puts the domain before the name, and sends nothing ahead for Digest', () => {
  const { ahead } = manager(
    login('http://h/a', 'ann', { 'Authorization.domain': 'corp' }),
    login('http://h/d', 'bob', { 'Authorization.mechanism': 'DIGEST' }),
  );
  expect(ahead('http://h/a')).toBe('CORP\\ann:p');
  expect(ahead('http://h/d')).toBeUndefined();
});

it('keeps logins as HttpClient does: one for any realm goes before one for a named realm, until a request has none', () => {
  const { ahead } = manager(
    login('http://h/any', 'ann'),
    login('http://h/named', 'bob', { 'Authorization.realm': 'r' }),
  );
  expect(ahead('http://h/named')).toBe('bob:p');
  expect(ahead('http://h/any')).toBe('ann:p');
  expect(ahead('http://h/named')).toBe('ann:p');
  expect(ahead('http://h/other')).toBeUndefined();
  expect(ahead('http://h/named')).toBe('bob:p');
});

it('fails samples on a mechanism that is none', () => {
  const { ahead } = manager(login('http://h/', 'ann', { 'Authorization.mechanism': 'NONSENSE' }));
  expect(() => ahead('http://h/')).toThrow(
    'No enum constant org.apache.jmeter.protocol.http.control.AuthManager.Mechanism.NONSENSE',
  );
});

it('knows for the Java implementation neither domains nor mechanisms', () => {
  const { java } = manager(
    login('http://h/', 'änn', { 'Authorization.domain': 'corp', 'Authorization.mechanism': 'DIGEST' }),
  );
  expect(java('http://h/x')).toBe('änn:p');
  expect(java('http://other/')).toBeUndefined();
});

it('refuses Kerberos before the run', () => {
  const plan = place(authManager, {
    props: { 'AuthManager.auth_list': [login('http://h/', 'ann', { 'Authorization.mechanism': 'KERBEROS' })] },
  }).plan;
  expect(authManager.check?.(plan, {} as never)).toMatchObject([{ code: 'E215' }]);
});
