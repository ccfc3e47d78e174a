import { expect, it } from 'vitest';
import { requestUrl } from '../../../src/element/http/request-url.js';
import { fakeUser } from '../../kit.js';
import { sampler } from './taken.js';

it('makes each address anew of what has changed since the last one', () => {
  const placed = sampler(0, { domain: '${host}', port: '${port}', path: '${path}', protocol: '${protocol}' });
  const user = fakeUser();
  const made = (path: string, host = 'a', port = '81', protocol = 'http'): unknown => {
    for (const [name, value] of Object.entries({ path, host, port, protocol })) user.variables.put(name, value);
    const url = requestUrl(placed.props(user), placed);
    return [url.toString(), url.host, url.port, url.path, url.query, url.ref, url.file, url.secure];
  };
  expect(made('/x')).toEqual(['http://a:81/x', 'a', 81, '/x', undefined, undefined, '/x', false]);
  expect(made('y z?q=1?2')).toEqual([
    'http://a:81/y%20z?q=1?2',
    'a',
    81,
    '/y%20z?q=1',
    '2',
    undefined,
    '/y%20z?q=1?2',
    false,
  ]);
  expect(made('/y#f')).toEqual(['http://a:81/y#f', 'a', 81, '/y', undefined, 'f', '/y', false]);
  expect(made('/y#f', 'b')).toEqual(['http://b:81/y#f', 'b', 81, '/y', undefined, 'f', '/y', false]);
  expect(made('/y', 'b', '80')).toEqual(['http://b/y', 'b', -1, '/y', undefined, undefined, '/y', false]);
  expect(made('/y', 'b', '80', 'HTTPS')).toEqual(['https://b:80/y', 'b', 80, '/y', undefined, undefined, '/y', true]);
  expect(made('http://c/d?', 'b')).toEqual(['http://c/d?', 'c', -1, '/d', '', undefined, '/d?', false]);
  expect(made('/', 'b', '80', 'HTTPS')).toEqual(['https://b:80/', 'b', 80, '/', undefined, undefined, '/', true]);
  expect(() => made('/', 'b?', '80', 'HTTPS')).toThrow("Illegal character found in host: '?'");
});

it('is the same object as long as nothing changes', () => {
  const placed = sampler(81, { path: '/${n}' });
  const user = fakeUser();
  const made = () => requestUrl(placed.props(user), placed);
  expect(made()).toBe(made());
});
