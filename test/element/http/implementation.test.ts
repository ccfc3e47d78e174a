import { expect, it } from 'vitest';
import { takeRequest } from '../../../src/element/http/http-request.js';
import { implementationOf } from '../../../src/element/http/implementation.js';
import { takeJavaRequest } from '../../../src/element/http/java-request.js';
import { fakeUser } from '../../kit.js';
import { sampler } from './taken.js';

it('is chosen with the first sample of each sampler, for each user, and then stays', () => {
  const a = sampler(1, { implementation: '${name}' });
  const b = sampler(2, { implementation: '${name}' });
  const c = sampler(3, { implementation: '${name}' });
  const user = fakeUser();
  const of = (placed: typeof a, name: string, by = user) => {
    by.variables.put('name', name);
    return implementationOf(placed.props(by), by, placed);
  };
  expect(of(a, 'Java')).toBe(takeJavaRequest);
  expect(of(b, 'HttpClient4')).toBe(takeRequest);
  expect(() => of(c, 'x')).toThrow("Unknown implementation type: 'x'");
  expect(of(c, 'Java')).toBe(takeJavaRequest);
  for (const placed of [a, b, c, c, b, a, b, b, c, a])
    expect(of(placed, 'x')).toBe(placed === b ? takeRequest : takeJavaRequest);
  expect(of(a, 'HttpClient4', fakeUser())).toBe(takeRequest);
});
