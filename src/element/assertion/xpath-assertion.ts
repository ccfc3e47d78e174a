import { JavaError } from '../../java/index.js';
import { type AssertionResult, element, type PropsOf, prop, type Sample, type User } from '../../model/index.js';
import { evaluateXPath, type XmlDocument } from '../../query/index.js';
import { documentOf, documentProps, givenPrefixes } from '../post/xml-document.js';
import { scopeProps } from './assertion-scope.js';

/** Checks that an XPath 1.0 expression finds something, or is true. */
export const xpathAssertion = element({
  tag: 'XPathAssertion',
  gui: 'XPathAssertionGui',
  call: 'expect.xpath',
  props: {
    query: prop.text('XPath.xpath', '/'),
    negate: prop.flag('XPath.negate'),
    /** By the document's DTD. */
    validate: prop.flag('XPath.validate'),
    ignoreWhitespace: prop.flag('XPath.whitespace'),
    ...documentProps('XPath'),
    ...scopeProps,
  },

  assertionScope: ({ scope }) => scope,
  assert(props, user, sample, result) {
    // Set also when it passes, so this text hides that of a later failure in the CSV.
    result.message = '';
    const source = sourceOf(props, user, sample);
    if (source.length === 0) {
      result.fail('Response was null');
      return;
    }
    const document = read(source, props, user, result);
    if (document === undefined) return;
    if (document.documentElement === undefined) fault(result, 'Document is null, probably not parsable');
    else judge(document, props, user, result);
  },
});

type Props = PropsOf<typeof xpathAssertion>;

function sourceOf(props: Props, user: User, sample: Sample): string | Buffer {
  return props.scope === 'variable' ? (user.variables.get(props.scopeVariable) ?? '') : sample.data;
}

function fault(result: AssertionResult, message: string): void {
  result.error = true;
  result.message = message;
}

function read(source: string | Buffer, props: Props, user: User, result: AssertionResult): XmlDocument | undefined {
  const { validate, ignoreWhitespace } = props;
  try {
    return documentOf(source, props, user.test, { validate, dropWhitespace: ignoreWhitespace });
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    const { javaClass, message } = error;
    if (javaClass.startsWith('java.lang.')) throw error;
    if (javaClass.endsWith('TidyException')) fault(result, message);
    else if (javaClass.startsWith('java.io.')) fault(result, `IOException: ${message}`);
    // When it validates, JMeter wraps the exception.
    else fault(result, `SAXException: ${validate && !props.tolerant ? String(error) : message}`);
    return undefined;
  }
}

/** XPathUtil.computeAssertionResult; some messages stand also when it passes. */
function judge(document: XmlDocument, props: Props, user: User, result: AssertionResult): void {
  const { query, negate } = props;
  try {
    const value = evaluateXPath(document, query, givenPrefixes(user.test));
    if (typeof value === 'object') {
      result.failure = value.length > 0 === negate;
      if (value.length === 0) result.message = `No Nodes Matched ${query}`;
      else if (negate) result.message = 'Specified XPath was found... Turn off negate if this is not desired';
    } else if (typeof value === 'boolean') {
      result.failure = value === negate;
      result.message = `${negate ? 'Nodes' : 'No Nodes'} Matched for ${query}`;
    } else result.fail(`Cannot understand: ${query}`);
  } catch (error) {
    if (!(error instanceof JavaError) || error.javaClass.startsWith('java.lang.')) throw error;
    fault(result, `TransformerException: ${error.message} for: ${query}`);
  }
}
