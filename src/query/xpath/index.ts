import { JavaError } from '../../java/index.js';
import { numberNodes, type XmlDocument, type XmlElement } from '../xml/index.js';
import type { Expression, Value } from './expression.js';
import { UNTYPED } from './operations.js';
import { parseTokens } from './parser.js';
import { type ResolvePrefix, tokensOf } from './tokens.js';

export type { Value as XPathValue } from './expression.js';
export { nodeValue, type Wanted, xpathHits } from './hits.js';
export { numberText, toText as xpathText } from './values.js';

/**
 * Evaluates an XPath 1.0 expression on a document as Xalan 2.7.3 does in JMeter. Prefixes are those that the property file of
 * `xpath.namespace.config` gives (`given`), then those that the document element declares.
 * @throws JavaError javax.xml.transform.TransformerException, with Xalan's message; ArrayIndexOutOfBoundsException for nodes
 * of JTidy without a type
 */
export function evaluateXPath(document: XmlDocument, text: string, given?: ReadonlyMap<string, string>): Value {
  const expression = compiled(text, (prefix) => given?.get(prefix) ?? declared(document.documentElement, prefix));
  if (!document.numbered) numberNodes(document);
  try {
    // Outside of a predicate Xalan has no position.
    return expression.run({ node: document, position: -1, size: 0 });
  } catch (error) {
    // Where the nodes are found only when they are asked for, Xalan does not wrap the exception.
    if (expression.lazy && error instanceof JavaError && error.message === UNTYPED)
      throw new JavaError('java.lang.ArrayIndexOutOfBoundsException', UNTYPED);
    throw error;
  }
}

/** Looks a prefix up as Xalan's PrefixResolverDefault does. */
function declared(element: XmlElement | undefined, prefix: string): string | undefined {
  if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace';
  return element?.attribute(prefix === '' ? 'xmlns' : `xmlns:${prefix}`);
}

/** An expression that was compiled once, with the prefixes it asked for. */
interface Kept {
  readonly prefixes: ReadonlyMap<string, string | undefined>;
  readonly expression?: Expression;
  readonly error?: JavaError;
}

const LIMIT = 1000;
const kept = new Map<string, Kept>();

function compiled(text: string, resolve: ResolvePrefix): Expression {
  let found = kept.get(text);
  // The same text may mean something else in a document that declares its prefixes otherwise.
  if (found === undefined || (found.prefixes.size > 0 && !sameMeaning(found, resolve))) {
    found = compile(text, resolve);
    if (kept.size >= LIMIT)
      for (const oldest of kept.keys()) {
        kept.delete(oldest);
        break;
      }
    kept.set(text, found);
  }
  if (found.expression === undefined) throw found.error;
  return found.expression;
}

function sameMeaning({ prefixes }: Kept, resolve: ResolvePrefix): boolean {
  for (const [prefix, uri] of prefixes) if (resolve(prefix) !== uri) return false;
  return true;
}

function compile(text: string, resolve: ResolvePrefix): Kept {
  const prefixes = new Map<string, string | undefined>();
  const asked: ResolvePrefix = (prefix) => {
    const uri = resolve(prefix);
    prefixes.set(prefix, uri);
    return uri;
  };
  try {
    return { prefixes, expression: parseTokens(tokensOf(text, asked)) };
  } catch (error) {
    if (error instanceof JavaError) return { prefixes, error };
    throw error;
  }
}
