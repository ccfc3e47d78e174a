import { describe, expect, it } from 'vitest';
import { compareAssertion } from '../../../src/element/assertion/compare-assertion.js';
import { AssertionResult, Properties, Sample } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place, planElement } from '../../kit-element.js';

const NONE = { stringsToSkip: [] };

function judge(props: Readonly<Record<string, Given>>, samples: readonly Sample[], engine = 'oro') {
  const properties = new Properties();
  properties.set('jmeter.regex.engine', engine);
  const user = fakeUser({ test: fakeTest({ properties }) });
  const self = place(compareAssertion, { props: { ...NONE, ...props } });
  return samples.map((sample) => {
    const result = new AssertionResult('');
    compareAssertion.assert?.(self.props(user) as never, user, sample, result, self as never);
    return result;
  });
}

function sample(text: string, elapsed = 0, samplerData = ''): Sample {
  const made = new Sample();
  made.setText(text);
  made.elapsed = elapsed;
  made.samplerData = samplerData;
  return made;
}

describe('Compare Assertion', () => {
  it('looks at all samples of the pass again, and shows the first two that differ', () => {
    const [first, second, third] = judge({ compareContent: true, compareTime: -1 }, [
      sample('a', 0, ' one '),
      sample('b'),
      sample('b'),
    ]);
    expect(first?.compared).toBeUndefined();
    expect(second?.message).toBe('Responses differ in content');
    expect(third?.compared).toEqual({ base: ['one\n\n\na'], secondary: ['\n\n\nb'] });
  });

  it('has no limit of time only below 0, and says time rather than content', () => {
    const samples = [sample('a', 5), sample('b', 6)];
    expect(judge({}, samples)[1]?.message).toBe('Responses differ in response time by more than0 ms');
    const both = judge({ compareContent: true }, samples)[1];
    expect(both?.message).toBe('Responses differ in response time by more than0 ms');
    expect(both?.compared?.base).toEqual(['\n\n\na', '\n\n\nResponse Time:5']);
  });

  it.each([
    ['oro', '[$1]', true],
    ['java', '[$1]', false],
    ['java', '[\\$1]', true],
  ])('replaces before it compares (%s, %s)', (engine, substitute, same) => {
    const stringsToSkip = [{ regex: 'x(\\d)', substitute }];
    const [, second] = judge(
      { compareContent: true, compareTime: -1, stringsToSkip },
      [sample('x1'), sample('x2')],
      engine,
    );
    expect(second?.failure).toBe(!same);
  });

  it('starts anew with each pass of the controller around', () => {
    const user = fakeUser();
    const self = place(compareAssertion, { props: { ...NONE, compareContent: true } });
    const result = new AssertionResult('');
    const props = self.props(user) as never;
    compareAssertion.assert?.(props, user, sample('a'), result, self as never);
    compareAssertion.iterationStart?.(props, user, { loop: false, number: 1 }, self as never);
    compareAssertion.assert?.(props, user, sample('b'), result, self as never);
    expect(result.compared).toBeUndefined();
  });

  it('is refused without its list, with which JMeter cannot start a user', () => {
    const context = {} as never;
    expect(compareAssertion.check?.(planElement(compareAssertion, {}), context)).toHaveLength(1);
    expect(compareAssertion.check?.(planElement(compareAssertion, NONE), context)).toEqual([]);
  });
});
