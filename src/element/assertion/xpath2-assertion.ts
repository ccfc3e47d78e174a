import { JavaError } from '../../java/index.js';
import { type AssertionResult, element, type PropsOf, prop, type Sample, type User } from '../../model/index.js';
import { compileSaxon, evaluateXPath, saxonDocument, saxonValue, XmlDocument } from '../../query/index.js';
import { externalReader } from '../post/xml-document.js';
import { scopeProps } from './assertion-scope.js';

/** Checks that an XPath 2 expression finds something, or is true. */
export const xpath2Assertion = element({
  tag: 'XPath2Assertion',
  gui: 'XPath2AssertionGui',
  call: 'expect.xpath2',
  props: {
    query: prop.text('XPath.xpath', '/'),
    negate: prop.flag('XPath.negate'),
    /** Lines of `prefix=uri`. */
    namespaces: prop.text('XPath.namespaces'),
    ...scopeProps,
  },

  assertionScope: ({ scope }) => scope,
  assert(props, user, sample, result) {
    // Set also when it passes, so this text hides that of a later failure in the CSV.
    result.message = '';
    const text = sourceOf(props, user, sample);
    if (text === undefined) {
      result.fail('Response was null');
      return;
    }
    try {
      judge(text, props, user, result);
    } catch (error) {
      if (!(error instanceof JavaError) || !SAXON.test(error.javaClass)) throw error;
      fault(result, `Exception occurred computing assertion with XPath:${props.query}, error:${error.message}`);
    }
  },
});

type Props = PropsOf<typeof xpath2Assertion>;
const SAXON = /(?:CompletionException|SaxonApiException)$/;

/** A variable that is missing or empty is no text; an empty response is one. */
function sourceOf(props: Props, user: User, sample: Sample): string | undefined {
  return props.scope === 'variable' ? user.variables.get(props.scopeVariable) || undefined : sample.text;
}

function fault(result: AssertionResult, message: string): void {
  result.error = true;
  result.message = message;
}

/** XPathUtil.computeAssertionResultUsingSaxon: the message stands also when it passes. */
function judge(text: string, props: Props, user: User, result: AssertionResult): void {
  const { query, negate, namespaces } = props;
  if (query === '') {
    user.test.log.write('WARN', 'o.a.j.u.XPathUtil', 'Error : Empty query');
    return;
  }
  const run = compileSaxon(query, namespaces);
  const document = saxonDocument(text, externalReader(user.test));
  const known = isBoolean(query, namespaces);
  if (known instanceof JavaError) {
    fault(result, `Exception: ${known.message} for:${query}`);
    return;
  }
  const [first] = run(document, user.test.clock.now());
  const holds = first !== undefined && (!known || saxonValue(first, false).toLowerCase() === 'true');
  result.failure = holds === negate;
  result.message = `${negate ? 'Nodes' : 'No Nodes'} Matched for ${query}`;
}

const NOTHING = new XmlDocument();

/** Whether the expression gives a truth: JMeter finds out with XPath 1.0 on an empty document, so that must know it too. */
function isBoolean(query: string, namespaces: string): boolean | JavaError {
  const prefixes = prefixesOf(namespaces);
  try {
    return typeof evaluateXPath(NOTHING, query, prefixes) === 'boolean';
  } catch (error) {
    if (error instanceof JavaError) return error;
    throw error;
  }
}

/** Here the pairs are separated by any white space (PropertiesBasedPrefixResolverForXpath2). */
function prefixesOf(namespaces: string): ReadonlyMap<string, string> {
  const pairs = namespaces.split(/\s+/).filter((pair) => pair !== '');
  return new Map(
    pairs.map((pair) => {
      const [prefix = '', uri] = pair.split('=');
      if (uri === undefined || uri === '')
        throw new JavaError('java.lang.ArrayIndexOutOfBoundsException', 'Index 1 out of bounds for length 1');
      return [prefix, uri];
    }),
  );
}
