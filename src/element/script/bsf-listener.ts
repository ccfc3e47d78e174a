import { element } from '../../model/index.js';
import { bsfProps, checkBsf, runQuietly } from './bsf.js';

/** BSF Listener: a script for each sample in its scope, which finds it as sampleEvent and sampleResult. Failures are logged. */
export const bsfListener = element({
  tag: 'BSFListener',
  gui: 'TestBeanGUI',
  call: 'bsf.listener',
  props: bsfProps,
  ignored: ['cacheKey'],
  check: checkBsf,
  looksBack: true,
  listen(props, event, self) {
    runQuietly(props, event.user, self, { sampleEvent: event, sampleResult: event.sample }, OF);
  },
});

const OF = 'o.a.j.v.BSFListener';
