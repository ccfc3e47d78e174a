import { element } from '../../model/index.js';
import { checkJsr223, jsr223Props, preparedAtStart, runQuietly } from './jsr223.js';

/** JSR223 PostProcessor: a script after each sampler in its scope. A script that fails is logged and changes nothing else. */
export const jsr223PostProcessor = element({
  tag: 'JSR223PostProcessor',
  gui: 'TestBeanGUI',
  call: 'jsr223.after',
  props: jsr223Props,
  check: checkJsr223,
  looksBack: true,
  testStarted: preparedAtStart,
  after: (props, user, _sample, self) => runQuietly(props, user, self, {}, OF),
});

const OF = { category: 'o.a.j.e.JSR223PostProcessor' };
