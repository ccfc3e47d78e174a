import { AssertionResult, type Awaitable, type Placed, type Sample, type User, Wait } from '../model/index.js';
import { isPromise } from './is-promise.js';

/** How many levels of sub-samples a scoped assertion looks at. */
const LEVELS = 4;

/** One assertion on a sample: the sample itself, its sub-samples, or both (JMeterThread.checkAssertions 5.6.3). */
export function applyAssertion(placed: Placed, sample: Sample, user: User): Awaitable<void> {
  const scope = placed.element.assertionScope?.(placed.props(user));
  // Anything but the known words is no scope at all, not even the parent's; that goes for an empty text too.
  if (scope === undefined || scope === 'parent' || scope === 'variable') return judge(placed, sample, user);
  if (scope === 'children') return judgeChildren(placed, sample, user, LEVELS);
  if (scope !== 'all') return undefined;
  const own = judge(placed, sample, user);
  const children = (): void => judgeChildren(placed, sample, user, LEVELS);
  return isPromise(own) ? own.then(children) : children();
}

/** The assertions of a transaction, one after the other; they cannot wait. */
export function applyAtOnce(assertions: readonly Placed[], sample: Sample, user: User): void {
  for (const placed of assertions) {
    if (isPromise(applyAssertion(placed, sample, user))) {
      throw new Error(`${placed.path}: an assertion of a transaction cannot wait`);
    }
  }
}

function judgeChildren(placed: Placed, parent: Sample, user: User, levels: number): void {
  if (levels === 0) return;
  let failed = false;
  for (const child of parent.subSamples ?? []) {
    if (isPromise(judge(placed, child, user))) {
      throw new Error(`${placed.path}: an assertion of sub-samples cannot wait`);
    }
    judgeChildren(placed, child, user, levels - 1);
    if (!child.success) failed = true;
  }
  if (failed && parent.success) {
    parent.addAssertion(new AssertionResult(placed.props(user).name).fail('One or more sub-samples failed'));
  }
}

function judge(placed: Placed, sample: Sample, user: User): Awaitable<void> {
  const result = new AssertionResult('');
  try {
    const props = placed.props(user);
    result.name = props.name;
    const judged = placed.element.assert?.(props, user, sample, result, placed);
    if (isPromise(judged))
      return judged.then(
        () => sample.addAssertion(result),
        (error) => failed(error, sample, user),
      );
    sample.addAssertion(result);
  } catch (error) {
    failed(error, sample, user);
  }
}

function failed(error: unknown, sample: Sample, user: User): void {
  if (error instanceof Wait) throw error;
  sample.addAssertion(errorOf(error, user));
}

/** Whatever an assertion throws is an error of the assertion, also what would stop the thread elsewhere. */
function errorOf(error: unknown, user: User): AssertionResult {
  user.test.log.write('ERROR', 'o.a.j.t.JMeterThread', `Exception processing Assertion. ${error}`);
  const result = new AssertionResult('Assertion failed! See log file.');
  result.error = true;
  result.message = String(error);
  return result;
}
