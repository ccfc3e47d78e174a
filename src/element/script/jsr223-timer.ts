import { parseLong } from '../../java/index.js';
import { element, type User } from '../../model/index.js';
import { attempt } from './attempt.js';
import { checkJsr223, evaluate, failureText, jsr223Props, prepared, preparedAtStart } from './jsr223.js';

/** JSR223 Timer: waits the milliseconds that the script's value says; none for no value, a failure or no number. */
export const jsr223Timer = element({
  tag: 'JSR223Timer',
  gui: 'TestBeanGUI',
  call: 'jsr223.timer',
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
      (value) => delayOf(value, user, failed),
      failed,
    );
  },
});

const OF = { category: 'o.a.j.t.JSR223Timer' };

function delayOf(value: unknown, user: User, failed: (error: unknown) => number): number {
  if (value === null || value === undefined) {
    user.test.log.write('WARN', OF.category, 'Script did not return a value');
    return 0;
  }
  try {
    return parseLong(String(value));
  } catch (error) {
    return failed(error);
  }
}
