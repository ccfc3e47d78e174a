import { ByteBuffer } from './byte-buffer.js';
import { CHAR, END, isLetter, isNameCharacter, isWhite, lower } from './characters.js';
import type { Settings } from './configuration.js';
import { MODEL, VERSION } from './dict.js';
import { InlineStack } from './inline-stack.js';
import { readAttributes } from './lex-attributes.js';
import { readEntity } from './lex-entity.js';
import { MARKUP, type MarkupState } from './lex-markup.js';
import { type Attribute, canPrune, mayStandInPre, type NodeType, TidyNode } from './node.js';
import { Report } from './report.js';
import { Stream } from './stream.js';
import { checkTag } from './tag-check.js';
import { findTag, type ParserName, type Tag, XML_TAG } from './tags.js';

/** How white space and markup are read: by what may stand in the element around. */
export type Mode = 'ignoreWhite' | 'mixed' | 'pre';
type State = 'content' | 'gt' | 'endTag' | 'startTag' | MarkupState;

/** Reads the content of an element that was just read and put into the tree. */
export type Parser = (lexer: Lexer, element: TidyNode, mode: Mode) => void;

/**
 * Makes tokens of a document (org.w3c.tidy.Lexer): tags, texts, comments. It also knows which inline elements are open, and
 * gives their tags again where a block starts inside of them. All texts stand in one buffer, of which nodes hold ranges; what
 * is taken back (`size`) may still be some node's.
 */
export class Lexer extends ByteBuffer {
  readonly stream: Stream;
  readonly report: Report;
  readonly inline = new InlineStack(this);
  /** Where the token begins, for messages. */
  lines = 1;
  columns = 1;
  wasWhite = false;
  insertSpace = false;
  excludeBlocks = false;
  /** Content that was moved out of a table is being read. */
  exiled = false;
  isXhtml = false;
  versions: number = VERSION.ALL | VERSION.PROPRIETARY;
  doctype: number = VERSION.UNKNOWN;
  badDoctype = false;
  seenEndBody = false;
  seenEndHtml = false;
  textStart = 0;
  textEnd = 0;
  state: State = 'content';
  token: TidyNode | undefined;
  root: TidyNode | undefined;
  /** Elements by their id or name, in lower case. */
  readonly anchors = new Map<string, TidyNode>();
  /** Of the token being read: hyphens that a comment must not hold, whether a DOCTYPE's subset is open, attributes of `<?xml`. */
  badHyphens = 0;
  inSubset = false;
  attributes: Attribute | undefined;
  #pushed = false;
  #mode: Mode = 'mixed';

  constructor(
    text: string,
    settings: Settings,
    private readonly parsers: Readonly<Record<ParserName, Parser>>,
  ) {
    super(settings);
    this.stream = new Stream(text);
    this.report = new Report(this, settings.showWarnings);
  }

  /** Gives the last token again. */
  unread(): void {
    this.#pushed = true;
  }

  /** The next token; undefined at the end. */
  read(mode: Mode): TidyNode | undefined {
    if (this.#pushed && (this.token?.type !== 'text' || !this.inline.repeats)) {
      this.#pushed = false;
      return this.token;
    }
    if (this.inline.repeats) return this.inline.next();
    this.mark();
    this.wasWhite = false;
    this.#begin();
    this.#mode = mode;
    this.badHyphens = 0;
    this.inSubset = false;
    this.attributes = undefined;
    for (let c = this.stream.read(); c !== END; c = this.stream.read()) {
      if (this.insertSpace && this.#mode !== 'ignoreWhite') this.add(CHAR.SPACE);
      // JTidy asks for a bit of the mode here that `ignoreWhite` (0) never has.
      if (this.insertSpace) {
        this.wasWhite = true;
        this.insertSpace = false;
      }
      this.add(c);
      const token = this.#step(c);
      if (token !== undefined) return token;
    }
    return this.#atEnd();
  }

  /** Reads what an element holds, if it can hold something. */
  parse(node: TidyNode, mode: Mode): void {
    if (node.has(MODEL.EMPTY)) this.wasWhite = false;
    else if (!node.has(MODEL.INLINE)) this.insertSpace = false;
    const name = node.tag?.parser;
    if (name === undefined) return;
    if (node.type === 'startEnd') this.trimEmpty(node);
    else this.parsers[name](this, node, mode);
  }

  constrain(versions: number): void {
    this.versions &= versions | VERSION.PROPRIETARY;
  }

  /** Remembers the place for messages. */
  mark(): void {
    this.lines = this.stream.line;
    this.columns = this.stream.column;
  }

  /** A node over what was read since `textStart`. */
  node(type: NodeType, element?: string): TidyNode {
    return new TidyNode(
      type,
      this.buffer,
      this.textStart,
      this.textEnd,
      element,
      element === undefined ? undefined : this.tagOf(element),
    );
  }
  inferred(name: string): TidyNode {
    const node = this.node('start', name);
    node.implicit = true;
    return node;
  }
  tagOf(element: string): Tag | undefined {
    return this.settings.xmlTags ? XML_TAG : findTag(element);
  }

  /** Ends a token of markup, of which the last character is not part. */
  finish(type: NodeType): TidyNode {
    this.size--;
    this.textEnd = this.size;
    this.state = 'content';
    this.wasWhite = false;
    this.token = this.node(type);
    return this.token;
  }

  /** Takes an element out of the tree if it holds nothing and means nothing (Node.trimEmptyElement). */
  trimEmpty(element: TidyNode): void {
    if (element.type === 'text') element.remove();
    else if (canPrune(element)) {
      this.report.warning('trimEmpty', element);
      element.remove();
    } else if (element.is('p') && element.content === undefined) {
      const second = this.inferred('br');
      this.coerce(element, 'br');
      element.after(second);
    }
  }

  /** Makes an element another one. */
  coerce(node: TidyNode, name: string): void {
    const by = this.inferred(name);
    this.report.replacement(node, by);
    node.was = node.tag;
    node.tag = by.tag;
    node.element = name;
    node.type = 'start';
    node.implicit = true;
  }

  #step(c: number): TidyNode | undefined {
    switch (this.state) {
      case 'content':
        return this.#content(c);
      case 'gt':
        return this.#markup(c);
      case 'endTag':
        return this.#endTag();
      case 'startTag':
        return this.#startTag();
      default:
        return MARKUP[this.state](this, c);
    }
  }

  #begin(): void {
    this.textStart = this.size;
    this.textEnd = this.size;
  }

  #content(c: number): undefined {
    const white = isWhite(c);
    if (white && this.#mode === 'ignoreWhite' && this.size === this.textStart + 1) {
      this.size--;
      this.wasWhite = false;
      this.mark();
    } else if (c === CHAR.LT) this.state = 'gt';
    else if (white) this.#white(c);
    else {
      if (c === CHAR.AMP) readEntity(this, this.#mode === 'pre');
      if (this.#mode === 'ignoreWhite') this.#mode = 'mixed';
      this.wasWhite = false;
    }
  }

  #white(c: number): void {
    const pre = this.#mode === 'pre';
    if (!this.wasWhite) {
      this.wasWhite = true;
      if (!pre && c !== CHAR.SPACE) this.buffer[this.size - 1] = CHAR.SPACE;
    } else if (!pre) {
      this.size--;
      this.mark();
    }
  }

  /** Behind a `<`. */
  #markup(c: number): TidyNode | undefined {
    if (c === CHAR.SLASH) return this.#slash();
    if (c === CHAR.BANG) return this.#declaration();
    const state = STATES.get(c);
    if (state !== undefined) return this.#enter(state);
    if (isLetter(c)) {
      this.stream.unread(c);
      this.size -= 2;
      this.state = 'startTag';
      return this.#textBefore();
    }
    this.state = 'content';
    this.wasWhite = false;
    return undefined;
  }

  #slash(): TidyNode | undefined {
    const c = this.stream.read();
    if (c === END) {
      this.stream.unread(c);
      return undefined;
    }
    this.add(c);
    if (!isLetter(c)) {
      this.wasWhite = false;
      this.state = 'content';
      return undefined;
    }
    this.size -= 3;
    this.stream.unread(c);
    this.state = 'endTag';
    this.columns -= 2;
    this.textEnd = this.size;
    if (this.textEnd === this.textStart) return undefined;
    if (this.#mode === 'ignoreWhite' && this.byteAt(this.size - 1) === CHAR.SPACE) this.size--;
    return this.#textBefore();
  }

  #declaration(): TidyNode | undefined {
    let c = this.stream.read();
    if (c === CHAR.MINUS) {
      c = this.stream.read();
      if (c === CHAR.MINUS) return this.#enter('comment');
      this.report.warning('malformedComment');
    } else if (c === 0x64 || c === 0x44) {
      this.#mode = 'ignoreWhite';
      this.#skipName();
      return this.#enter('doctype');
    } else if (c === CHAR.OPEN) return this.#enter('section');
    do c = this.stream.read();
    while (c !== CHAR.GT && c !== END);
    if (c === END) this.stream.unread(c);
    this.size -= 2;
    this.state = 'content';
    return undefined;
  }

  /** Over the word DOCTYPE and the white space behind it. */
  #skipName(): void {
    let c = this.stream.read();
    while (c !== END && c !== CHAR.GT && !isWhite(c)) c = this.stream.read();
    while (isWhite(c)) c = this.stream.read();
    this.stream.unread(c);
  }

  #enter(state: MarkupState): TidyNode | undefined {
    this.size -= 2;
    this.state = state;
    const text = this.#textBefore();
    if (text === undefined) this.textStart = this.size;
    return text;
  }

  #textBefore(): TidyNode | undefined {
    this.textEnd = this.size;
    if (this.textEnd <= this.textStart) return undefined;
    this.token = this.node('text');
    return this.token;
  }

  #endTag(): TidyNode | undefined {
    this.textStart = this.size - 1;
    this.columns -= 2;
    let c = this.#tagName();
    const token = this.node('end', this.slice(this.textStart, this.textEnd));
    this.token = token;
    this.size = this.textStart;
    this.textEnd = this.textStart;
    while (isWhite(c)) c = this.stream.read();
    if (c !== CHAR.GT) {
      this.stream.unread(c);
      this.report.attribute('unexpectedGt', token);
      if (c === END) return undefined;
    }
    this.state = 'content';
    this.wasWhite = false;
    return token;
  }

  #startTag(): TidyNode {
    this.textStart = this.size - 1;
    const c = this.#tagName();
    const token = this.node('start', this.slice(this.textStart, this.textEnd));
    this.token = token;
    if (c !== CHAR.GT) {
      if (c === CHAR.SLASH) this.stream.unread(c);
      const { attributes, closed } = readAttributes(this);
      token.attributes = attributes;
      if (closed) token.type = 'startEnd';
    }
    this.size = this.textStart;
    this.textEnd = this.textStart;
    this.wasWhite = false;
    if ((this.#mode !== 'pre' || mayStandInPre(token)) && (token.expectsContent || token.is('br'))) {
      const next = this.stream.read();
      if (next !== CHAR.LF && next !== CHAR.FF) this.stream.unread(next);
      this.wasWhite = true;
    }
    this.state = 'content';
    if (token.tag === undefined) this.report.error('unknownElement', undefined, token);
    else if (!this.settings.xmlTags) this.#known(token, token.tag);
    return token;
  }

  #known(token: TidyNode, tag: Tag): void {
    this.constrain(tag.versions);
    if ((tag.versions & VERSION.PROPRIETARY) !== 0 && !(this.settings.clean && token.is('nobr', 'wbr'))) {
      this.report.warning('proprietaryElement', undefined, token);
      if (token.is('layer', 'spacer', 'nobr')) this.report.advise(tag.name as 'layer' | 'spacer' | 'nobr');
    }
    checkTag(this, token, tag);
  }

  /** Reads a name whose first letter stands in the buffer; gives the character behind it. */
  #tagName(): number {
    const fold = !this.settings.xmlTags;
    if (fold) this.buffer[this.textStart] = lower(this.byteAt(this.textStart));
    let c = this.stream.read();
    while (isNameCharacter(c)) {
      this.add(fold ? lower(c) : c);
      c = this.stream.read();
    }
    this.textEnd = this.size;
    // JTidy hands it on as a Java char: the end (-1) is U+FFFF then.
    return c & 0xffff;
  }

  #atEnd(): TidyNode | undefined {
    this.textEnd = this.size;
    if (this.state === 'content' && this.textEnd > this.textStart) {
      this.stream.unread(END);
      if (this.byteAt(this.size - 1) === CHAR.SPACE) this.size--;
      this.textEnd = this.size;
      this.token = this.node('text');
      return this.token;
    }
    if (this.state !== 'comment') return undefined;
    this.report.warning('malformedComment');
    this.state = 'content';
    this.wasWhite = false;
    this.token = this.node('comment');
    return this.token;
  }
}

const STATES: ReadonlyMap<number, MarkupState> = new Map([
  [CHAR.QUESTION, 'instruction'],
  [CHAR.PERCENT, 'asp'],
  [CHAR.HASH, 'jste'],
]);
