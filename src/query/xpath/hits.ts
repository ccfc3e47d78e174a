import { documentOfNode, saxonText, type XmlDocument, type XmlNode } from '../xml/index.js';
import { isNodes } from './expression.js';
import { evaluateXPath } from './index.js';
import { numberText } from './values.js';

/** What of a node-set an extractor takes. */
export interface Wanted {
  /** Negative = all, 0 = one by chance, else the n-th. */
  readonly number: number;
  /** Elements as XML, not as their text. */
  readonly fragment: boolean;
  readonly random: () => number;
  readonly prefixes?: ReadonlyMap<string, string> | undefined;
}

/**
 * The values an expression finds (XPathUtil.putValuesForXPathInList); undefined is Java's null, which counts as a hit.
 * @throws JavaError javax.xml.transform.TransformerException for a bad expression
 */
export function xpathHits(document: XmlDocument, query: string, wanted: Wanted): readonly (string | undefined)[] {
  const value = evaluateXPath(document, query, wanted.prefixes);
  if (!isNodes(value)) return [typeof value === 'number' ? numberText(value) : String(value)];
  if (wanted.number < 0) return value.map((node) => hitOf(node, wanted.fragment));
  const at = wanted.number === 0 ? Math.floor(wanted.random() * value.length) : wanted.number - 1;
  const node = value[at];
  return node === undefined ? [] : [hitOf(node, wanted.fragment)];
}

const hitOf = (node: XmlNode, fragment: boolean): string | undefined =>
  node.kind === 'element' && fragment ? saxonText(node, { indent: false }) : nodeValue(node);

/**
 * An element's value is that of its first child; when that is an element, or when there is none, it has none itself: null, but
 * an empty text in JTidy's DOM. So it is with the document.
 */
export function nodeValue(node: XmlNode): string | undefined {
  if (node.kind !== 'element' && node.kind !== 'document') return node.value;
  const first = node.kind === 'element' ? node.children[0] : undefined;
  if (first !== undefined && first.kind !== 'element') return first.value;
  return documentOfNode(node)?.tidied ? '' : undefined;
}
