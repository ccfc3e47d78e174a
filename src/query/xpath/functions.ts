import { documentOfNode, type XmlElement, type XmlNode } from '../xml/index.js';
import { xpathError } from './error.js';
import { type Context, type Expression, isNodes, type Value } from './expression.js';
import { stringOf, toBoolean, toNumber, toText } from './values.js';

/** A function of XPath 1.0 as Xalan has it. */
export interface XPathFunction {
  readonly type: Expression['type'];
  readonly min: number;
  readonly max: number;
  /** What Xalan says of a wrong number of arguments. */
  readonly allows: string;
  readonly positional?: boolean;
  /** Xalan's class, where it is not named after the function. */
  readonly javaName?: string;
  call(context: Context, args: readonly Expression[]): Value;
}

type Call = XPathFunction['call'];
const text = (context: Context, arg: Expression | undefined): string =>
  arg === undefined ? stringOf(context.node) : toText(arg.run(context));
const nodesOf = (context: Context, arg: Expression | undefined): readonly XmlNode[] => {
  if (arg === undefined) return [context.node];
  const value = arg.run(context);
  if (!isNodes(value)) throw xpathError(`Can not convert ${TYPE_NAMES[typeof value]} to a NodeList!`);
  return value;
};
const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: '#STRING',
  number: '#NUMBER',
  boolean: '#BOOLEAN',
};

const one = (type: Expression['type'], call: Call): XPathFunction => ({ type, min: 1, max: 1, allows: '1', call });
const none = (type: Expression['type'], call: Call, positional = false): XPathFunction => ({
  type,
  min: 0,
  max: 0,
  allows: '0',
  positional,
  call,
});
const maybe = (type: Expression['type'], call: Call): XPathFunction => ({
  type,
  min: 0,
  max: 1,
  allows: '0 or 1',
  call,
});
const two = (type: Expression['type'], call: Call): XPathFunction => ({ type, min: 2, max: 2, allows: '2', call });

export const FUNCTIONS: ReadonlyMap<string, XPathFunction> = new Map<string, XPathFunction>([
  ['last', none('number', ({ size }) => size, true)],
  ['position', none('number', ({ position }) => position, true)],
  ['count', one('number', (c, [a]) => nodesOf(c, a).length)],
  ['id', one('nodes', (c, [a]) => byId(c, a))],
  ['local-name', { ...maybe('string', (c, [a]) => localName(nodesOf(c, a)[0])), javaName: 'FuncLocalPart' }],
  ['namespace-uri', { ...maybe('string', (c, [a]) => uriOf(nodesOf(c, a)[0])), javaName: 'FuncNamespace' }],
  ['name', { ...maybe('string', (c, [a]) => nameOf(nodesOf(c, a)[0])), javaName: 'FuncQname' }],
  ['current', none('nodes', ({ node }) => [node])],
  ['string', maybe('string', (c, [a]) => text(c, a))],
  [
    'concat',
    { type: 'string', min: 2, max: 1e9, allows: '>1', call: (c, args) => args.map((a) => text(c, a)).join('') },
  ],
  ['starts-with', two('boolean', (c, [a, b]) => text(c, a).startsWith(text(c, b)))],
  ['contains', two('boolean', (c, [a, b]) => text(c, a).includes(text(c, b)))],
  ['substring-before', two('string', (c, [a, b]) => before(text(c, a), text(c, b)))],
  ['substring-after', two('string', (c, [a, b]) => after(text(c, a), text(c, b)))],
  ['substring', { type: 'string', min: 2, max: 3, allows: '2 or 3', call: substring }],
  ['string-length', maybe('number', (c, [a]) => text(c, a).length)],
  [
    'normalize-space',
    maybe('string', (c, [a]) =>
      text(c, a)
        .replace(/[ \t\r\n]+/g, ' ')
        .replace(/^ | $/g, ''),
    ),
  ],
  [
    'translate',
    {
      type: 'string',
      min: 3,
      max: 3,
      allows: '3',
      call: (c, [a, b, d]) => translate(text(c, a), text(c, b), text(c, d)),
    },
  ],
  ['boolean', one('boolean', (c, [a]) => a !== undefined && toBoolean(a.run(c)))],
  ['not', one('boolean', (c, [a]) => a !== undefined && !toBoolean(a.run(c)))],
  ['true', none('boolean', () => true)],
  ['false', none('boolean', () => false)],
  ['lang', one('boolean', (c, [a]) => isLanguage(c.node, text(c, a)))],
  ['number', maybe('number', (c, [a]) => (a === undefined ? toNumber([c.node]) : toNumber(a.run(c))))],
  ['sum', one('number', (c, [a]) => nodesOf(c, a).reduce((sum, node) => sum + toNumber([node]), 0))],
  ['floor', one('number', (c, [a]) => (a === undefined ? 0 : Math.floor(toNumber(a.run(c)))))],
  ['ceiling', one('number', (c, [a]) => (a === undefined ? 0 : Math.ceil(toNumber(a.run(c)))))],
  ['round', one('number', (c, [a]) => (a === undefined ? 0 : Math.round(toNumber(a.run(c)))))],
  ['function-available', one('boolean', (c, [a]) => FUNCTIONS.has(text(c, a)))],
  ['element-available', one('boolean', () => false)],
  ['generate-id', maybe('string', (c, [a]) => idOf(nodesOf(c, a)[0]))],
  ['system-property', one('string', () => '')],
  ['unparsed-entity-uri', one('string', () => '')],
  ['key', two('nodes', () => noKeys())],
]);

/** Xalan's ids are its own node numbers. */
const idOf = (node: XmlNode | undefined): string =>
  node === undefined ? '' : `N${(0x10000 + node.order).toString(16).toUpperCase()}`;
function noKeys(): never {
  throw xpathError(
    'Cannot invoke "org.apache.xalan.transformer.TransformerImpl.getKeyManager()" because "transformer" is null',
  );
}
const nameOf = (node: XmlNode | undefined): string => {
  if (node === undefined || !('name' in node)) return '';
  return node.kind === 'attribute' && node.declares ? prefixDeclared(node.name) : node.name;
};
const prefixDeclared = (name: string): string => name.slice(name.indexOf(':') + 1);
function localName(node: XmlNode | undefined): string {
  const name = nameOf(node);
  return name.slice(name.indexOf(':') + 1);
}
const uriOf = (node: XmlNode | undefined): string => (node !== undefined && 'uri' in node ? node.uri : '');

const before = (string: string, mark: string): string => string.slice(0, Math.max(0, string.indexOf(mark)));
function after(string: string, mark: string): string {
  const at = string.indexOf(mark);
  return at < 0 ? '' : string.slice(at + mark.length);
}

function substring(context: Context, [source, from, count]: readonly Expression[]): string {
  const string = text(context, source);
  const start = Math.round(toNumber(from?.run(context) ?? Number.NaN));
  const end = count === undefined ? Number.POSITIVE_INFINITY : start + Math.round(toNumber(count.run(context)));
  if (Number.isNaN(start) || Number.isNaN(end)) return '';
  return string.slice(Math.max(0, start - 1), Math.max(0, end - 1));
}

function translate(string: string, from: string, to: string): string {
  let result = '';
  for (let i = 0; i < string.length; i++) {
    const at = from.indexOf(string.charAt(i));
    result += at < 0 ? string.charAt(i) : to.charAt(at);
  }
  return result;
}

function isLanguage(node: XmlNode, wanted: string): boolean {
  for (let at: XmlNode | undefined = node; at !== undefined; at = at.parent) {
    const language = at.kind === 'element' ? languageOf(at) : undefined;
    if (language === undefined) continue;
    const own = language.toLowerCase();
    return own.startsWith(wanted.toLowerCase()) && (own.length === wanted.length || own[wanted.length] === '-');
  }
  return false;
}

/** Only names that were resolved count. */
const languageOf = ({ attributes }: XmlElement): string | undefined =>
  attributes.find(({ name, uri }) => name === 'xml:lang' && uri !== '')?.value;

function byId(context: Context, arg: Expression | undefined): readonly XmlNode[] {
  const value = arg?.run(context) ?? '';
  const wanted = new Set(
    (isNodes(value) ? value.map(stringOf) : [toText(value)]).flatMap((ids) => ids.split(/[ \t\r\n]+/)),
  );
  const document = documentOfNode(context.node);
  const ids = document?.doctype?.ids;
  if (document === undefined || ids === undefined) return [];
  const found: XmlElement[] = [];
  const visit = (node: XmlNode): void => {
    if (node.kind !== 'element' && node.kind !== 'document') return;
    const id = node.kind === 'element' ? ids.get(node.name) : undefined;
    const own = id === undefined || node.kind !== 'element' ? undefined : node.attribute(id);
    if (own !== undefined && node.kind === 'element' && wanted.delete(own)) found.push(node);
    for (const child of node.children) visit(child);
  };
  visit(document);
  return found;
}
