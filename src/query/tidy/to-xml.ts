import {
  type ParentNode,
  XmlAttribute,
  XmlCData,
  XmlComment,
  XmlDocument,
  XmlElement,
  XmlInstruction,
  XmlText,
} from '../xml/dom.js';
import { type Attribute, type TidyNode, textOfRange } from './node.js';

/** The tree as XPath sees it. */
export function toXml(root: TidyNode): XmlDocument {
  const document = new XmlDocument(true);
  addChildren(document, root);
  return document;
}

function addChildren(parent: ParentNode, from: TidyNode): void {
  for (let node = from.content; node !== undefined; node = node.next) {
    switch (node.type) {
      case 'start':
      case 'startEnd':
        parent.append(elementOf(node));
        break;
      case 'text':
        parent.append(new XmlText(textOf(node)));
        break;
      case 'cdata':
        parent.append(new XmlCData(textOf(node)));
        break;
      case 'comment':
        parent.append(new XmlComment(textOf(node)));
        break;
      case 'instruction':
        // JTidy's instructions have no name.
        parent.append(new XmlInstruction('', textOf(node)));
        break;
      default:
        // Server code, marked sections and the XML declaration have no type in JTidy's DOM; see `hasUntyped`.
        break;
    }
  }
}

function elementOf(node: TidyNode): XmlElement {
  const element = new XmlElement(node.element ?? '');
  for (let at: Attribute | undefined = node.attributes; at !== undefined; at = at.next)
    if (at.name !== undefined) element.setAttribute(new XmlAttribute(at.name, at.value ?? at.name));
  addChildren(element, node);
  return element;
}

const textOf = ({ text, start, end }: TidyNode): string => textOfRange(text, start, end);

const UNTYPED: ReadonlySet<TidyNode['type']> = new Set(['section', 'asp', 'jste', 'php', 'xmlDecl']);

/** Whether there are nodes that Xalan cannot take in. */
export function hasUntyped(root: TidyNode): boolean {
  for (let node = root.content; node !== undefined; node = node.next)
    if (UNTYPED.has(node.type) || hasUntyped(node)) return true;
  return false;
}
