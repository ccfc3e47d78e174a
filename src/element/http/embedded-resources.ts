import { JavaError, type JavaUrl, parseUri, parseUrl } from '../../java/index.js';
import { decode, defaults, Sample, type Test } from '../../model/index.js';
import { PageLinkError, pageLinks } from '../../query/index.js';
import { setError } from './error-sample.js';
import type { Ask, Asking, Taken } from './http-request.js';
import { sanitized } from './redirect-url.js';
import { resourceSettings, urlFilter } from './resource-settings.js';

/** Takes a resource's sample; `thread` is the one that downloads it when it is not the user's. */
type Take = (ask: Ask, depth: number, thread?: string) => Promise<Taken | undefined>;

/**
 * Adds the samples of a page's resources (HTTPSamplerBase.downloadPageResources 5.6.3): they stand in a container beside
 * the page itself (`own` = in any case), or in the one that is given; a page without any stays as it is.
 */
export async function withEmbeddedResources(
  page: Taken,
  asking: Asking,
  depth: number,
  take: Take,
  given?: Sample | 'own',
): Promise<Taken> {
  const thread = asking.thread ?? asking.user.threadName;
  const { maxDepth, separate } = resourceSettings(asking.user.test);
  if (depth > maxDepth) {
    const error = new JavaError('java.lang.Exception', 'Maximum frame/iframe nesting depth exceeded.');
    addSub(page.sample, failure(page.sample, error), thread);
    return page;
  }
  const urls = linksOf(page, asking.user.test);
  if (urls === undefined || urls.length === 0) return page;
  const container = given instanceof Sample ? given : separate || given ? containerOf(page.sample) : page.sample;
  await addResources(container, urls, asking, depth, take);
  return { sample: container, url: page.url };
}

/** undefined = nothing that can have resources; a page that cannot be read fails. */
function linksOf({ sample, url }: Taken, test: Test): readonly JavaUrl[] | undefined {
  if (sample.data.length === 0) return undefined;
  const parser = resourceSettings(test).parserOf(mediaType(sample));
  if (parser === undefined) return undefined;
  const text = decode(sample.data, sample.encoding ?? defaults.encoding);
  const userAgent = /User-Agent: (.*)/.exec(sample.requestHeaders)?.[1]?.trim();
  try {
    return pageLinks({ text, url, userAgent }, parser);
  } catch (error) {
    if (!(error instanceof PageLinkError)) throw error;
    const wrapped = new JavaError('org.apache.jmeter.protocol.http.parser.HTMLParseException', error.message);
    addSub(sample, failure(sample, wrapped), '');
    setFailed(sample, test);
    return undefined;
  }
}

/** The same in another thread, which has a sampler of its own (HTTPSamplerBase.ASyncSample). */
export function inThread(asking: Asking, thread: string): Asking {
  const { props, user, self, implementation } = asking;
  const md5 = props.md5 || resourceSettings(user.test).asMd5;
  return { user, self, implementation, thread, props: md5 === props.md5 ? props : { ...props, md5 } };
}

/** A Content-Type without its parameters. */
export const mediaType = ({ contentType }: Pick<Sample, 'contentType'>): string => {
  const end = contentType.search(/[; ]/);
  return (end < 0 ? contentType : contentType.slice(0, end)).toLowerCase();
};

/** The page again, with itself as its first sub-sample. */
function containerOf(page: Sample): Sample {
  const container = page.copy();
  container.subSamples = undefined;
  container.addRawSubSample(page);
  return container;
}

async function addResources(
  container: Sample,
  urls: readonly JavaUrl[],
  { props, user, thread = user.threadName }: Asking,
  depth: number,
  take: Take,
): Promise<void> {
  const { test } = user;
  const allowed = urlFilter(props.embeddedAllow, test, true);
  const excluded = urlFilter(props.embeddedExclude, test, false);
  const wanted = urls.map(escaped).filter((url) => allowed(url.toString()) && !excluded(url.toString()));
  const asks = wanted.map((url) => normalized(url));
  const parallel = props.concurrentDownload ? poolSize(props.concurrentPool) : 1;
  const add = (taken: Sample | undefined): void => {
    if (taken === undefined) return;
    addSub(container, taken, thread);
    if (!taken.success) setFailed(container, test);
  };
  const one = async (ask: JavaUrl | JavaError, by?: string): Promise<Sample | undefined> => {
    if (ask instanceof JavaError) return failure(container, ask);
    return (await take({ url: ask, method: 'GET', following: false }, depth + 1, by))?.sample;
  };
  if (parallel === 1) for (const ask of asks) add(await one(ask));
  else for (const taken of await inParallel(asks, parallel, threadsOf(test), one)) add(taken);
}

/** The threads that download beside those of the users: who was free last is taken first (ResourcesDownloader 5.6.3). */
class DownloadThreads {
  readonly #idle: string[] = [];
  /** As many threads without a name JMeter's process has made before. */
  #made = 3;

  take(): string {
    return this.#idle.pop() ?? `ResDownload-Thread-${this.#made++}`;
  }
  giveBack(thread: string): void {
    this.#idle.push(thread);
  }
}

const THREADS = {};
const threadsOf = (test: Test): DownloadThreads => test.state(THREADS, () => new DownloadThreads());

/** All of them, so many at a time, in their order. */
async function inParallel<A, B>(
  list: readonly A[],
  width: number,
  threads: DownloadThreads,
  work: (one: A, thread: string) => Promise<B>,
): Promise<B[]> {
  const results: B[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < list.length; i = next++) {
      const one = list[i];
      if (one === undefined) continue;
      const thread = threads.take();
      results[i] = await work(one, thread);
      threads.giveBack(thread);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, worker));
  return results;
}

/** A number that is none, or less than one, is six, as is JMeter's. */
function poolSize(text: string): number {
  const size = /^[+-]?\d+$/.test(text) ? Number(text) : 6;
  return size > 0 ? size : 6;
}

/** Encoded when it is no URI; one that cannot be mended stays as it is. */
function escaped(url: JavaUrl): JavaUrl {
  if (url.protocol === 'file') return url;
  try {
    return sanitized(url);
  } catch (error) {
    if (error instanceof JavaError) return url;
    throw error;
  }
}

/** `.` and `..` in the path are resolved as java.net.URI.normalize does; an error for what is no URI even so. */
function normalized(url: JavaUrl): JavaUrl | JavaError {
  const text = url.toString();
  try {
    parseUri(text);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    return new JavaError('java.lang.Exception', `${text} URI can not be normalized`);
  }
  if (!/\/\.{0,2}(?:\/|$)/.test(url.path)) return url;
  const path = normalPath(url.path);
  if (path === url.path) return url;
  const query = url.query === undefined ? '' : `?${url.query}`;
  const ref = url.ref === undefined ? '' : `#${url.ref}`;
  return parseUrl(`${url.protocol}://${url.authority ?? ''}${path}${query}${ref}`);
}

function normalPath(path: string): string {
  const parts: string[] = [];
  const segments = path.split('/').slice(1);
  const last = segments.at(-1) ?? '';
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(segment);
  }
  const folder = last === '' || last === '.' || last === '..';
  return `/${parts.join('/')}${folder && parts.length > 0 ? '/' : ''}`;
}

/** A sub-sample that could not be asked for; unlike JMeter's it does not hold those that came before it. */
function failure(parent: Sample, error: JavaError): Sample {
  const sample = parent.copy();
  sample.subSamples = undefined;
  return setError(sample, error);
}

/** The first sub-sample that is added tells the container its thread. */
function addSub(parent: Sample, sub: Sample, threadName: string): void {
  if (parent.threadName === '') parent.threadName = threadName;
  parent.addSubSample(sub);
}

function setFailed(container: Sample, test: Test): void {
  if (resourceSettings(test).ignoreFailed) return;
  container.success = false;
  let message = 'Embedded resource download error:';
  for (const sub of container.subSamples ?? [])
    if (!sub.success) message += `${sub.url ?? 'null'} code:${sub.code} message:${sub.message}, `;
  container.message = message;
}
