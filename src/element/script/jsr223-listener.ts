import { element } from '../../model/index.js';
import { checkJsr223, jsr223Props, preparedAtStart, runQuietly } from './jsr223.js';

/** JSR223 Listener: a script for each sample in its scope, which finds it as sampleEvent and sampleResult. Failures are logged. */
export const jsr223Listener = element({
  tag: 'JSR223Listener',
  gui: 'TestBeanGUI',
  call: 'jsr223.listener',
  props: jsr223Props,
  check: checkJsr223,
  looksBack: true,
  testStarted: preparedAtStart,
  listen(props, event, self) {
    runQuietly(props, event.user, self, { sampleEvent: event, sampleResult: event.sample }, OF);
  },
});

const OF = { category: 'o.a.j.v.JSR223Listener' };
