import { JavaError } from '../../java/index.js';
import { type AttributeEntry, attributeEntry } from './attribute-table.js';
import { MODEL } from './dict.js';
import { findTag, type Tag } from './tags.js';

/** What is thrown for a document that is too deep, or that JTidy would read for ever. */
export const STACK_OVERFLOW = 'java.lang.StackOverflowError';

export type NodeType =
  | 'root'
  | 'doctype'
  | 'comment'
  | 'instruction'
  | 'text'
  | 'start'
  | 'end'
  | 'startEnd'
  | 'cdata'
  | 'section'
  | 'asp'
  | 'jste'
  | 'php'
  | 'xmlDecl';

/** An attribute, linked to the one that stands before it in the text: a list is built from its front (org.w3c.tidy.AttVal). */
export class Attribute {
  next: Attribute | undefined;
  readonly entry: AttributeEntry | undefined;

  /** `name` is undefined for server code among the attributes; a `value` of undefined is an attribute without one. */
  constructor(
    public name: string | undefined,
    public value: string | undefined,
    /** Whether it is `<% … %>`. */
    readonly asp = false,
  ) {
    this.entry = attributeEntry(name);
  }
}

/**
 * A token, and a node of the tree that is built of tokens (org.w3c.tidy.Node). Its text is a range of the lexer's buffer,
 * which neighbours share: JTidy moves a space between two nodes by moving these bounds.
 */
export class TidyNode {
  parent: TidyNode | undefined;
  prev: TidyNode | undefined;
  next: TidyNode | undefined;
  last: TidyNode | undefined;
  content: TidyNode | undefined;
  attributes: Attribute | undefined;
  tag: Tag | undefined;
  /** The tag before it was replaced by another. */
  was: Tag | undefined;
  /** Put in by JTidy, not by the document. */
  implicit = false;

  constructor(
    public type: NodeType,
    public text: number[],
    public start: number,
    public end: number,
    public element: string | undefined = undefined,
    tag: Tag | undefined = undefined,
  ) {
    this.tag = tag;
  }

  /** Whether its tag is one of these. */
  is(...names: readonly string[]): boolean {
    return this.tag !== undefined && names.includes(this.tag.name);
  }
  /** Whether its tag has one of these bits of the content model. */
  has(model: number): boolean {
    return this.tag !== undefined && (this.tag.model & model) !== 0;
  }
  get opens(): boolean {
    return this.type === 'start' || this.type === 'startEnd';
  }
  get isEmpty(): boolean {
    return this.start >= this.end;
  }
  /** The character at the start of its text; NaN when there is none. */
  get first(): number {
    return this.text[this.start] ?? Number.NaN;
  }

  attribute(name: string): Attribute | undefined {
    let at = this.attributes;
    while (at !== undefined && at.name !== name) at = at.next;
    return at;
  }
  /** The same where JTidy forgets that server code has no name; `variable` is its own word for it. Throws JavaError. */
  namedAttribute(name: string, variable: string): Attribute | undefined {
    let at = this.attributes;
    while (at !== undefined && at.name !== name) {
      if (at.name === undefined) throw nullName(variable);
      at = at.next;
    }
    return at;
  }
  addAttribute(name: string, value: string): void {
    const added = new Attribute(name, value);
    let at = this.attributes;
    if (at === undefined) this.attributes = added;
    else {
      while (at.next !== undefined) at = at.next;
      at.next = added;
    }
  }
  /** Puts an attribute in front of the others. */
  prependAttribute(name: string, value: string | undefined): void {
    const added = new Attribute(name, value);
    added.next = this.attributes;
    this.attributes = added;
  }
  removeAttribute(attribute: Attribute): void {
    let before: Attribute | undefined;
    for (let at = this.attributes; at !== undefined; at = at.next) {
      if (at !== attribute) before = at;
      else if (before === undefined) this.attributes = at.next;
      else before.next = at.next;
    }
  }
  addClass(name: string): void {
    const given = this.attribute('class');
    if (given === undefined) this.addAttribute('class', name);
    else given.value = `${given.value ?? 'null'} ${name}`;
  }

  insertAtStart(node: TidyNode): void {
    node.parent = this;
    if (this.content === undefined) this.last = node;
    else this.content.prev = node;
    node.next = this.content;
    node.prev = undefined;
    this.content = node;
  }
  /** A token that was given back can come again as content of itself: JTidy then never ends. */
  append(node: TidyNode): void {
    if (node.parent !== undefined && (node === this || this.isBelow(node))) throw new JavaError(STACK_OVERFLOW);
    node.parent = this;
    node.prev = this.last;
    if (this.last === undefined) this.content = node;
    else this.last.next = node;
    this.last = node;
  }
  /** Puts `node` in front of this one. */
  before(node: TidyNode): void {
    const { parent } = this;
    node.parent = parent;
    node.next = this;
    node.prev = this.prev;
    this.prev = node;
    if (node.prev !== undefined) node.prev.next = node;
    if (parent?.content === this) parent.content = node;
  }
  /** Puts `node` behind this one. */
  after(node: TidyNode): void {
    const { parent } = this;
    node.parent = parent;
    if (parent?.last === this) parent.last = node;
    else {
      node.next = this.next;
      if (node.next !== undefined) node.next.prev = node;
    }
    this.next = node;
    node.prev = this;
  }
  /** Puts `node` around this one. */
  wrap(node: TidyNode): void {
    node.content = this;
    node.last = this;
    node.parent = this.parent;
    this.parent = node;
    if (node.parent?.content === this) node.parent.content = node;
    if (node.parent?.last === this) node.parent.last = node;
    node.prev = this.prev;
    this.prev = undefined;
    if (node.prev !== undefined) node.prev.next = node;
    node.next = this.next;
    this.next = undefined;
    if (node.next !== undefined) node.next.prev = node;
  }
  /** Takes it out of the tree; gives the node that stood behind it. */
  remove(): TidyNode | undefined {
    const { prev, next, parent } = this;
    if (prev !== undefined) prev.next = next;
    if (next !== undefined) next.prev = prev;
    if (parent?.content === this) parent.content = next;
    if (parent?.last === this) parent.last = prev;
    this.parent = undefined;
    this.prev = undefined;
    this.next = undefined;
    return next;
  }

  isInside(tag: Tag | undefined): boolean {
    for (let at = this.parent; at !== undefined; at = at.parent) if (at.tag === tag) return true;
    return false;
  }
  isBelow(node: TidyNode): boolean {
    for (let at = this.parent; at !== undefined; at = at.parent) if (at === node) return true;
    return false;
  }
  isInsideOf(name: string): boolean {
    return this.isInside(findTag(name));
  }

  child(name: string): TidyNode | undefined {
    let at = this.content;
    while (at !== undefined && !at.is(name)) at = at.next;
    return at;
  }
  childOfType(type: NodeType): TidyNode | undefined {
    let at = this.content;
    while (at !== undefined && at.type !== type) at = at.next;
    return at;
  }

  /** Whether it is an element that may hold something; an unknown one may. */
  get expectsContent(): boolean {
    return this.type === 'start' && !this.has(MODEL.EMPTY);
  }
  /** Whether what it holds is one node. */
  get hasOneChild(): boolean {
    return this.content !== undefined && this.content.next === undefined;
  }

  /** Changes the element it is. */
  become(tag: Tag): void {
    this.tag = tag;
    this.element = tag.name;
  }

  /** A copy without content, linked to the same parent but not held by it. */
  clone(): TidyNode {
    const copy = new TidyNode(this.type, this.text, this.start, this.end, this.element, this.tag);
    copy.parent = this.parent;
    copy.implicit = this.implicit;
    copy.attributes = cloneAttributes(this.attributes);
    return copy;
  }

  /** Whether the links of the tree agree with each other; JTidy gives up a document in which they do not. */
  isSound(): boolean {
    const { prev, next, parent } = this;
    if (prev !== undefined && prev.next !== this) return false;
    if (next !== undefined && (next === this || next.prev !== this)) return false;
    if (parent !== undefined) {
      if (prev === undefined && parent.content !== this) return false;
      if (next === undefined && parent.last !== this) return false;
    }
    for (let child = this.content; child !== undefined; child = child.next)
      if (child.parent !== this || !child.isSound()) return false;
    return true;
  }
}

export function cloneAttributes(from: Attribute | undefined): Attribute | undefined {
  if (from === undefined) return undefined;
  const copy = new Attribute(from.name, from.value, from.asp);
  copy.next = cloneAttributes(from.next);
  return copy;
}

/** The body of a document; of a frameset the one in its noframes. */
export function findBody(root: TidyNode): TidyNode | undefined {
  let at = root.child('html')?.content;
  while (at !== undefined && !at.is('body', 'frameset')) at = at.next;
  return at?.is('frameset') ? at.child('noframes')?.child('body') : at;
}

/** The text of a range of bytes. Names are short, and ASCII as a rule. */
export function textOfRange(buffer: readonly number[], start: number, end: number): string {
  if (end <= start) return '';
  const bytes = buffer.slice(start, end);
  return bytes.length < 32 && bytes.every((byte) => byte < 0x80)
    ? String.fromCharCode(...bytes)
    : Buffer.from(bytes).toString();
}

/** What may stand in preformatted text: inline elements, and paragraphs as line breaks. */
export const mayStandInPre = (node: TidyNode): boolean => node.is('p') || node.has(MODEL.INLINE);

/** Whether it may go when it is empty (Lexer.canPrune). */
export function canPrune(element: TidyNode): boolean {
  if (element.content !== undefined || element.tag === undefined) return false;
  if (element.is('a') && element.attributes !== undefined) return false;
  if (element.has(MODEL.ROW | MODEL.EMPTY) || element.is('applet', 'object', 'title', 'iframe')) return false;
  if (element.is('script') && element.attribute('src') !== undefined) return false;
  return element.attribute('id') === undefined && element.attribute('name') === undefined;
}

const nullName = (variable: string): JavaError =>
  new JavaError(
    'java.lang.NullPointerException',
    `Cannot invoke "String.equals(Object)" because "${variable}.attribute" is null`,
  );
