import { JavaError } from '../../java/index.js';
import { element, type PropsOf, prop, type Sample, type User } from '../../model/index.js';
import { compileSaxon, saxonDocument, saxonValue } from '../../query/index.js';
import { samplesInScope, scopeProps } from './sample-scope.js';
import { externalReader } from './xml-document.js';
import { prepareHits, storeHits, tellFailure } from './xpath-hits.js';

/** Puts what an XPath 2 (really 3.1) expression finds in XML into variables. */
export const xpath2Extractor = element({
  tag: 'XPath2Extractor',
  gui: 'XPath2ExtractorGui',
  call: 'extract.xpath2',
  props: {
    variable: prop.text('XPathExtractor2.refname'),
    query: prop.text('XPathExtractor2.xpathQuery'),
    fallback: prop.text('XPathExtractor2.default'),
    /** 0 = any, negative = all. */
    match: prop.int('XPathExtractor2.matchNumber'),
    fragment: prop.flag('XPathExtractor2.fragment'),
    /** Lines of `prefix=uri`. */
    namespaces: prop.text('XPathExtractor2.namespaces'),
    ...scopeProps,
  },

  after(props, user, sample) {
    const name = props.variable;
    const before = prepareHits(user, name, props.fallback);
    const number = props.match;
    try {
      storeHits(user, name, hitsIn(props, user, sample, number), before);
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      user.test.log.write('WARN', CATEGORY, `Exception while processing '${props.query}', message:${error.message}`);
      tellFailure(sample, props.name, error.message);
    }
  },
});

const CATEGORY = 'o.a.j.e.XPath2Extractor';
type Props = PropsOf<typeof xpath2Extractor>;

function hitsIn(props: Props, user: User, sample: Sample, number: number): readonly string[] {
  if (props.scope !== 'variable')
    // For every sample of the scope JMeter reads the body of the same one.
    return samplesInScope(props.scope, sample).flatMap(() => hits(sample.text, props, user, number));
  const text = user.variables.get(props.scopeVariable);
  if (text === undefined)
    user.test.log.write(
      'WARN',
      CATEGORY,
      `No variable '${props.scopeVariable}' found to process by XPathExtractor '${props.name}', skipping processing`,
    );
  return text ? hits(text, props, user, number) : [];
}

function hits(text: string, props: Props, user: User, number: number): readonly string[] {
  const { query } = props;
  if (query === '') {
    user.test.log.write('WARN', UTIL, 'Error : Empty query');
    return [];
  }
  const run = compileSaxon(query, props.namespaces);
  const items = run(saxonDocument(text, externalReader(user.test)), user.test.clock.now());
  const { fragment } = props;
  if (number < 0) return items.map((item) => saxonValue(item, fragment));
  if (number > items.length) {
    user.test.log.write('WARN', UTIL, `Error : The match number is larger than the number of matches: ${number}`);
    return [];
  }
  const item = items[number === 0 ? Math.floor(user.random() * items.length) : number - 1];
  // Any one of none: the index that JMeter then asks for.
  if (item === undefined) throw new JavaError('java.lang.ArrayIndexOutOfBoundsException', '-1');
  return [saxonValue(item, fragment)];
}
const UTIL = 'o.a.j.u.XPathUtil';
