import type { ChildNode, XmlElement, XmlNode } from '../xml/index.js';

/** Whether two nodes hold the same; comments and instructions do not count (fn:deep-equal). */
export function sameNodes(a: XmlNode, b: XmlNode): boolean {
  if (a.kind === 'element' && b.kind === 'element')
    return a.local === b.local && a.uri === b.uri && sameAttributes(a, b) && sameChildren(a.children, b.children);
  if (a.kind === 'document' && b.kind === 'document') return sameChildren(a.children, b.children);
  if (a.kind === 'attribute' && b.kind === 'attribute')
    return a.local === b.local && a.uri === b.uri && a.value === b.value;
  return 'value' in a && 'value' in b && a.kind === b.kind && a.value === b.value;
}

function sameAttributes(a: XmlElement, b: XmlElement): boolean {
  const [x, y] = [a.attributes.filter(({ declares }) => !declares), b.attributes.filter(({ declares }) => !declares)];
  return x.length === y.length && x.every((one) => y.some((other) => sameNodes(one, other)));
}

function sameChildren(a: readonly ChildNode[], b: readonly ChildNode[]): boolean {
  const count = (list: readonly ChildNode[]): readonly ChildNode[] =>
    list.filter(({ kind }) => kind !== 'comment' && kind !== 'instruction');
  const [x, y] = [count(a), count(b)];
  return x.length === y.length && x.every((node, i) => y[i] !== undefined && sameNodes(node, y[i]));
}
