import { element } from '../../model/index.js';
import { bsfProps, checkBsf, runQuietly } from './bsf.js';

/** BSF PreProcessor: a script before each sampler in its scope. A script that fails is logged and changes nothing else. */
export const bsfPreProcessor = element({
  tag: 'BSFPreProcessor',
  gui: 'TestBeanGUI',
  call: 'bsf.before',
  props: bsfProps,
  ignored: ['cacheKey'],
  check: checkBsf,
  before: (props, user, self) => runQuietly(props, user, self, {}, OF),
});

const OF = 'o.a.j.m.BSFPreProcessor';
