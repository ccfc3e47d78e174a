/** Runs an assertion on a sample and shows its verdict. */
import { AssertionResult, type Element, type Props, type Sample, type User } from '../../../src/model/index.js';
import { fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';
import { sampleOf } from '../post/extracted.js';

/** `pass` or `fail` or `error`, and the message; undefined = none at all. */
export function judged<P extends Props>(
  element: Element<P>,
  props: Readonly<Record<string, Given>>,
  on: string | Sample,
  user: User = fakeUser(),
): readonly [verdict: string, message: string | undefined] {
  const self = place(element, { name: 'Assertion', props });
  const result = new AssertionResult('Assertion');
  const sample = typeof on === 'string' ? sampleOf(on) : on;
  void element.assert?.(self.props(user), user, sample, result, self);
  return [result.error ? 'error' : result.failure ? 'fail' : 'pass', result.message];
}
