import { element, prop } from '../../model/index.js';
import { HTTP_IGNORED, httpProps } from './http-props.js';
import { httpSampler, takeHttpSample } from './http-sampler.js';
import { endHttpUser, startIteration } from './http-user.js';
import { takeBzmRequest } from './http2-request.js';

/** bzm HTTP2 Sampler 2.0 to 3.0: an HTTP Request over HTTP/2, or HTTP/1.1 where the server speaks nothing better. */
export const http2Sampler = element({
  tag: 'com.blazemeter.jmeter.http2.sampler.HTTP2Sampler',
  gui: 'com.blazemeter.jmeter.http2.sampler.gui.HTTP2SamplerGui',
  call: 'http2',
  props: {
    ...httpProps,
    /** Resources are loaded side by side unless the plan says otherwise. */
    concurrentDownload: prop.flag('HTTPSampler.concurrentDwn', true),
    /** HTTP/2 without TLS: asked for by an upgrade there, tried at once here. */
    upgrade: prop.flag('HTTP2Sampler.http1_upgrade'),
    priorKnowledge: prop.flag('HTTP2Sampler.http2PriorKnowledge'),
    http1: prop.flag('HTTP2Sampler.enableHttp1', true),
    http2: prop.flag('HTTP2Sampler.enableHttp2', true),
    alpn: prop.flag('HTTP2Sampler.alpnEnabled', true),
  },
  // HTTP/3 is not spoken; the plugin reads sync_request before the plan has set it.
  ignored: [
    ...HTTP_IGNORED,
    'HTTP2Sampler.sync_request',
    'HTTP2Sampler.profile',
    'HTTP2Sampler.enableHttp3',
    'HTTP2Sampler.fallbackEnabled',
    'HTTP2Sampler.protocolErrorFallbackEnabled',
    'HTTP2Sampler.altSvcCacheEnabled',
    'HTTP2Sampler.http1OnlyCacheEnabled',
    'HTTP2Sampler.h2cCacheEnabled',
    'HTTP2Sampler.happyEyeballsDelayMs',
    'HTTP2Sampler.http3BrokenCooldownMs',
    'HTTP2Sampler.http1OnlyCooldownMs',
    'HTTP2Sampler.h2cCacheTtlMs',
    'HTTP2Sampler.uiTabIndex',
  ],
  accepts: httpSampler.accepts ?? [],
  interruptible: true,
  sample(props, user, self) {
    const speaks = props.http2 && props.alpn;
    const terms = {
      http1: props.http1 || !speaks,
      http2: speaks,
      cleartext: speaks && (props.upgrade || props.priorKnowledge),
      userAgent: false,
    };
    return takeHttpSample(props, user, self, () => takeBzmRequest(terms));
  },
  threadIterationStart: (_props, user) => startIteration(user),
  threadFinished: (_props, user) => endHttpUser(user),
});
