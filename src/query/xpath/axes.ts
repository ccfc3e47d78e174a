import { type ChildNode, XmlAttribute, type XmlNode } from '../xml/index.js';
import { continuesText } from './values.js';

export type Test = (node: XmlNode) => boolean;
/** Puts the nodes of an axis that pass a test at the end of a list, the nearest first. */
export type Axis = (node: XmlNode, test: Test, into: XmlNode[]) => void;

const childrenOf = (node: XmlNode): readonly ChildNode[] =>
  node.kind === 'element' || node.kind === 'document' ? node.children : [];

function add(node: ChildNode, test: Test, into: XmlNode[]): void {
  if (test(node) && !continuesText(node)) into.push(node);
}

function child(node: XmlNode, test: Test, into: XmlNode[]): void {
  if (node.kind !== 'element' && node.kind !== 'document') return;
  for (const one of node.children) add(one, test, into);
}

function descendant(node: XmlNode, test: Test, into: XmlNode[]): void {
  if (node.kind !== 'element' && node.kind !== 'document') return;
  for (const one of node.children) {
    add(one, test, into);
    if (one.kind === 'element') descendant(one, test, into);
  }
}

function self(node: XmlNode, test: Test, into: XmlNode[]): void {
  if (test(node)) into.push(node);
}

function ancestor(node: XmlNode, test: Test, into: XmlNode[]): void {
  for (let at = node.parent; at !== undefined; at = at.parent) if (test(at)) into.push(at);
}

function siblings(node: XmlNode): readonly ChildNode[] {
  return node.kind === 'document' || node.kind === 'attribute' ? [] : (node.parent?.children ?? []);
}
const positionOf = (node: XmlNode): number => ('position' in node ? node.position : 0);

function followingSibling(node: XmlNode, test: Test, into: XmlNode[]): void {
  const all = siblings(node);
  for (let i = positionOf(node) + 1; i < all.length; i++) {
    const one = all[i];
    if (one !== undefined) add(one, test, into);
  }
}
function precedingSibling(node: XmlNode, test: Test, into: XmlNode[]): void {
  const all = siblings(node);
  for (let i = positionOf(node) - 1; i >= 0; i--) {
    const one = all[i];
    if (one !== undefined) add(one, test, into);
  }
}

function following(node: XmlNode, test: Test, into: XmlNode[]): void {
  // What follows an attribute begins with the children of its element.
  if (node.kind === 'attribute' && node.parent !== undefined) descendant(node.parent, test, into);
  let at: XmlNode | undefined = node.kind === 'attribute' ? node.parent : node;
  for (; at !== undefined && at.kind !== 'document'; at = at.parent) {
    const all = siblings(at);
    for (let i = positionOf(at) + 1; i < all.length; i++) {
      const one = all[i];
      if (one === undefined) continue;
      add(one, test, into);
      descendant(one, test, into);
    }
  }
}
function preceding(node: XmlNode, test: Test, into: XmlNode[]): void {
  let at: XmlNode | undefined = node.kind === 'attribute' ? node.parent : node;
  for (; at !== undefined && at.kind !== 'document'; at = at.parent) {
    const all = siblings(at);
    for (let i = positionOf(at) - 1; i >= 0; i--) {
      const one = all[i];
      if (one !== undefined) backwards(one, test, into);
    }
  }
}
function backwards(node: ChildNode, test: Test, into: XmlNode[]): void {
  const children = childrenOf(node);
  for (let i = children.length - 1; i >= 0; i--) {
    const one = children[i];
    if (one !== undefined) backwards(one, test, into);
  }
  add(node, test, into);
}

function attribute(node: XmlNode, test: Test, into: XmlNode[]): void {
  if (node.kind !== 'element') return;
  for (const one of node.attributes) if (!one.declares && test(one)) into.push(one);
}

/** The declaration every document has. */
const XML_PREFIX = new XmlAttribute('xmlns:xml', 'http://www.w3.org/XML/1998/namespace', 'xml');

/** Xalan's namespace nodes are the declaring attributes. */
function namespace(node: XmlNode, test: Test, into: XmlNode[]): void {
  if (node.kind !== 'element') return;
  const seen = new Set<string>();
  for (let at: XmlNode | undefined = node; at?.kind === 'element'; at = at.parent)
    for (const one of at.attributes) {
      if (!one.declares || seen.has(one.name)) continue;
      seen.add(one.name);
      if (test(one)) into.push(one);
    }
  if (test(XML_PREFIX)) into.push(XML_PREFIX);
}

interface AxisKind {
  readonly walk: Axis;
  /** It gives nodes against document order. */
  readonly reverse?: boolean;
  /** What a name test looks for. */
  readonly principal: 'element' | 'attribute';
}
const element = (walk: Axis, reverse = false): AxisKind => ({ walk, reverse, principal: 'element' });

/** The axes of XPath by name. */
export const AXES: ReadonlyMap<string, AxisKind> = new Map([
  ['child', element(child)],
  ['descendant', element(descendant)],
  ['descendant-or-self', element((node, test, into) => both(self, descendant, node, test, into))],
  ['self', element(self)],
  ['parent', element((node, test, into) => node.parent !== undefined && self(node.parent, test, into))],
  ['ancestor', element(ancestor, true)],
  ['ancestor-or-self', element((node, test, into) => both(self, ancestor, node, test, into), true)],
  ['following-sibling', element(followingSibling)],
  ['preceding-sibling', element(precedingSibling, true)],
  ['following', element(following)],
  ['preceding', element(preceding, true)],
  ['attribute', { walk: attribute, principal: 'attribute' }],
  ['namespace', { walk: namespace, principal: 'attribute' }],
]);

function both(first: Axis, second: Axis, node: XmlNode, test: Test, into: XmlNode[]): void {
  first(node, test, into);
  second(node, test, into);
}

/** The nodes in document order, each once; the list itself when it is so already. */
export function inOrder(nodes: XmlNode[]): XmlNode[] {
  for (let i = 1; i < nodes.length; i++) {
    if ((nodes[i]?.order ?? 0) > (nodes[i - 1]?.order ?? 0)) continue;
    return [...new Set(nodes)].sort((a, b) => a.order - b.order);
  }
  return nodes;
}
