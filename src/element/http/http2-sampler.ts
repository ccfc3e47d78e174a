import { element, type PlacedSampler, prop, type User } from '../../model/index.js';
import { type BzmBehavior, bzmTerms } from './bzm-client.js';
import { takeBzmRequest } from './bzm-request.js';
import { HTTP_IGNORED, httpProps } from './http-props.js';
import type { TakeRequest } from './http-request.js';
import { httpSampler, takeHttpSample } from './http-sampler.js';
import { endHttpUser, httpUserOf } from './http-user.js';

/** bzm HTTP2 Sampler 2.0 to 3.0: an HTTP Request over HTTP/2, or HTTP/1.1 where the server speaks nothing better. */
export const http2Sampler = element({
  tag: 'com.blazemeter.jmeter.http2.sampler.HTTP2Sampler',
  gui: 'com.blazemeter.jmeter.http2.sampler.gui.HTTP2SamplerGui',
  call: 'http2',
  props: {
    ...httpProps,
    /** Resources are loaded side by side unless the plan says otherwise. */
    concurrentDownload: prop.flag('HTTPSampler.concurrentDwn', true),
    profile: prop.text('HTTP2Sampler.profile'),
    /** HTTP/2 without TLS: asked for by an upgrade, or begun with. */
    upgrade: prop.text('HTTP2Sampler.http1_upgrade'),
    priorKnowledge: prop.text('HTTP2Sampler.http2PriorKnowledge'),
    http1: prop.text('HTTP2Sampler.enableHttp1'),
    http2: prop.text('HTTP2Sampler.enableHttp2'),
    http3: prop.text('HTTP2Sampler.enableHttp3'),
    alpn: prop.text('HTTP2Sampler.alpnEnabled'),
    fallback: prop.text('HTTP2Sampler.fallbackEnabled'),
    protocolErrorFallback: prop.text('HTTP2Sampler.protocolErrorFallbackEnabled'),
    h2cCache: prop.text('HTTP2Sampler.h2cCacheEnabled'),
    http1Cache: prop.text('HTTP2Sampler.http1OnlyCacheEnabled'),
  },
  // HTTP/3 is not spoken; the plugin reads sync_request before the plan has set it.
  ignored: [
    ...HTTP_IGNORED,
    'HTTP2Sampler.sync_request',
    'HTTP2Sampler.altSvcCacheEnabled',
    'HTTP2Sampler.happyEyeballsDelayMs',
    'HTTP2Sampler.http3BrokenCooldownMs',
    'HTTP2Sampler.http1OnlyCooldownMs',
    'HTTP2Sampler.h2cCacheTtlMs',
    'HTTP2Sampler.uiTabIndex',
  ],
  accepts: httpSampler.accepts ?? [],
  interruptible: true,
  sample: (props, user, self) => takeHttpSample(props, user, self, () => takerOf(props, user, self)),
  threadFinished: (_props, user) => endHttpUser(user),
});

/** Chosen with the first sample of a user. */
function takerOf(props: BzmBehavior, user: User, self: PlacedSampler): TakeRequest {
  const http = httpUserOf(user);
  const known = http.implementationOf(self);
  if (known !== undefined) return known;
  const take = takeBzmRequest(bzmTerms(props, user.test));
  http.choose(self, take);
  return take;
}
