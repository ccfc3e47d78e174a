import { JavaError } from '../../java/index.js';
import { AssertionResult, element, type PropsOf, prop, type Sample, type User } from '../../model/index.js';
import { xpathHits } from '../../query/index.js';
import { samplesInScope, scopeProps } from './sample-scope.js';
import { documentOf, documentProps, givenPrefixes } from './xml-document.js';
import { addQuietly, prepareHits, storeHits, tellFailure } from './xpath-hits.js';

/** Puts what an XPath 1.0 expression finds in XML (or, with Tidy, in HTML) into variables. */
export const xpathExtractor = element({
  tag: 'XPathExtractor',
  gui: 'XPathExtractorGui',
  call: 'extract.xpath',
  props: {
    variable: prop.text('XPathExtractor.refname'),
    query: prop.text('XPathExtractor.xpathQuery'),
    fallback: prop.text('XPathExtractor.default'),
    /** 0 = any, negative = all. */
    match: prop.int('XPathExtractor.matchNumber', -1),
    fragment: prop.flag('XPathExtractor.fragment'),
    ...documentProps('XPathExtractor'),
    ...scopeProps,
  },
  // JMeter reads neither.
  ignored: ['XPathExtractor.validate', 'XPathExtractor.whitespace'],

  after(props, user, sample) {
    const name = props.variable;
    const before = prepareHits(user, name, props.fallback);
    const number = props.match;
    try {
      storeHits(user, name, hitsIn(props, user, sample, number), before);
    } catch (error) {
      if (!(error instanceof JavaError) || error.javaClass.startsWith('java.lang.')) throw error;
      tell(error, props, user, sample);
    }
  },
});

const CATEGORY = 'o.a.j.e.XPathExtractor';
type Props = PropsOf<typeof xpathExtractor>;

function hitsIn(props: Props, user: User, sample: Sample, number: number): readonly (string | undefined)[] {
  const prefixes = givenPrefixes(user.test);
  const random = (): number => user.random();
  const found = (text: string): readonly (string | undefined)[] =>
    xpathHits(documentOf(text, props, user.test), props.query, { number, fragment: props.fragment, random, prefixes });
  if (props.scope !== 'variable') {
    const samples = samplesInScope(props.scope, sample);
    const [only] = samples;
    return only !== undefined && samples.length === 1 ? found(only.text) : samples.flatMap(({ text }) => found(text));
  }
  const text = user.variables.get(props.scopeVariable);
  if (text === undefined)
    user.test.log.write(
      'WARN',
      CATEGORY,
      `No variable '${props.scopeVariable}' found to process by XPathExtractor '${props.name}', skipping processing`,
    );
  return text ? found(text) : [];
}

function tell(error: JavaError, props: Props, user: User, sample: Sample): void {
  const { javaClass, message } = error;
  if (javaClass.startsWith('java.io.')) {
    const result = new AssertionResult(props.name);
    result.error = true;
    result.message = `IOException: ${message}`;
    addQuietly(sample, result);
    sample.success = false;
    return;
  }
  user.test.log.write('WARN', CATEGORY, `${javaClass} while processing (${props.query}). ${message}`);
  tellFailure(sample, props.name, message);
  if (javaClass.endsWith('TidyException')) sample.success = false;
}
