import { element } from '../../model/index.js';
import { bsfProps, checkBsf, runQuietly } from './bsf.js';

/** BSF PostProcessor: a script after each sampler in its scope. A script that fails is logged and changes nothing else. */
export const bsfPostProcessor = element({
  tag: 'BSFPostProcessor',
  gui: 'TestBeanGUI',
  call: 'bsf.after',
  props: bsfProps,
  ignored: ['cacheKey'],
  check: checkBsf,
  looksBack: true,
  after: (props, user, _sample, self) => runQuietly(props, user, self, {}, OF),
});

const OF = 'o.a.j.e.BSFPostProcessor';
