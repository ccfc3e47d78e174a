import type { HtmlElement } from './dom.js';
import { OpenElements } from './open-elements.js';
import { type Attributes, type StartTag, type Token, Tokenizer } from './tokenizer.js';

/** What to do with a token where the builder is; false = it was left out. */
export type Mode = (builder: Builder, token: Token) => boolean;

/** What all modes work on. */
export class Builder {
  readonly open = new OpenElements();
  readonly tokens: Tokenizer;
  head: HtmlElement | undefined;
  form: HtmlElement | undefined;
  framesetOk = true;
  /** Modes of the templates that are open. */
  readonly templates: Mode[] = [];

  constructor(
    text: string,
    public mode: Mode,
    private readonly foreign: Mode,
  ) {
    this.tokens = new Tokenizer(text);
  }

  process(token: Token): boolean {
    const { current } = this.open;
    return (current.foreign !== undefined && isForeign(current, token) ? this.foreign : this.mode)(this, token);
  }
  startTag(name: string, attributes?: Attributes): boolean {
    return this.process({ kind: 'start', name, attributes, closed: false });
  }
  endTag(name: string): boolean {
    return this.process({ kind: 'end', name });
  }

  /** Opens an element; one written `<x/>` is closed at once. */
  insert({ name, attributes, closed }: StartTag): HtmlElement {
    const element = this.open.insert(this.open.create(name, attributes));
    if (closed) this.endTag(name);
    return element;
  }
  /** An element that has no content. */
  insertEmpty({ name, attributes }: StartTag): HtmlElement {
    const element = this.open.insert(this.open.create(name, attributes));
    this.open.stack.pop();
    return element;
  }
  /** An element whose content is text up to its end tag. */
  insertRaw(tag: StartTag, escaped: boolean): void {
    const element = this.open.insert(this.open.create(tag.name, tag.attributes));
    if (!tag.closed) {
      const text = this.tokens.raw(tag.name, escaped);
      if (text !== '') this.open.insertText(text, element);
    }
    this.open.stack.pop();
  }
  insertForeign({ name, attributes, closed }: StartTag, kind: string): void {
    this.open.insert(this.open.create(name, attributes, kind));
    if (closed) this.open.stack.pop();
  }
}

const MATH_TEXT = new Set(['mi', 'mn', 'mo', 'ms', 'mtext']);
const SVG_HTML = new Set(['desc', 'foreignobject', 'title']);

/** Whether the token belongs to SVG or MathML; some of their elements hold HTML again. */
function isForeign({ name, foreign, attributes }: HtmlElement, token: Token): boolean {
  if (token.kind === 'eof') return false;
  const content = token.kind === 'start' || token.kind === 'text';
  if (foreign === 'svg') return !(content && SVG_HTML.has(name));
  if (MATH_TEXT.has(name) && content)
    return token.kind === 'start' && (token.name === 'mglyph' || token.name === 'malignmark');
  if (name !== 'annotation-xml') return true;
  if (token.kind === 'start' && token.name === 'svg') return false;
  return !(content && /^(?:text\/html|application\/xhtml\+xml)$/i.test(attributes?.get('encoding') ?? ''));
}

/** A text of blanks alone. */
export const isBlankText = (token: Token): boolean => token.kind === 'text' && /^[ \t\n\f\r]*$/.test(token.text);
