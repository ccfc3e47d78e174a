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

/** What was written last: a start tag, an end tag, or text. */
type Written = 'start' | 'end' | '';

class Writer {
  text = '';
  /** Where the last thing written was: what comes next gets a line of its own then. */
  #after: Written = '';
  /** Whether the element in hand has had no line of its own inside. */
  #sameLine = true;
  /** White space that is dropped when a line of its own follows. */
  #pending = '';
  #preserve = 0;

  constructor(
    readonly indent: boolean,
    readonly namespaces: boolean,
  ) {}

  /** `scope` is what the output has declared so far, `around` what the document has. */
  element(element: XmlElement, scope: Scope, around: Scope, depth: number): void {
    const wanted = this.#wanted(element, around);
    if (depth > 0) this.#line(this.#after !== '', depth);
    const inner = this.#startTag(element, scope, wanted, around, depth);
    if (element.children.length === 0) {
      this.text += '/>';
      this.#ended();
      return;
    }
    this.text += '>';
    this.#after = 'start';
    this.#sameLine = true;
    const preserved = element.attribute('xml:space') === 'preserve';
    if (preserved) this.#preserve++;
    for (const child of element.children) {
      if (child.kind === 'element') this.element(child, inner, wanted, depth + 1);
      else this.#leaf(child, depth + 1);
    }
    this.#line(this.#isEnded() && !this.#sameLine, depth);
    if (preserved) this.#preserve--;
    this.text += `</${element.name}>`;
    this.#ended();
  }
  #isEnded(): boolean {
    return this.#after === 'end';
  }
  #ended(): void {
    this.#after = 'end';
    this.#sameLine = false;
  }

  #startTag(element: XmlElement, scope: Scope, wanted: Scope, around: Scope, depth: number): Scope {
    let inner = scope;
    this.text += `<${element.name}`;
    for (const [name, value] of depth === 0 ? [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)) : wanted) {
      if (inner.get(name) === value || (value === '' && !inner.has(name) && !declaresNone(element, around))) continue;
      this.text += ` ${name}="${attributeText(value)}"`;
      inner = new Map([...inner, [name, value]]);
    }
    for (const attribute of element.attributes) if (!attribute.declares) this.text += ` ${saxonAttribute(attribute)}`;
    return inner;
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

  #leaf(node: Exclude<ChildNode, XmlElement>, depth: number): void {
    if (node.kind === 'text' || node.kind === 'cdata') {
      if (this.indent && this.#preserve === 0 && !/[^ \t\n\r]/.test(node.value)) {
        this.#pending += saxonContent(node.value);
        return;
      }
      this.#line(false, depth);
      this.text += saxonContent(node.value);
      this.#after = '';
      return;
    }
    this.#line(this.#after === 'end', depth);
    this.text +=
      node.kind === 'comment' ? `<!--${node.value}-->` : `<?${node.name}${node.value === '' ? '' : ` ${node.value}`}?>`;
  }

  /** Begins a line, or writes the white space that is waiting. */
  #line(begin: boolean, depth: number): void {
    if (begin && this.indent && this.#preserve === 0) this.text += `\n${' '.repeat(3 * depth)}`;
    else this.text += this.#pending;
    this.#pending = '';
  }
}

/** Whether the document itself says that there is no default namespace here. */
const declaresNone = (element: XmlElement, around: Scope): boolean =>
  around.has('xmlns') || element.attributes.some(({ name, value }) => name === 'xmlns' && value === '');

/** `name="value"`. */
export const saxonAttribute = ({ name, value }: XmlAttribute): string => `${name}="${attributeText(value)}"`;
/** A text with what markup needs escaped. */
export const saxonContent = (value: string): string => escaped(value, CONTENT);
const attributeText = (value: string): string => escaped(value, ATTRIBUTE);

const CONTENT = /[&<>\x00-\x08\x0b-\x1f\x7f-\x9f\u2028]/g;
const ATTRIBUTE = /[&<>"\x00-\x1f\x7f-\x9f\u2028]/g;
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
