import { compilePattern, dialectOf, isBad, JavaError } from '../../java/index.js';
import { type PlanElement, property, propertyText } from '../../jmx/index.js';
import { element, type PropsOf, prop, type Sample, type User } from '../../model/index.js';
import { checkRegex } from '../post/check-regex.js';
import { checkDocument, documentText } from '../post/document-text.js';
import { scopeProps } from './assertion-scope.js';
import { equalsDifference } from './equals-difference.js';

const [MATCH, CONTAINS, NOT, EQUALS, SUBSTRING, OR] = [1, 2, 4, 8, 16, 32];

/** Compares a part of the response with patterns or texts. */
export const responseAssertion = element({
  tag: 'ResponseAssertion',
  gui: 'AssertionGui',
  call: 'expect.response',
  props: {
    /** The misspelling is JMeter's. */
    patterns: prop.eachText('Asserion.test_strings'),
    field: prop.text('Assertion.test_field'),
    /** Bits: 1 matches, 2 contains, 4 not, 8 equals, 16 substring, 32 or. */
    type: prop.int('Assertion.test_type', CONTAINS),
    ignoreStatus: prop.flag('Assertion.assume_success'),
    customMessage: prop.text('Assertion.custom_message'),
    ...scopeProps,
  },

  check: (plan, context) => [
    ...patternsOf(plan).flatMap((pattern) => checkRegex(pattern, context)),
    ...checkDocument(plan, 'Assertion.test_field', 'Assertion.response_data_as_document'),
  ],

  assertionScope: ({ scope }) => scope,
  assert(props, user, sample, result) {
    // Also undoes the failures of assertions before this one.
    if (props.ignoreStatus) sample.success = true;
    const text = textOf(props, user, sample);
    const type = readType(props);
    if (text === '') {
      if ((type & NOT) === 0) result.fail('Response was null');
      return;
    }
    try {
      const message = (type & OR) === 0 ? failsAll(props, type, text, user) : failsAny(props, type, text, user);
      if (message !== undefined) result.fail(props.customMessage || message);
    } catch (error) {
      if (!(error instanceof JavaError) || !BAD_PATTERN.has(error.javaClass)) throw error;
      result.error = true;
      result.message = `Bad test configuration ${error}`;
    }
  },
});

const BAD_PATTERN = new Set([
  'org.apache.oro.text.MalformedCachePatternException',
  'java.util.regex.PatternSyntaxException',
]);
type Props = PropsOf<typeof responseAssertion>;

/** Constant patterns that are read as regular expressions. */
function patternsOf(plan: PlanElement): readonly string[] {
  const text = propertyText(plan, 'Assertion.test_type');
  const type = text === undefined ? CONTAINS : Number(text);
  if ((type & CONTAINS) === 0 && (type & (EQUALS | SUBSTRING)) !== 0) return [];
  const list = property(plan, 'Asserion.test_strings');
  return list?.kind === 'collection' ? list.items.flatMap((item) => ('text' in item ? [item.text] : [])) : [];
}

/** The message of the first pattern that does not hold. */
function failsAll(props: Props, type: number, text: string, user: User): string | undefined {
  for (const pattern of props.patterns)
    if (holds(type, text, pattern, user) === ((type & NOT) !== 0)) return failText(props, text, pattern, user);
  return undefined;
}

/** The messages of all patterns, each with a tab, when none holds; without patterns a single tab. */
function failsAny(props: Props, type: number, text: string, user: User): string | undefined {
  const messages: string[] = [];
  for (const pattern of props.patterns) {
    if (holds(type, text, pattern, user) !== ((type & NOT) !== 0)) return undefined;
    messages.push(failText(props, text, pattern, user));
  }
  return `${messages.join('\t')}\t`;
}

function holds(type: number, text: string, pattern: string, user: User): boolean {
  if ((type & CONTAINS) !== 0) return compiled(pattern, user).contains(text);
  if ((type & EQUALS) !== 0) return text === pattern;
  if ((type & SUBSTRING) !== 0) return text.includes(pattern);
  return compiled(pattern, user).matches(text);
}

function compiled(pattern: string, { test: { properties } }: User) {
  const found = compilePattern(pattern, { dialect: dialectOf(properties.get('jmeter.regex.engine')) });
  if (isBad(found)) throw found.error;
  return found;
}

/** The bits, from each reading those that JMeter takes from it. */
const readType = (props: Props): number =>
  (props.type & (NOT | OR)) | (props.type & CONTAINS) | (props.type & EQUALS) | (props.type & SUBSTRING);

interface Field {
  readonly word: string;
  readonly name: string;
  text(sample: Sample): string;
}
const DATA: Field = { word: 'Assertion.response_data', name: 'text', text: (sample) => sample.text };
const DOCUMENT: Field = { word: 'Assertion.response_data_as_document', name: 'document', text: documentText };
const OTHERS: readonly Field[] = [
  { word: 'Assertion.response_code', name: 'code', text: (sample) => sample.code },
  { word: 'Assertion.response_message', name: 'message', text: (sample) => sample.message },
  { word: 'Assertion.request_headers', name: 'request headers', text: (sample) => sample.requestHeaders },
  { word: 'Assertion.request_data', name: 'request data', text: (sample) => sample.samplerData ?? '' },
  { word: 'Assertion.response_headers', name: 'headers', text: (sample) => sample.responseHeaders },
];
/** In JMeter's order, once for the text and once for the message: the property is read for each comparison. */
const TO_CHECK: readonly Field[] = [DATA, DOCUMENT, ...OTHERS];
const TO_NAME: readonly Field[] = [DATA, ...OTHERS, DOCUMENT];
/** For any other word, `sample_label` among them. */
const URL_FIELD: Field = { word: '', name: 'URL', text: (sample) => sample.url ?? '' };

function fieldOf(props: Props, fields: readonly Field[]): Field {
  for (const field of fields) if (props.field === field.word) return field;
  return URL_FIELD;
}

function textOf(props: Props, { variables }: User, sample: Sample): string {
  if (props.scope === 'variable') return variables.get(props.scopeVariable) ?? '';
  return fieldOf(props, TO_CHECK).text(sample);
}

function failText(props: Props, text: string, pattern: string, user: User): string {
  const what = props.scope === 'variable' ? `variable(${props.scopeVariable})` : fieldOf(props, TO_NAME).name;
  const relation = RELATIONS[props.type] ?? ' expected something using ';
  const shown = (props.type & EQUALS) === 0 ? pattern : difference(text, pattern, user);
  return `Test failed: ${what}${relation}/${shown}/`;
}

function difference(received: string, comparison: string, { test: { properties } }: User): string {
  return equalsDifference(received, comparison, {
    length: properties.int('assertion.equals_section_diff_len', 100),
    start: properties.get('assertion.equals_diff_delta_start', '[[['),
    end: properties.get('assertion.equals_diff_delta_end', ']]]'),
  });
}

/** Only the plain masks have words of their own. */
const RELATIONS: Readonly<Record<number, string>> = {
  [CONTAINS]: ' expected to contain ',
  [SUBSTRING]: ' expected to contain ',
  [NOT | CONTAINS]: ' expected not to contain ',
  [NOT | SUBSTRING]: ' expected not to contain ',
  [MATCH]: ' expected to match ',
  [NOT | MATCH]: ' expected not to match ',
  [EQUALS]: ' expected to equal ',
  [NOT | EQUALS]: ' expected not to equal ',
};
