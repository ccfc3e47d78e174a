import { JavaError } from '../../java/index.js';
import type { XmlDocument } from '../xml/index.js';
import { staticError } from './error.js';
import type { Expression } from './expression.js';
import type { Item, Sequence } from './item.js';
import { tokensOf } from './lexer.js';
import { compileTokens } from './parser.js';
import { shownItem, stringValue } from './render.js';

export { saxonDocument } from './document.js';

/** An XPath 3.1 expression that was compiled once, or the reason why it cannot be. */
interface Kept {
  readonly expression?: Expression;
  readonly error?: JavaError;
}
const LIMIT = 1000;
const kept = new Map<string, Map<string, Kept>>();

/**
 * Compiles an XPath 3.1 expression as Saxon-HE 11 does in JMeter, and gives what evaluates it on a document at a time (epoch
 * ms); both throw JavaErrors with Saxon's messages. `namespaces` has lines of `prefix=uri`.
 * @throws JavaError CompletionException when it is no expression
 */
export function compileSaxon(query: string, namespaces: string): (document: XmlDocument, now: number) => Sequence {
  const expression = compiled(query, namespaces);
  return (document, now) =>
    expression.run({ item: document, position: 1, size: 1, variables: undefined, document, now });
}

/** What an extractor takes of an item: its text, or XML. */
export const saxonValue = (item: Item, fragment: boolean): string => (fragment ? shownItem(item) : stringValue(item));

function compiled(query: string, namespaces: string): Expression {
  let table = kept.get(namespaces);
  if (table === undefined) {
    if (kept.size >= 100) kept.clear();
    table = new Map();
    kept.set(namespaces, table);
  }
  let found = table.get(query);
  if (found === undefined) {
    found = compile(query, namespaces);
    if (table.size >= LIMIT) table.clear();
    table.set(query, found);
  }
  if (found.expression === undefined) throw found.error;
  return found.expression;
}

function compile(query: string, namespaces: string): Kept {
  try {
    return { expression: compileTokens(tokensOf(query), { prefixes: prefixesOf(namespaces) }) };
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    // Whatever goes wrong while compiling reaches JMeter through its cache.
    return { error: error.javaClass.endsWith('CompletionException') ? error : staticError(error.message) };
  }
}

const KNOWN: ReadonlyMap<string, string> = new Map([
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
  ['xs', 'http://www.w3.org/2001/XMLSchema'],
]);

/** Lines of `prefix=uri`; a line without `=` runs on into the next (XPathUtil.namespacesParse). */
export function prefixesOf(namespaces: string): ReadonlyMap<string, string> {
  if (namespaces === '') return KNOWN;
  const prefixes = new Map(KNOWN);
  for (const line of namespaces.split('\n')) {
    const at = line.indexOf('=');
    if (at >= 0) prefixes.set(line.slice(0, at), line.slice(at + 1));
  }
  return prefixes;
}
