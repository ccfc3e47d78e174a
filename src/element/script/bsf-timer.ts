import { element } from '../../model/index.js';
import { attempt, thrownText } from './attempt.js';
import { bsfProps, checkBsf, evaluate, prepared } from './bsf.js';
import { delayOf } from './script-delay.js';

/** BSF Timer: waits the milliseconds that the script's value says; none for no value, a failure or no number. */
export const bsfTimer = element({
  tag: 'BSFTimer',
  gui: 'TestBeanGUI',
  call: 'bsf.timer',
  looksAtData: true,
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
      (value) => delayOf(value, user, OF, failed),
      failed,
    );
  },
});

const OF = 'o.a.j.t.BSFTimer';
