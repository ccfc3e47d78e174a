import { expect, it } from 'vitest';
import {
  cacheManager,
  freshAnswer,
  isFresh,
  saveInCache,
  validators,
} from '../../../src/element/config/cache-manager.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';

const NOW = 1_700_000_000_000;
const URL = 'http://localhost/a';

function cache(props: Record<string, Given> = {}, properties: Record<string, string> = {}, over = {}) {
  const test = fakeTest();
  for (const [name, value] of Object.entries(properties)) test.properties.set(name, value);
  const user = fakeUser({ test, ...over });
  Object.assign(test, { clock: { ...test.clock, now: () => NOW } });
  const manager = place(cacheManager, { props: { useExpires: 'true', ...props } });
  const iterate = () => cacheManager.threadIterationStart?.(manager.props(user), user, manager);
  iterate();
  return {
    test,
    iterate,
    save: (headers: Record<string, string>, { code = '200', method = 'GET', requestHeaders = '' } = {}) =>
      saveInCache(manager, user, { url: URL, method, code, requestHeaders, header: (name) => headers[name] }),
    fresh: (...headers: [string, string][]) => isFresh(manager, user, URL, pairs(headers)),
    asks: (...headers: [string, string][]) =>
      validators(manager, user, URL, pairs(headers)).map(({ name, value }) => `${name}: ${value}`),
  };
}
const pairs = (headers: [string, string][]) => headers.map(([name, value]) => ({ name, value }));

it.each<[Record<string, string>, boolean]>([
  [{ 'cache-control': 'max-age=10' }, true],
  [{ 'cache-control': 'private, max-age=10, x' }, true],
  [{ 'cache-control': 'max-age=0' }, false],
  [{ 'cache-control': 'no-store, max-age=10' }, false],
  [{ 'cache-control': 'no-cache, max-age=10' }, false],
  [{ expires: 'Wed, 01 Jan 2098 00:00:00 GMT' }, true],
  [{ expires: 'Wed, 01 Jan 2098 00:00:00 GMT', 'cache-control': 'no-cache' }, true],
  [{ expires: 'tomorrow' }, false],
  [{ etag: '"x"' }, true],
  [{ 'last-modified': 'Wed, 01 Jan 2020 00:00:00 GMT' }, true],
  [{ 'last-modified': 'Wed, 01 Jan 2020 00:00:00 GMT', date: 'Wed, 01 Jan 2020 00:00:00 GMT' }, false],
  [{ 'last-modified': 'Wed, 01 Jan 2020 00:00:00 GMT', date: 'Thu, 02 Jan 2020 00:00:00 GMT' }, true],
  [{ vary: 'Accept' }, false],
  [{ etag: '"x"', vary: '*' }, false],
])('an answer with %o is fresh: %s', (headers, fresh) => {
  const kept = cache();
  kept.save(headers);
  expect(kept.fresh()).toBe(fresh);
});

it('does not look at ages without useExpires, and only at methods and codes that can be kept', () => {
  const blind = cache({ useExpires: 'false' });
  blind.save({ etag: '"x"', 'cache-control': 'max-age=10, no-store' });
  expect([blind.fresh(), blind.asks()]).toEqual([false, ['If-None-Match: "x"']]);
  const kept = cache();
  kept.save({ etag: '"x"' }, { code: '404' });
  kept.save({ etag: '"x"' }, { method: 'POST' });
  expect(kept.asks()).toEqual([]);
  kept.save({ etag: '"x"' }, { code: '304' });
  expect(kept.asks()).toEqual(['If-None-Match: "x"']);
  const posts = cache({}, { cacheable_methods: 'get,post' });
  posts.save({ etag: '"x"' }, { method: 'POST' });
  expect(posts.fresh()).toBe(true);
});

it('keeps the first answer, unless it varies', () => {
  const kept = cache();
  kept.save({ etag: '"1"', 'last-modified': 'yesterday', 'cache-control': 'max-age=0' });
  kept.save({ etag: '"2"' });
  expect(kept.asks()).toEqual(['If-Modified-Since: yesterday', 'If-None-Match: "1"']);
  const varied = cache();
  varied.save({ etag: '"de"', vary: 'Language, X' }, { requestHeaders: 'Language: de\n' });
  varied.save({ etag: '"en"', vary: 'Language, X' }, { requestHeaders: 'Language: en\n' });
  expect(varied.asks(['Language', 'de'])).toEqual(['If-None-Match: "de"']);
  expect(varied.fresh(['Language', 'en'])).toBe(true);
  expect(varied.fresh(['language', 'en'])).toBe(false);
});

it('fails samples as JMeter does on what it cannot read', () => {
  const { save } = cache();
  expect(() => save({ 'cache-control': 'max-age=x' })).toThrow('For input string: "x"');
  expect(() => save({ 'cache-control': 'max-age=,' })).toThrow('Index 0 out of bounds for length 0');
  expect(() => save({ 'last-modified': 'x', date: 'y' })).toThrow('because "responseDate" is null');
});

it('forgets at each iteration when told so, or with a new user', () => {
  const kept = (props: Record<string, Given>, over = {}) => {
    const one = cache(props, {}, over);
    one.save({ etag: '"x"' });
    one.iterate();
    return one.fresh();
  };
  expect(kept({})).toBe(true);
  expect(kept({ clearEachIteration: 'true' })).toBe(false);
  const byGroup = { 'CacheManager.controlledByThread': 'true', clearEachIteration: 'true' };
  expect(kept(byGroup, { sameUserOnNextIteration: true })).toBe(true);
  expect(kept(byGroup, { sameUserOnNextIteration: false })).toBe(false);
});

it('holds no more than it may', () => {
  const kept = cache({ maxSize: '0' });
  kept.save({ etag: '"x"' });
  expect(kept.fresh()).toBe(false);
});

it('stands for a fresh answer as its property says', () => {
  const answer = (properties: Record<string, string>) => freshAnswer(cache({}, properties).test);
  expect(answer({})).toBeUndefined();
  expect(answer({ 'cache_manager.cached_resource_mode': 'RETURN_200_CACHE' })).toEqual({
    code: '200',
    message: '(ex cache)',
  });
  const custom = { 'cache_manager.cached_resource_mode': 'RETURN_CUSTOM_STATUS', 'RETURN_CUSTOM_STATUS.code': '299' };
  expect(answer(custom)).toEqual({ code: '299', message: '' });
});
