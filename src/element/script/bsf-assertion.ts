import { element } from '../../model/index.js';
import { attempt, thrownText } from './attempt.js';
import { bsfProps, checkBsf, evaluate, prepared } from './bsf.js';

/** BSF Assertion: the script sets the failure on AssertionResult; a script that fails is an error of the assertion. */
export const bsfAssertion = element({
  tag: 'BSFAssertion',
  gui: 'TestBeanGUI',
  call: 'bsf.assertion',
  props: bsfProps,
  ignored: ['cacheKey'],
  check: checkBsf,
  looksBack: true,
  assert(props, user, sample, result, self) {
    const use = prepared(props);
    return attempt(
      () => evaluate(use, user, self, { SampleResult: sample, AssertionResult: result }, OF),
      () => {
        result.error = false;
      },
      (error) => {
        user.test.log.write('WARN', OF, `Problem in BSF script\n${thrownText(error)}`);
        result.failure = true;
        result.error = true;
        result.message = thrownText(error);
      },
    );
  },
});

const OF = 'o.a.j.a.BSFAssertion';
