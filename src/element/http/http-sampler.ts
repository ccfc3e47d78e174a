import type { JavaUrl } from '../../java/index.js';
import { element, Pending, type PlacedSampler, Sample, type User } from '../../model/index.js';
import { isRedirect } from './answer.js';
import { asked } from './asked.js';
import { inThread, withEmbeddedResources } from './embedded-resources.js';
import { setError } from './error-sample.js';
import { HTTP_IGNORED, type HttpProps, httpProps } from './http-props.js';
import { type Ask, type Asking, type Taken, type TakeRequest, type Taking, takenBy } from './http-request.js';
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
  asked,
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

/** Takes the sample of an HTTP sampler with all that follows from it, by the implementation that is chosen when the address is known. */
export function takeHttpSample(
  props: HttpProps,
  user: User,
  self: PlacedSampler,
  choose: (props: HttpProps, user: User, self: PlacedSampler) => TakeRequest,
): Sample | Pending<Sample | undefined> {
  let url: JavaUrl;
  let method: string;
  try {
    url = requestUrl(props, self);
    method = props.method;
  } catch (error) {
    return failedEarly(error);
  }
  let implementation: TakeRequest;
  try {
    implementation = choose(props, user, self);
  } catch (error) {
    return Object.assign(failedEarly(error), { label: props.name });
  }
  const sample = new NamedSample(props, user, self, implementation, url, method);
  sample.take();
  return sample;
}

/**
 * A sampler that asks, what it asks for first, and who hears of it: one small object, for there are as many as users wait. In
 * the end the sample has the sampler's name, whatever its way was; a text that throws makes a failed sample without one.
 */
class NamedSample extends Pending<Sample | undefined> implements Asking, Ask, Taking {
  readonly following = false;

  constructor(
    readonly props: HttpProps,
    readonly user: User,
    readonly self: PlacedSampler,
    readonly implementation: TakeRequest,
    readonly url: JavaUrl,
    readonly method: string,
  ) {
    super();
  }

  take(): void {
    try {
      this.implementation(this, this, this);
    } catch (error) {
      this.failed(error);
    }
  }

  taken(taken: Taken | undefined): void {
    const sample = this.#followed(taken);
    if (!(sample instanceof Promise)) this.settle(sample);
    else
      sample.then(
        (last) => this.settle(this.#named(last)),
        (error) => this.failed(error),
      );
  }

  #followed(taken: Taken | undefined): Sample | undefined | Promise<Taken | undefined> {
    try {
      return whatFollows(taken, this, this, 0) ?? this.#named(taken);
    } catch (error) {
      return failedEarly(error);
    }
  }

  #named(taken: Taken | undefined): Sample | undefined {
    if (taken === undefined) return undefined;
    try {
      taken.sample.label = this.props.name;
      return taken.sample;
    } catch (error) {
      return failedEarly(error);
    }
  }

  failed(error: unknown): void {
    this.settle(failedEarly(error));
  }
}

/** One request with all that follows from it; undefined = it was in the cache. */
export async function takeSample(asking: Asking, ask: Ask, depth: number): Promise<Taken | undefined> {
  const taken = await takenBy(asking.implementation, asking, ask);
  return whatFollows(taken, asking, ask, depth) ?? taken;
}

/** Redirects and resources (HTTPSamplerBase.resultProcessing 5.6.3); undefined = nothing follows. */
function whatFollows(
  taken: Taken | undefined,
  asking: Asking,
  ask: Ask,
  depth: number,
): Promise<Taken | undefined> | undefined {
  if (taken === undefined || taken.cached) return undefined;
  const { sample } = taken;
  if (!ask.following && isRedirect(sample) && asking.props.followRedirects)
    return redirected(taken, asking, depth).catch(failed(taken, asking));
  if (sample.success && sample.dataType === 'text' && asking.props.imageParser)
    return withResources(taken, asking, ask, depth).catch(failed(taken, asking));
  return undefined;
}

const redirected = (taken: Taken, asking: Asking, depth: number): Promise<Taken> =>
  followRedirects(taken, asking, (next) => takeSample(asking, next, depth));

const withResources = (taken: Taken, asking: Asking, { following }: Ask, depth: number): Promise<Taken> =>
  withEmbeddedResources(
    taken,
    asking,
    depth,
    (next, deeper, thread) => takeSample(forResource(asking, thread), next, deeper),
    following ? 'own' : undefined,
  );

function forResource(asking: Asking, thread: string | undefined): Asking {
  const { forResources } = asking.implementation;
  if (forResources !== undefined) return forResources(asking);
  return thread === undefined ? asking : inThread(asking, thread);
}

/** What follows belongs to the sample: a text that throws there makes an error of the sample that was taken. */
const failed =
  (taken: Taken, { implementation }: Asking) =>
  (error: unknown): Taken => {
    // HTTPJavaImpl catches nothing of the kind.
    if (implementation === takeJavaRequest) throw error;
    setError(taken.sample, error);
    return taken;
  };

/** An address that cannot be made: there is no request to name. */
export function failedEarly(error: unknown): Sample {
  const sample = new Sample();
  sample.http = { cookies: '', queryString: '' };
  return setError(sample, error);
}
