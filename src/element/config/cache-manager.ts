import { element, type Placed, type PlacedSampler, prop, type Test, type User } from '../../model/index.js';
import { type CachedAnswer, ResponseCache } from './response-cache.js';

/** Keeps what each user was told of an answer's age, so that it asks again only when it has to. */
export const cacheManager = element({
  tag: 'CacheManager',
  gui: 'CacheManagerGui',
  call: 'http.cache',
  props: {
    clearEachIteration: prop.flag('clearEachIteration'),
    useExpires: prop.flag('useExpires'),
    maxSize: prop.int('maxSize', 5000),
    controlledByThread: prop.flag('CacheManager.controlledByThread'),
  },
  config: { merges: false },
  threadIterationStart(props, user, self) {
    const kept = keptBy(self, user);
    const clears = props.controlledByThread ? !user.sameUserOnNextIteration : props.clearEachIteration;
    if (clears) kept.cache = undefined;
    kept.useExpires = props.useExpires;
  },
});

export type CacheManager = Placed<typeof cacheManager.props>;

/** The manager that a sampler uses: the outermost, for each one found replaces the one before. */
export const cacheManagerOf = (self: PlacedSampler): CacheManager | undefined => self.configs(cacheManager).at(-1);

/** A header of a request or an answer. */
export interface CacheHeader {
  readonly name: string;
  readonly value: string;
}

/** The headers by which a request asks whether what is kept still holds. */
export function validators(
  manager: CacheManager,
  user: User,
  url: string,
  headers: readonly CacheHeader[],
): readonly CacheHeader[] {
  const entry = keptBy(manager, user).cache?.entry(url, headers);
  if (entry === undefined) return [];
  const { lastModified, etag } = entry;
  const added: CacheHeader[] = [];
  if (lastModified !== undefined) added.push({ name: 'If-Modified-Since', value: lastModified });
  if (etag !== undefined) added.push({ name: 'If-None-Match', value: etag });
  return added;
}

/** Whether a GET need not be sent. */
export function isFresh(manager: CacheManager, user: User, url: string, headers: readonly CacheHeader[]): boolean {
  const expires = keptBy(manager, user).cache?.entry(url, headers)?.expires;
  return expires !== undefined && expires > user.test.clock.now();
}

/** Takes in what an answer says of its age. Throws JavaError for ages and dates that JMeter cannot read. */
export function saveInCache(manager: CacheManager, user: User, answer: CachedAnswer): void {
  const { code, method } = answer;
  const good = ('200' <= code && code <= '299') || code === '304';
  if (!good || answer.header('vary') === '*' || !cacheableMethods(user.test).has(method.toUpperCase())) return;
  const kept = keptBy(manager, user);
  kept.cache ??= new ResponseCache(manager.props(user).maxSize);
  kept.cache.save(answer, { useExpires: kept.useExpires, now: user.test.clock.now() });
}

/** What stands for an answer that is still fresh; undefined = nothing does. */
export function freshAnswer({ properties }: Test): { readonly code: string; readonly message: string } | undefined {
  switch (properties.get('cache_manager.cached_resource_mode', 'RETURN_NO_SAMPLE')) {
    case 'RETURN_200_CACHE':
      return { code: '200', message: properties.get('RETURN_200_CACHE.message', '(ex cache)') };
    case 'RETURN_CUSTOM_STATUS':
      return {
        code: properties.get('RETURN_CUSTOM_STATUS.code', ''),
        message: properties.get('RETURN_CUSTOM_STATUS.message', ''),
      };
    default:
      return undefined;
  }
}

/** What one user keeps; whether expiry counts is looked up at the start of each iteration. */
interface Kept {
  cache: ResponseCache | undefined;
  useExpires: boolean;
}
const keptBy = (manager: CacheManager, user: User): Kept =>
  user.state<Kept>(manager, () => ({ cache: undefined, useExpires: false }));

const METHODS = {};
const cacheableMethods = (test: Test): ReadonlySet<string> =>
  test.state(METHODS, () => new Set(test.properties.get('cacheable_methods', 'GET').toUpperCase().split(/[ ,]/)));
