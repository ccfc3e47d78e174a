import { element } from '../../model/index.js';
import { attempt } from './attempt.js';
import { checkJsr223, evaluate, failureText, jsr223Props, prepared, preparedAtStart } from './jsr223.js';
import { delayOf } from './script-delay.js';

/** JSR223 Timer: waits the milliseconds that the script's value says; none for no value, a failure or no number. */
export const jsr223Timer = element({
  tag: 'JSR223Timer',
  gui: 'TestBeanGUI',
  call: 'jsr223.timer',
  looksAtData: true,
  props: jsr223Props,
  check: checkJsr223,
  testStarted: preparedAtStart,
  delay(props, user, self) {
    const use = prepared(props);
    const failed = (error: unknown): number => {
      user.test.log.write('ERROR', OF.category, `Problem in JSR223 script, ${use.name}\n${failureText(error)}`);
      return 0;
    };
    return attempt(
      () => evaluate(use, user, self, {}, OF),
      (value) => delayOf(value, user, OF.category, failed),
      failed,
    );
  },
});

const OF = { category: 'o.a.j.t.JSR223Timer' };
