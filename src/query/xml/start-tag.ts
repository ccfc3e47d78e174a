import { XmlAttribute, XmlElement } from './dom.js';
import type { AttributeDeclaration, Dtd } from './dtd.js';
import { collapse } from './dtd-scanner.js';

export const notUnique = (name: string, element: string): string =>
  `Attribute "${name}" was already specified for element "${element}".`;
export const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** Without namespaces a name is one piece, also to the name tests of XPath. */
export function plainElement(name: string, attributes: readonly [string, string][]): XmlElement {
  const element = new XmlElement(name);
  for (const [key, value] of attributes) element.setAttribute(new XmlAttribute(key, value));
  return element;
}

/** Values of declared types lose their blanks; declared values that are missing are added. */
export function applyDeclared(
  declared: ReadonlyMap<string, AttributeDeclaration>,
  attributes: [string, string][],
): void {
  for (const pair of attributes) {
    const type = declared.get(pair[0])?.type;
    if (type !== undefined && type !== 'CDATA') pair[1] = collapse(pair[1]);
  }
  for (const { name, fallback } of declared.values())
    if (fallback !== undefined && !attributes.some(([other]) => other === name)) attributes.push([name, fallback]);
}

export function idsOf(dtd: Dtd): ReadonlyMap<string, string> | undefined {
  let ids: Map<string, string> | undefined;
  for (const [element, attributes] of dtd.attributes)
    for (const { name, type } of attributes.values())
      if (type === 'ID') {
        ids ??= new Map();
        ids.set(element, name);
      }
  return ids;
}
