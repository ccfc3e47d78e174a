import { element } from '../../model/index.js';
import { problems } from '../../problem.js';

/** The sampler of the bzm HTTP2 plugin 1.x, which later versions do not run either. */
export const http2RequestV1 = element({
  tag: 'com.blazemeter.jmeter.http2.sampler.HTTP2Request',
  gui: 'com.blazemeter.jmeter.http2.sampler.gui.HTTP2RequestGui',
  call: 'http2.v1',
  props: {},
  ignored: ['*'],
  check: () => [
    problems.elementCannotRun(
      'this is the HTTP2 Request of plugin 1.x, which versions 2 and 3 convert in the window only; open the plan there and save it, or use an HTTP Request with -Jmeterless.http2=true',
    ),
  ],
  sample: () => undefined,
});
