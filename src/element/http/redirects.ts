import { JavaError } from '../../java/index.js';
import { defaults, type Sample } from '../../model/index.js';
import { isRedirect } from './answer.js';
import { setError } from './error-sample.js';
import type { Ask, Asking, Taken } from './http-request.js';
import { settingsOf } from './http-settings.js';
import { redirectUrl } from './redirect-url.js';

/** Takes the sample of a hop with all that belongs to it; undefined = it was in the cache and there is none. */
export type TakeHop = (ask: Ask) => Promise<Taken | undefined>;

/**
 * Follows redirects, one sub-sample for each hop (HTTPSamplerBase.followRedirects 5.6.3). Throws NullPointerException for one
 * that names no place.
 */
export async function followRedirects(first: Taken, { user, thread }: Asking, take: TakeHop): Promise<Taken> {
  const { maxRedirects, removeSlashDotDot } = settingsOf(user.test);
  const total = first.sample.copy();
  // A copy that shares the list would grow the first sample too.
  total.subSamples = undefined;
  total.addRawSubSample(first.sample);
  let last = first;
  let hops = 0;
  for (; hops < maxRedirects; hops++) {
    const before = last;
    const location = last.sample.http?.redirectLocation;
    // The Java implementation gets here without one.
    if (location === undefined) throw new JavaError('java.lang.NullPointerException', NO_LOCATION);
    let valid = true;
    try {
      const url = redirectUrl(last.url, location, removeSlashDotDot);
      const method = last.sample.http?.method === 'HEAD' ? 'HEAD' : 'GET';
      const taken = await take({ url, method, following: true });
      if (taken === undefined) break;
      last = taken;
    } catch (error) {
      setError(last.sample, error);
      valid = false;
    }
    const { subSamples } = last.sample;
    if (valid || last !== before)
      for (const sub of subSamples?.length ? subSamples : [last.sample]) addHop(total, sub, thread ?? user.threadName);
    if (!isRedirect(last.sample)) break;
  }
  if (hops >= maxRedirects) {
    const sample = last.sample.copy();
    setError(sample, new JavaError('java.io.IOException', `Exceeded maximum number of redirects: ${maxRedirects}`));
    addHop(total, sample, thread ?? user.threadName);
    last = { sample, url: last.url };
  }
  return { sample: withOutcome(total, last.sample), url: last.url };
}

const NO_LOCATION = 'Cannot invoke "String.indexOf(int)" because "source" is null';

/** A parent that has no thread yet gives its sub-samples the one that runs. */
export function addHop(parent: Sample, sub: Sample, threadName: string): void {
  sub.threadName = threadName;
  parent.addSubSample(sub, defaults.renameSubSamples);
}

/** The container tells the end of the way. */
function withOutcome(total: Sample, last: Sample): Sample {
  total.label = `${total.label}->${last.label}`;
  total.url = last.url;
  if (total.http && last.http) {
    if (last.http.method !== undefined) total.http.method = last.http.method;
    total.http.queryString = last.http.queryString ?? '';
  }
  total.requestHeaders = last.requestHeaders;
  total.setData(last.data);
  total.code = last.code;
  total.success = last.success;
  total.message = last.message;
  total.dataType = last.dataType;
  total.responseHeaders = last.responseHeaders;
  total.contentType = last.contentType;
  total.encoding = last.encoding;
  return total;
}
