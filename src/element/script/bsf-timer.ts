import { parseLong } from '../../java/index.js';
import { element, type User } from '../../model/index.js';
import { attempt, thrownText } from './attempt.js';
import { bsfProps, checkBsf, evaluate, prepared } from './bsf.js';

/** BSF Timer: waits the milliseconds that the script's value says; none for no value, a failure or no number. */
export const bsfTimer = element({
  tag: 'BSFTimer',
  gui: 'TestBeanGUI',
  call: 'bsf.timer',
  props: bsfProps,
  ignored: ['cacheKey'],
  check: checkBsf,
  delay(props, user, self) {
    const use = prepared(props);
    const failed = (error: unknown): number => {
      user.test.log.write('WARN', OF, `Problem in BSF script. ${thrownText(error)}`);
      return 0;
    };
    return attempt(
      () => evaluate(use, user, self, {}, OF),
      (value) => delayOf(value, user, failed),
      failed,
    );
  },
});

const OF = 'o.a.j.t.BSFTimer';

function delayOf(value: unknown, user: User, failed: (error: unknown) => number): number {
  if (value === null || value === undefined) {
    user.test.log.write('WARN', OF, 'Script did not return a value');
    return 0;
  }
  try {
    return parseLong(String(value));
  } catch (error) {
    return failed(error);
  }
}
