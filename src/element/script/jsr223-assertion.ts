import { element } from '../../model/index.js';
import { attempt } from './attempt.js';
import { checkJsr223, evaluate, failureText, jsr223Props, prepared, preparedAtStart } from './jsr223.js';

/** JSR223 Assertion: the script sets the failure on AssertionResult; a script that fails is an error of the assertion. */
export const jsr223Assertion = element({
  tag: 'JSR223Assertion',
  gui: 'TestBeanGUI',
  call: 'jsr223.assertion',
  props: jsr223Props,
  check: checkJsr223,
  looksBack: true,
  testStarted: preparedAtStart,
  assert(props, user, sample, result, self) {
    const use = prepared(props);
    return attempt(
      () => evaluate(use, user, self, { SampleResult: sample, AssertionResult: result }, OF),
      () => {
        result.error = false;
      },
      (error) => {
        user.test.log.write('ERROR', OF.category, `Problem in JSR223 script: ${use.name}\n${failureText(error)}`);
        result.error = true;
        result.message = failureText(error);
      },
    );
  },
});

const OF = { category: 'o.a.j.a.JSR223Assertion' };
