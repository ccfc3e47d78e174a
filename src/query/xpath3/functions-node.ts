import { documentOfNode, parseXml, type XmlElement, type XmlNode, XmlParseError } from '../xml/index.js';
import { inOrder } from '../xpath/axes.js';
import { text } from './arguments.js';
import { itemText } from './cast.js';
import { saxonError } from './error.js';
import type { Context } from './expression.js';
import { Atomic, boolean, EMPTY, isNode, type QName, type Sequence, string } from './item.js';
import { serialized } from './render.js';
import { define, type Signature } from './signature.js';

/** The argument, or the context item. */
function nodeOf(items: Sequence | undefined, { item }: Context): XmlNode | undefined {
  const found = items === undefined ? item : items[0];
  if (items === undefined && (found === undefined || !isNode(found)))
    throw saxonError('The context item is not a node');
  return found !== undefined && isNode(found) ? found : undefined;
}
const nodes = (items: Sequence = EMPTY): XmlNode[] => items.filter(isNode);
const optional = (value: Atomic | undefined): Sequence => (value === undefined ? EMPTY : [value]);

/** Functions on nodes (XPath Functions 3.1 §13, §14.6). */
export const NODE_FUNCTIONS: readonly Signature[] = [
  define('name', '[node()?]', 'string', ([a], c) => [string(nameOf(nodeOf(a, c)))]),
  define('local-name', '[node()?]', 'string', ([a], c) => [string(nameOf(nodeOf(a, c)).replace(/^.*:/, ''))]),
  define('namespace-uri', '[node()?]', 'anyURI', ([a], c) => [new Atomic('anyURI', uriOf(nodeOf(a, c)))]),
  define('node-name', '[node()?]', undefined, ([a], c) => optional(qNameOf(nodeOf(a, c)))),
  define('root', '[node()?]', 'node', ([a], c) => {
    const node = nodeOf(a, c);
    return node === undefined ? EMPTY : [topOf(node)];
  }),
  define('path', '[node()?]', undefined, ([a], c) => {
    const node = nodeOf(a, c);
    return node === undefined ? EMPTY : [string(pathOf(node) || '/')];
  }),
  define('has-children', '[node()?]', 'boolean', ([a], c) => {
    const node = nodeOf(a, c);
    return [boolean((node?.kind === 'element' || node?.kind === 'document') && node.children.length > 0)];
  }),
  define('innermost', 'node()*', 'node', ([a]) => {
    const all = nodes(a);
    const outer = new Set(all.flatMap(ancestors));
    return inOrder(all.filter((node) => !outer.has(node)));
  }),
  define('outermost', 'node()*', 'node', ([a]) => {
    const all = new Set(nodes(a));
    return inOrder([...all].filter((node) => !ancestors(node).some((one) => all.has(one))));
  }),
  define('lang', 'string?, [node()]', 'boolean', ([a, b], c) => [boolean(isLanguage(nodeOf(b, c), text(a)))]),
  define('id', 'string*, [node()]', 'node', ([a = EMPTY, b], c) => byId(a, nodeOf(b, c))),
  define('element-with-id', 'string*, [node()]', 'node', ([a = EMPTY, b], c) => byId(a, nodeOf(b, c))),
  define('idref', 'string*, [node()]', 'node', () => EMPTY),
  define('generate-id', '[node()?]', 'string', ([a], c) => {
    const node = nodeOf(a, c);
    return [string(node === undefined ? '' : `d1e${node.order}`)];
  }),
  define('base-uri', '[node()?]', undefined, ([a], c) =>
    nodeOf(a, c) === undefined ? EMPTY : [new Atomic('anyURI', '')],
  ),
  define('document-uri', '[node()?]', undefined, () => EMPTY),
  define('nilled', '[node()?]', undefined, ([a], c) => (nodeOf(a, c)?.kind === 'element' ? [boolean(false)] : EMPTY)),
  define('static-base-uri', '', undefined, () => [new Atomic('anyURI', '')]),
  define('in-scope-prefixes', 'element()', undefined, ([a]) => {
    const [element] = nodes(a);
    return element?.kind === 'element' ? [...prefixesOf(element).keys()].map(string) : EMPTY;
  }),
  define('namespace-uri-for-prefix', 'string?, element()', undefined, ([a, b]) => {
    const [element] = nodes(b);
    const uri = element?.kind === 'element' ? prefixesOf(element).get(text(a)) : undefined;
    return uri ? [new Atomic('anyURI', uri)] : EMPTY;
  }),
  define('resolve-QName', 'string?, element()', undefined, ([a = EMPTY, b]) => {
    const [element] = nodes(b);
    if (a.length === 0 || element?.kind !== 'element') return EMPTY;
    const [local = '', prefix = ''] = text(a).split(':').reverse();
    return [new Atomic('QName', { prefix, local, uri: prefixesOf(element).get(prefix) ?? '' })];
  }),
  define('QName', 'string?, string', 'QName', ([a, b]) => {
    const [local = '', prefix = ''] = text(b).split(':').reverse();
    return [new Atomic('QName', { prefix, local, uri: text(a) })];
  }),
  define('local-name-from-QName', 'QName?', undefined, ([a]) =>
    optional(part(a, ({ local }) => new Atomic('NCName', local))),
  ),
  define('prefix-from-QName', 'QName?', undefined, ([a]) =>
    optional(part(a, ({ prefix }) => (prefix === '' ? undefined : new Atomic('NCName', prefix)))),
  ),
  define('namespace-uri-from-QName', 'QName?', undefined, ([a]) =>
    optional(part(a, ({ uri }) => new Atomic('anyURI', uri))),
  ),
  define('parse-xml', 'string?', 'node', ([a = EMPTY]) => (a.length === 0 ? EMPTY : [parsed(text(a))])),
  define('parse-xml-fragment', 'string?', 'node', ([a = EMPTY]) => (a.length === 0 ? EMPTY : [parsed(text(a))])),
  define('serialize', 'item()*, [item()?]', 'string', ([a = EMPTY]) => [
    string(a.map((item) => (isNode(item) ? serialized(item, false) : itemText(item))).join(' ')),
  ]),
  define('doc-available', 'string?', 'boolean', () => [boolean(false)]),
  define('doc', 'string?', 'node', ([a]) => {
    throw saxonError(`I/O error reported by XML parser processing ${text(a)}`);
  }),
  define('collection', '[string?]', undefined, () => {
    throw saxonError('No default collection has been defined');
  }),
  define('environment-variable', 'string', undefined, () => EMPTY),
  define('available-environment-variables', '', undefined, () => EMPTY),
];

function nameOf(node: XmlNode | undefined): string {
  if (node === undefined || !('name' in node)) return '';
  return node.kind === 'attribute' && node.declares ? (node.name === 'xmlns' ? '' : node.local) : node.name;
}
const uriOf = (node: XmlNode | undefined): string => (node !== undefined && 'uri' in node ? node.uri : '');
function qNameOf(node: XmlNode | undefined): Atomic | undefined {
  const name = nameOf(node);
  if (node === undefined || name === '') return undefined;
  return new Atomic('QName', {
    prefix: 'prefix' in node ? node.prefix : '',
    local: name.replace(/^.*:/, ''),
    uri: uriOf(node),
  });
}
function part(items: Sequence | undefined, take: (name: QName) => Atomic | undefined): Atomic | undefined {
  const [item] = items ?? [];
  return item instanceof Atomic && typeof item.value === 'object' && 'local' in item.value
    ? take(item.value)
    : undefined;
}

function topOf(node: XmlNode): XmlNode {
  let at = node;
  while (at.parent !== undefined) at = at.parent;
  return at;
}
function ancestors(node: XmlNode): readonly XmlNode[] {
  const found: XmlNode[] = [];
  for (let at = node.parent; at !== undefined; at = at.parent) found.push(at);
  return found;
}

/** `/Q{}a[1]/@b`. */
function pathOf(node: XmlNode): string {
  if (node.kind === 'document') return '';
  const above = node.parent === undefined ? '' : pathOf(node.parent);
  if (node.kind === 'attribute') return `${above}/@${node.uri === '' ? node.local : `Q{${node.uri}}${node.local}`}`;
  const alike = (node.parent?.children ?? []).filter(
    (other) =>
      other.kind === node.kind &&
      (other.kind !== 'element' || node.kind !== 'element' || (other.local === node.local && other.uri === node.uri)),
  );
  const at = alike.indexOf(node) + 1;
  if (node.kind === 'element') return `${above}/Q{${node.uri}}${node.local}[${at}]`;
  return `${above}/${node.kind === 'instruction' ? `processing-instruction(${node.name})` : `${node.kind === 'cdata' ? 'text' : node.kind}()`}[${at}]`;
}

function isLanguage(node: XmlNode | undefined, wanted: string): boolean {
  for (let at = node; at !== undefined; at = at.parent) {
    const language = at.kind === 'element' ? at.attribute('xml:lang') : undefined;
    if (language === undefined) continue;
    const own = language.toLowerCase();
    return own === wanted.toLowerCase() || own.startsWith(`${wanted.toLowerCase()}-`);
  }
  return false;
}

function byId(ids: Sequence, node: XmlNode | undefined): Sequence {
  const document = node === undefined ? undefined : documentOfNode(node);
  const wanted = new Set(ids.flatMap((id) => itemText(id).split(/[ \t\r\n]+/)));
  const found: XmlElement[] = [];
  const visit = (at: XmlNode): void => {
    if (at.kind !== 'element' && at.kind !== 'document') return;
    if (at.kind === 'element') {
      const own = at.attribute(document?.doctype?.ids?.get(at.name) ?? 'xml:id');
      if (own !== undefined && wanted.has(own)) found.push(at);
    }
    for (const child of at.children) visit(child);
  };
  if (document !== undefined) visit(document);
  return found;
}

function prefixesOf(element: XmlElement): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let at: XmlNode | undefined = element; at?.kind === 'element'; at = at.parent)
    for (const { name, value, declares } of at.attributes) {
      const prefix = name === 'xmlns' ? '' : name.slice(6);
      if (declares && !found.has(prefix)) found.set(prefix, value);
    }
  return found.set('xml', 'http://www.w3.org/XML/1998/namespace');
}

function parsed(source: string): XmlNode {
  try {
    return parseXml(source, { namespaces: true });
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    throw saxonError(
      `First argument to parse-xml() is not a well-formed and namespace-well-formed XML document. ${error}`,
    );
  }
}
