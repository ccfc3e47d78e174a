import { JavaError, type JavaUrl } from '../../java/index.js';
import { element, Sample } from '../../model/index.js';
import { withEmbeddedResources } from './embedded-resources.js';
import { setError } from './error-sample.js';
import { HTTP_IGNORED, type HttpProps, httpProps } from './http-props.js';
import { type Ask, type Asking, isRedirect, type Taken, takeRequest } from './http-request.js';
import { settingsOf } from './http-settings.js';
import { endHttpUser, startIteration } from './http-user.js';
import { followRedirects } from './redirects.js';
import { requestUrl } from './request-url.js';

/** Sends an HTTP request and takes the answer, with its redirects and the resources of its page if told so. */
export const httpSampler = element({
  tag: ['HTTPSamplerProxy', 'HTTPSampler', 'HTTPSampler2'],
  gui: ['HttpTestSampleGui', 'HttpTestSampleGui2', 'GraphQLHTTPSamplerGui'],
  call: 'http',
  props: httpProps,
  ignored: HTTP_IGNORED,
  accepts: [
    'LoginConfigGui',
    'HttpDefaultsGui',
    'SimpleConfigGui',
    'HeaderPanel',
    'DNSCachePanel',
    'AuthPanel',
    'CacheManagerGui',
    'CookiePanel',
    'TestBeanGUI',
  ],
  interruptible: true,
  sample(props, user, self) {
    const asking = { props, user, self };
    let url: JavaUrl;
    let method: string;
    try {
      url = requestUrl(props, self);
      ({ method } = props);
    } catch (error) {
      return failedEarly(error);
    }
    const wrong = wrongImplementation(asking);
    if (wrong !== undefined) return Object.assign(failedEarly(wrong), { label: props.name });
    return named(takeSample(asking, { url, method, following: false }, 0), props);
  },
  threadIterationStart: (_props, user) => startIteration(user),
  threadFinished: (_props, user) => endHttpUser(user),
});

async function named(taken: Promise<Taken | undefined>, props: HttpProps): Promise<Sample | undefined> {
  const sample = (await taken)?.sample;
  if (sample !== undefined) sample.label = props.name;
  return sample;
}

/** One request with all that follows from it (HTTPSamplerBase.resultProcessing 5.6.3); undefined = it was in the cache. */
export async function takeSample(asking: Asking, ask: Ask, depth: number): Promise<Taken | undefined> {
  const taken = await takeRequest(asking, ask);
  if (taken === undefined || taken.cached) return taken;
  const take = (next: Ask, deeper = depth): Promise<Taken | undefined> => takeSample(asking, next, deeper);
  if (!ask.following && isRedirect(taken.sample) && asking.props.followRedirects)
    return followRedirects(taken, asking, take);
  const { sample } = taken;
  if (sample.success && sample.dataType === 'text' && asking.props.imageParser)
    return withEmbeddedResources(taken, asking, depth, take);
  return taken;
}

/** An address that cannot be made: there is no request to name. */
function failedEarly(error: unknown): Sample {
  const sample = new Sample();
  sample.http = { cookies: '', queryString: '' };
  return setError(sample, error);
}

const KNOWN = new Set(['HttpClient4', 'HttpClient3.1', 'Java', 'HTTPSampler']);

function wrongImplementation({ props, user }: Asking): JavaError | undefined {
  const given = props.implementation;
  const name = given.trim() === '' ? settingsOf(user.test).implementation : given;
  if (KNOWN.has(name)) return undefined;
  return new JavaError('java.lang.IllegalArgumentException', `Unknown implementation type: '${name}'`);
}
