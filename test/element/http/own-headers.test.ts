import { expect, it } from 'vitest';
import { headerManager, headersOf } from '../../../src/element/config/header-manager.js';
import { ownHeaders } from '../../../src/element/http/own-headers.js';
import { urlOfParts } from '../../../src/java/index.js';
import { fakeUser } from '../../kit.js';
import { place } from '../../kit-element.js';
import { sampler } from './taken.js';

const URL = urlOfParts('http', 'h', 81, '/');
const managerOf = (...list: readonly (readonly [name: string, value: string])[]) =>
  place(headerManager, {
    props: { 'HeaderManager.headers': list.map(([name, value]) => ({ 'Header.name': name, 'Header.value': value })) },
  });

it('are evaluated for each request, and are the same object where nothing can change', () => {
  const user = fakeUser();
  const made = (placed: ReturnType<typeof sampler>, value: string, keepAlive = true, url = URL) => {
    user.variables.put('v', value);
    return ownHeaders(placed, user, url, keepAlive);
  };
  const varying = sampler(1, {}, undefined, undefined, [managerOf(['Host', 'x'], ['A', '${v}'], ['${v}', 'b'])]);
  expect(made(varying, '1').toString()).toBe('Connection: keep-alive\nHost: x:81\nA: 1\n1: b\n');
  expect(made(varying, 'Content-Length').toString()).toBe('Connection: keep-alive\nHost: x:81\nA: Content-Length\n');
  expect(made(varying, '2', false).toString()).toBe('Connection: close\nHost: x:81\nA: 2\n2: b\n');
  expect(made(varying, '2', false, urlOfParts('http', 'h', -1, '/')).toString()).toContain('\nHost: x\n');
  const fixed = sampler(1, {}, undefined, undefined, [managerOf(['A', 'a']), managerOf(['a', 'no'], ['B', 'b'])]);
  expect(made(fixed, '1')).toBe(made(fixed, '2'));
  expect(made(fixed, '1').toString()).toBe('Connection: keep-alive\nA: a\nB: b\n');
  expect(made(fixed, '1', false).toString()).toBe('Connection: close\nA: a\nB: b\n');
});

it('of managers further out are left out by the names that the nearer ones have now', () => {
  const user = fakeUser();
  const placed = sampler(1, {}, undefined, undefined, [managerOf(['${n}', '1']), managerOf(['X', '2'], ['Y', '${n}'])]);
  const names = (n: string): unknown => {
    user.variables.put('n', n);
    return headersOf(placed, user)?.map(({ name, value }) => `${name}=${value}`);
  };
  expect(names('x')).toEqual(['x=1', 'Y=x']);
  expect(names('y')).toEqual(['y=1', 'X=2']);
  expect(headersOf(sampler(1, {}), user)).toBeUndefined();
});
