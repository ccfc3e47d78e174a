import { element } from '../../model/index.js';
import { checkJsr223, jsr223Props, preparedAtStart, runQuietly } from './jsr223.js';

/** JSR223 PreProcessor: a script before each sampler in its scope. A script that fails is logged and changes nothing else. */
export const jsr223PreProcessor = element({
  tag: 'JSR223PreProcessor',
  gui: 'TestBeanGUI',
  call: 'jsr223.before',
  props: jsr223Props,
  check: checkJsr223,
  testStarted: preparedAtStart,
  before: (props, user, self) => runQuietly(props, user, self, {}, OF),
});

const OF = { category: 'o.a.j.m.JSR223PreProcessor' };
