import type { JavaUrl } from '../../java/index.js';
import { decode, defaults, type HttpDetails, Sample } from '../../model/index.js';
import { allFields, type Call, type ResponseHead } from '../../protocol/index.js';
import { type CacheManager, cacheManagerOf, freshAnswer, saveInCache } from '../config/cache-manager.js';
import { cookieManagerOf, storeCookie } from '../config/cookie-manager.js';
import type { Ask, Asking, Taken } from './http-request.js';

/** What a sample tells of its request before anything is sent. */
export const httpDetails = ({ method }: Ask): HttpDetails => ({ method, queryString: '', cookies: '' });

/** A sample that knows what is asked for. */
export function newSample({ props }: Asking, ask: Ask, http = httpDetails(ask)): Sample {
  const sample = new Sample();
  sample.http = http;
  sample.url = ask.url.toString();
  sample.label = defaults.renameSubSamples ? props.name : sample.url;
  return sample;
}

/** The cache that may have a fresh answer, so that the request need not be sent. */
export function cacheFor({ self }: Asking, { method }: Ask): CacheManager | undefined {
  const manager = cacheManagerOf(self);
  return manager !== undefined && method.toUpperCase() === 'GET' ? manager : undefined;
}

/** The sample in place of one that is not sent; undefined = there is none. */
export function freshTaken(sample: Sample, { user }: Asking, { url }: Ask): Taken | undefined {
  const answer = freshAnswer(user.test);
  if (answer === undefined) return undefined;
  sample.end(user.test.clock.now());
  sample.code = answer.code;
  sample.message = answer.message;
  sample.success = true;
  return { sample, url, cached: true };
}

/** What was kept of the body; HTML may tell its type itself. */
export function setBody(sample: Sample, call: Pick<Call, 'body' | 'text' | 'bodySize' | 'request'>): void {
  if (call.request.intake?.md5 && call.bodySize > 0) sample.explicitBytes = call.bodySize;
  if (call.text === undefined) sample.setData(call.body);
  else sample.setAscii(call.text);
  if (sample.encoding === undefined && sample.contentType.startsWith('text/html')) setMetaType(sample);
}

/** Takes the Set-Cookie headers of an answer from there. */
export function storeCookies({ user, self }: Asking, url: JavaUrl, headers: readonly string[]): void {
  if (headers.length === 0) return;
  const manager = cookieManagerOf(self);
  if (manager === undefined) return;
  for (const value of headers) storeCookie(manager, user, value, url);
}

/** Tells the cache manager how long the answer of its (last) address holds. */
export function saveAge({ user, self }: Asking, { method }: Ask, sample: Sample, head: ResponseHead): void {
  const manager = cacheManagerOf(self);
  if (manager === undefined) return;
  const { code, url = '', requestHeaders } = sample;
  saveInCache(manager, user, { url, method, code, requestHeaders, header: lastOf(head) });
}

/** The last header of a name (lower case). */
const lastOf = (head: ResponseHead) => (name: string) => allFields(head, name).at(-1);

/** Codes that redirect; 307 only what may be asked twice. */
export function isRedirect({ code, http }: Sample): boolean {
  switch (code) {
    case '301':
    case '302':
    case '303':
    case '308':
      return true;
    case '307':
      return http?.method === 'GET' || http?.method === 'HEAD';
    default:
      return false;
  }
}

const META = '<meta http-equiv="content-type" content="';

/** HTML may tell its type itself, in its first 2,000 bytes (HTTPSampleResult.getDataEncodingNoDefault). */
function setMetaType(sample: Sample): void {
  const start = decode(sample.data.subarray(0, 2000), 'ISO-8859-1');
  const at = start.toLowerCase().indexOf(META);
  if (at < 0) return;
  const end = start.indexOf('"', at + META.length);
  if (end < 0) return;
  // Only its charset counts.
  const { contentType, dataType } = sample;
  sample.setContentType(start.slice(at + META.length, end));
  sample.contentType = contentType;
  sample.dataType = dataType;
}
