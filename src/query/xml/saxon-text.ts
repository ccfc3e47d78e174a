import type { ChildNode, XmlAttribute, XmlElement } from './dom.js';
import { documentOfNode } from './dom.js';

/** The default namespace and the prefixes that are declared around a place of the output. */
type Scope = ReadonlyMap<string, string>;

/**
 * An element as Saxon-HE 11 writes it. `indent` is what its API does for an item that is printed: elements that hold
 * elements only get lines of their own.
 */
export function saxonText(element: XmlElement, { indent }: { readonly indent: boolean }): string {
  const writer = new Writer(indent, documentOfNode(element)?.namespaces ?? false);
  writer.element(element, new Map(), inherited(element), 0);
  return writer.text;
}

/** The declarations that stand around an element, the outermost first. */
function inherited(element: XmlElement): Scope {
  const around: XmlElement[] = [];
  for (let at = element.parent; at?.kind === 'element'; at = at.parent) around.unshift(at);
  const found = new Map<string, string>();
  for (const { attributes } of around)
    for (const { name, value, declares } of attributes) if (declares) found.set(name, value);
  return found;
}

class Writer {
  text = '';

  constructor(
    readonly indent: boolean,
    readonly namespaces: boolean,
  ) {}

  /** `scope` is what the output has declared so far, `around` what the document has. */
  element(element: XmlElement, scope: Scope, around: Scope, depth: number): void {
    const wanted = this.#wanted(element, around);
    let inner = scope;
    this.text += `<${element.name}`;
    for (const [name, value] of depth === 0 ? [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)) : wanted) {
      if (inner.get(name) === value || (value === '' && !inner.has(name) && !declaresNone(element, around))) continue;
      this.text += ` ${name}="${attributeText(value)}"`;
      if (inner === scope) inner = new Map(scope);
      if (inner instanceof Map) inner.set(name, value);
    }
    for (const attribute of element.attributes) if (!attribute.declares) this.text += ` ${saxonAttribute(attribute)}`;
    if (element.children.length === 0) {
      this.text += '/>';
      return;
    }
    this.text += '>';
    this.#children(element, inner, wanted, depth);
    this.text += `</${element.name}>`;
  }

  /** The declarations in force. Without namespaces an element has none but its own default one. */
  #wanted(element: XmlElement, around: Scope): Scope {
    const own = element.attributes.filter((attribute) => attribute.declares);
    const undeclared = !this.namespaces && around.has('xmlns') && !own.some(({ name }) => name === 'xmlns');
    if (own.length === 0 && !undeclared) return around;
    const wanted = new Map(around);
    if (undeclared) wanted.set('xmlns', '');
    for (const { name, value } of own) wanted.set(name, value);
    return wanted;
  }

  #children(element: XmlElement, scope: Scope, around: Scope, depth: number): void {
    const lines = this.indent && hasOnlyMarkup(element);
    for (const child of element.children) {
      if (lines && child.kind === 'element') this.text += `\n${' '.repeat(3 * (depth + 1))}`;
      if (child.kind === 'element') this.element(child, scope, around, depth + 1);
      else this.text += leafText(child);
    }
    if (lines) this.text += `\n${' '.repeat(3 * depth)}`;
  }
}

/** Whether the document itself says that there is no default namespace here. */
const declaresNone = (element: XmlElement, around: Scope): boolean =>
  around.has('xmlns') || element.attributes.some(({ name, value }) => name === 'xmlns' && value === '');

const hasOnlyMarkup = ({ children }: XmlElement): boolean =>
  children.some(({ kind }) => kind === 'element') && !children.some(({ kind }) => kind === 'text' || kind === 'cdata');

function leafText(node: Exclude<ChildNode, XmlElement>): string {
  if (node.kind === 'comment') return `<!--${node.value}-->`;
  if (node.kind === 'instruction') return `<?${node.name}${node.value === '' ? '' : ` ${node.value}`}?>`;
  return escaped(node.value, CONTENT);
}

/** `name="value"`. */
export const saxonAttribute = ({ name, value }: XmlAttribute): string => `${name}="${attributeText(value)}"`;
/** A text with what markup needs escaped. */
export const saxonContent = (value: string): string => escaped(value, CONTENT);
const attributeText = (value: string): string => escaped(value, ATTRIBUTE);

const CONTENT = /[&<>\r\x7f-\x9f\u2028]/g;
const ATTRIBUTE = /[&<>"\t\n\r\x7f-\x9f\u2028]/g;
const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  '\r': '&#xD;',
  '\n': '&#xA;',
  '\t': '&#x9;',
};
const escaped = (value: string, what: RegExp): string =>
  value.replace(what, (char) => NAMED[char] ?? `&#x${char.charCodeAt(0).toString(16)};`);
