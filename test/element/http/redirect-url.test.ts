import { expect, it } from 'vitest';
import { redirectUrl } from '../../../src/element/http/redirect-url.js';
import { parseUrl, urlOfParts } from '../../../src/java/index.js';

it('takes the path of a sampler to reach up to its last question mark, and that of a redirect up to its first', () => {
  const asked = urlOfParts('http', 'localhost', 8080, '/reply?to=../a/b?x=1');
  const first = redirectUrl(asked, '../a/b?x=1', true);
  expect(first.toString()).toBe('http://localhost:8080/reply?to=../a/b?x=1');
  expect(redirectUrl(first, '../a/b?x=1', true).toString()).toBe('http://localhost:8080/a/b?x=1');
});

it('encodes what is no address, escapes too', () => {
  expect(redirectUrl(parseUrl('http://h/p'), '/a b|c', true).toString()).toBe('http://h/a%2520b%7Cc');
});
