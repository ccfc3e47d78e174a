import { compilePattern, dialectOf, isBad, JavaError } from '../../java/index.js';
import { element, type PropsOf, prop, type User } from '../../model/index.js';
import { type Found, findOne } from '../../query/index.js';
import { checkExpectedValue, expectedValueProps } from './expected-value.js';

/** Checks what a JMESPath expression finds in a JSON response: whether there is something, or what it is. */
export const jmesPathAssertion = element({
  tag: 'JMESPathAssertion',
  gui: 'JMESPathAssertionGui',
  call: 'expect.jmesPath',
  props: {
    expression: prop.text('JMES_PATH'),
    ...expectedValueProps,
  },

  check: checkExpectedValue,

  assert(props, user, sample, result) {
    const { text } = sample;
    if (text === '') {
      result.fail('Response was null');
      return;
    }
    // Set also when it passes, so this text hides that of a later failure in the CSV.
    result.message = '';
    const { invert } = props;
    try {
      if (holds(props, findOne(text, props.expression), user) === invert) result.fail(failText(props, invert));
    } catch (error) {
      // Inverted, whatever goes wrong is what was wanted.
      if (!(error instanceof JavaError)) throw error;
      if (invert) return;
      result.error = true;
      result.message = error.message;
    }
  },
});

type Props = PropsOf<typeof jmesPathAssertion>;

function holds(props: Props, found: Found, user: User): boolean {
  if (!props.checkValue) return !found.isNull;
  if (props.expectNull) return found.isNull;
  if (!props.regex) return found.text === props.expected || found.is(props.expected);
  const dialect = dialectOf(user.test.properties.get('jmeter.regex.engine'));
  const pattern = compilePattern(props.expected, { dialect });
  if (isBad(pattern)) throw pattern.error;
  return pattern.matches(found.text);
}

function failText(props: Props, invert: boolean): string {
  const not = invert ? ' not' : '';
  if (!props.checkValue) return `JMESPATH ${props.expression} expected${not} to exist`;
  if (props.expectNull) return `Value expected${not} to be null`;
  return `Value expected${not} to ${props.regex ? 'match' : 'be equal to'} ${props.expected}`;
}
