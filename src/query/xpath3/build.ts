import { XmlDocument, XmlElement, XmlText } from '../xml/index.js';

/** An element of a namespace, outside of any document. */
export const element = (name: string, uri = ''): XmlElement =>
  new XmlElement(name, name.slice(name.indexOf(':') + 1), uri);
export const textNode = (value: string): XmlText => new XmlText(value);

/** A document that holds an element. */
export function documentWith(root: XmlElement): XmlDocument {
  const document = new XmlDocument();
  document.namespaces = true;
  document.append(root);
  return document;
}
