import { type Awaitable, element, type PlacedSampler, Sample, type User } from '../../model/index.js';
import { isRedirect } from './answer.js';
import { withEmbeddedResources } from './embedded-resources.js';
import { setError } from './error-sample.js';
import { HTTP_IGNORED, type HttpProps, httpProps } from './http-props.js';
import type { Ask, Asking, Taken, TakeRequest } from './http-request.js';
import { endHttpUser, startIteration } from './http-user.js';
import { implementationOf } from './implementation.js';
import { takeJavaRequest } from './java-request.js';
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
  sample: (props, user, self) => takeHttpSample(props, user, self, implementationOf),
  threadIterationStart: (_props, user) => startIteration(user),
  threadFinished: (_props, user) => endHttpUser(user),
});

/** The same, always by Java's own client: what plans from before 2.5 write, with the class in full. */
export const javaHttpSampler = element({
  ...httpSampler,
  tag: 'org.apache.jmeter.protocol.http.sampler.HTTPSampler',
  gui: 'HttpTestSampleGui',
  call: 'http.java',
  sample: (props, user, self) => takeHttpSample(props, user, self, () => takeJavaRequest),
});

/** Takes the sample with all that follows from it, by the implementation that is chosen when the address is known. */
function takeHttpSample(
  props: HttpProps,
  user: User,
  self: PlacedSampler,
  choose: (props: HttpProps, user: User, self: PlacedSampler) => TakeRequest,
): Awaitable<Sample | undefined> {
  let ask: Ask;
  try {
    const url = requestUrl(props, self);
    ask = { url, method: props.method, following: false };
  } catch (error) {
    return failedEarly(error);
  }
  let implementation: TakeRequest;
  try {
    implementation = choose(props, user, self);
  } catch (error) {
    return Object.assign(failedEarly(error), { label: props.name });
  }
  return named(takeSample({ props, user, self, implementation }, ask, 0), props);
}

async function named(taken: Promise<Taken | undefined>, props: HttpProps): Promise<Sample | undefined> {
  const sample = (await taken)?.sample;
  if (sample !== undefined) sample.label = props.name;
  return sample;
}

/** One request with all that follows from it (HTTPSamplerBase.resultProcessing 5.6.3); undefined = it was in the cache. */
export async function takeSample(asking: Asking, ask: Ask, depth: number): Promise<Taken | undefined> {
  const taken = await asking.implementation(asking, ask);
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
