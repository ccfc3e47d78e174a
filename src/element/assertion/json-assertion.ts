import { compilePattern, dialectOf, isBad, JavaError } from '../../java/index.js';
import { element, type PropsOf, prop, type Sample, type User } from '../../model/index.js';
import {
  assertionText,
  compileAssertedPath,
  documentOf,
  isArray,
  type Json,
  javaText,
  type PathMemory,
  parsePermissive,
  readPath,
  sameJson,
} from '../../query/index.js';
import { checkExpectedValue, expectedValueProps } from './expected-value.js';

/** Checks that a JSON path exists, or what its value is. */
export const jsonAssertion = element({
  tag: 'JSONPathAssertion',
  gui: 'JSONPathAssertionGui',
  call: 'expect.json',
  props: {
    path: prop.text('JSON_PATH'),
    ...expectedValueProps,
  },

  check: checkExpectedValue,

  assert(props, user, sample, result) {
    if (sample.text === '') {
      result.fail('Response was null');
      return;
    }
    // Set also when it passes, so this text hides that of a later failure in the CSV.
    result.message = '';
    const failure = failureOf(props, user, sample);
    if (!props.invert) {
      if (failure !== undefined) result.fail(failure);
    } else if (failure === undefined) result.fail(invertedText(props));
  },
});

/** json-path's own cache of paths is global in JMeter. */
const MEMORY = 'json-path memory';
type Props = PropsOf<typeof jsonAssertion>;

/** Why the assertion fails; any exception is a failure too. */
function failureOf(props: Props, user: User, sample: Sample): string | undefined {
  try {
    return judge(props, user, sample);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    return error.message;
  }
}

function judge(props: Props, user: User, sample: Sample): string | undefined {
  const document = documentOf(sample.text);
  const path = compileAssertedPath(props.path);
  const memory: PathMemory = user.test.state(MEMORY, () => new WeakMap());
  const value = readPath(path, document, memory);
  if (!props.checkValue) {
    return isArray(value) && value.length === 0 && !path.definite
      ? `JSONPath '${props.path}' is indefinite and the extracted Value is an empty Array. Please use an assertion value, to be sure to get a correct result. Expected value was '${props.expected}'`
      : undefined;
  }
  return holds(props, user, value) ? undefined : valueText(props, value);
}

function holds(props: Props, user: User, value: Json): boolean {
  if (!isArray(value)) return (props.expectNull && value === null) || isEqual(props, user, value);
  if (value.length === 0 && props.expected === '[]') return true;
  return (
    value.some((item) => (item === null && props.expectNull) || isEqual(props, user, item)) ||
    isEqual(props, user, value)
  );
}

function isEqual(props: Props, user: User, value: Json): boolean {
  if (!props.regex) return sameJson(expectedValue(props.expected), value);
  const dialect = dialectOf(user.test.properties.get('jmeter.regex.engine'));
  const pattern = compilePattern(props.expected, { dialect });
  if (isBad(pattern)) throw pattern.error;
  return pattern.matches(assertionText(value));
}

/** The expected text as permissive JSON: `abc` is a string; what cannot be read is null. */
function expectedValue(text: string): Json {
  try {
    return parsePermissive(text);
  } catch (error) {
    if (error instanceof JavaError) return null;
    throw error;
  }
}

function valueText(props: Props, value: Json): string {
  if (props.expectNull)
    return `Value in json path '${props.path}' expected to be null, but found '${value === null ? 'null' : javaText(value)}'`;
  const found = assertionText(value);
  return props.regex
    ? `Value in json path '${props.path}' expected to match regexp '${props.expected}', but it did not match: '${found}'`
    : `Value in json path '${props.path}' expected to be '${props.expected}', but found '${found}'`;
}

function invertedText(props: Props): string {
  if (!props.checkValue) return `Failed that JSONPath not exists: ${props.path}`;
  return `Failed that JSONPath ${props.path} not matches ${props.expectNull ? 'null' : props.expected}`;
}
