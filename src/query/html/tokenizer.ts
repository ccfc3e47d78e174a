import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { decoded } from './entities.js';

/** A value that is undefined was not written: `<x a>`. */
export type Attributes = Map<string, string | undefined>;

/** A piece of a page. */
export type Token =
  | {
      readonly kind: 'start';
      readonly name: string;
      readonly attributes: Attributes | undefined;
      readonly closed: boolean;
    }
  | { readonly kind: 'end'; readonly name: string }
  | { readonly kind: 'text' | 'comment' | 'doctype'; readonly text: string }
  | { readonly kind: 'eof' };
export type StartTag = Extract<Token, { kind: 'start' }>;

const NAME = /[^\t\n\f\r />]*/y;
const BLANKS = /[\t\n\f\r ]*/y;
const ATTRIBUTE = /[^\t\n\f\r /<=>]*/y;
const UNQUOTED = /[^\t\n\f\r >]*/y;
const LETTER = /\p{L}/u;
const EOF: Token = { kind: 'eof' };

/** Whose rules count where jsoup's tokeniser and Jodd's Lagarto differ. */
export type Dialect = 'jsoup' | 'jodd';

/** Takes a page apart into tags and texts as jsoup 1.17 or Lagarto 5 does; text between two tags is one token. */
export class Tokenizer {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly dialect: Dialect = 'jsoup',
  ) {}

  next(): Token {
    const { text } = this;
    const start = this.#at;
    if (start >= text.length) return EOF;
    let tag = text.indexOf('<', start);
    while (tag !== -1 && !this.#isMarkup(tag)) tag = text.indexOf('<', tag + 1);
    if (tag === start) return this.#markup() ?? this.next();
    this.#at = tag === -1 ? text.length : tag;
    return { kind: 'text', text: this.#decoded(text.slice(start, this.#at), false) };
  }

  /** A line end right behind a `pre` is left out. */
  skipLineEnd(): void {
    if (this.text.charCodeAt(this.#at) === 0x0a) this.#at++;
  }

  /** All the rest, for `plaintext`. */
  rest(): string {
    const rest = this.text.slice(this.#at);
    this.#at = this.text.length;
    return rest;
  }

  /**
   * The text up to the end tag, which is taken. References count where `escaped`; there, without any end tag to come, the
   * text ends at the next tag.
   */
  raw(name: string, escaped: boolean): string {
    const { text } = this;
    const start = this.#at;
    const end = endTag(name);
    end.lastIndex = start;
    const found = end.exec(text);
    if (found !== null) {
      this.#at = found.index;
      this.#markup();
    } else if (escaped && this.dialect === 'jsoup') {
      const tag = /<[a-z]/gi;
      tag.lastIndex = start;
      this.#at = tag.exec(text)?.index ?? text.length;
    } else {
      this.#at = text.length;
      // Lagarto loses what it cannot end.
      if (this.dialect === 'jodd' && !escaped && name !== 'script') return '';
    }
    const content = text.slice(start, found?.index ?? this.#at);
    return escaped ? this.#decoded(content, false) : content;
  }

  #isMarkup(at: number): boolean {
    const c = this.text.charAt(at + 1);
    return c === '/' ? at + 2 < this.text.length : c === '!' || c === '?' || LETTER.test(c);
  }

  /** From a `<` on; nothing for `</>` and for what the page ends in. */
  #markup(): Token | undefined {
    const { text } = this;
    const c = text.charAt(this.#at + 1);
    if (c === '!') return this.#declaration();
    if (c === '?') return this.#bogus(1);
    if (c !== '/') return this.#tag(1);
    const after = text.charAt(this.#at + 2);
    if (after === '>') {
      this.#at += 3;
      return undefined;
    }
    return LETTER.test(after) ? this.#tag(2) : this.#bogus(2);
  }

  #declaration(): Token {
    const { text } = this;
    const start = this.#at;
    if (text.startsWith('<!--', start)) return this.#comment();
    if (this.dialect === 'jsoup' && text.startsWith('<![CDATA[', start)) {
      const end = text.indexOf(']]>', start + 9);
      this.#at = end === -1 ? text.length : end + 3;
      return { kind: 'text', text: text.slice(start + 9, end === -1 ? text.length : end) };
    }
    const { text: content } = this.#bogus(2);
    return /^doctype/i.test(content) ? { kind: 'doctype', text: content } : { kind: 'comment', text: content };
  }

  #comment(): Token {
    const { text } = this;
    const start = this.#at + 4;
    const abrupt = /-?>/y;
    abrupt.lastIndex = start;
    const short = abrupt.exec(text);
    if (short !== null) {
      this.#at = start + short[0].length;
      return { kind: 'comment', text: '' };
    }
    const close = /--!?>/g;
    close.lastIndex = start;
    const end = close.exec(text);
    this.#at = end === null ? text.length : end.index + end[0].length;
    return { kind: 'comment', text: text.slice(start, end?.index ?? text.length) };
  }

  #bogus(skip: number): { readonly kind: 'comment'; readonly text: string } {
    const start = this.#at + skip;
    const end = this.text.indexOf('>', start);
    this.#at = end === -1 ? this.text.length : end + 1;
    return { kind: 'comment', text: this.text.slice(start, end === -1 ? this.text.length : end) };
  }

  /** A tag that the page ends in is no tag, unless it ends behind a `=`. */
  #tag(skip: number): Token | undefined {
    this.#at += skip;
    const name = this.#match(NAME).toLowerCase();
    let attributes: Attributes | undefined;
    let closed = false;
    for (;;) {
      this.#match(BLANKS);
      const c = this.text.charAt(this.#at);
      if (c === '') return undefined;
      if (c === '>') {
        this.#at++;
        break;
      }
      if (c === '<') break;
      if (c === '/') {
        this.#at++;
        closed = this.text.charAt(this.#at) === '>';
        continue;
      }
      attributes ??= new Map();
      if (!this.#attribute(attributes)) return undefined;
      if (this.#at >= this.text.length && this.text.endsWith('=') && this.dialect === 'jsoup') break;
    }
    return skip === 2 ? { kind: 'end', name } : { kind: 'start', name, attributes, closed };
  }

  /** Of two with the same name the first counts. */
  #attribute(into: Attributes): boolean {
    const { text } = this;
    // Whatever begins an attribute belongs to its name.
    const first = text.charAt(this.#at++);
    const name = (first + this.#match(ATTRIBUTE)).toLowerCase();
    const behind = this.#at;
    this.#match(BLANKS);
    let value: string | undefined;
    if (text.charCodeAt(this.#at) === 0x3d) {
      this.#at++;
      this.#match(BLANKS);
      const quote = text.charAt(this.#at);
      if (quote === '"' || quote === "'") {
        const end = text.indexOf(quote, this.#at + 1);
        if (end === -1) {
          this.#at = text.length;
          return false;
        }
        value = this.#decoded(text.slice(this.#at + 1, end), true);
        this.#at = end + 1;
      } else value = this.#decoded(this.#match(UNQUOTED), true);
    } else this.#at = behind;
    if (!into.has(name)) into.set(name, value);
    return true;
  }

  #decoded(text: string, inAttribute: boolean): string {
    if (this.dialect === 'jsoup') return decoded(text, inAttribute);
    if (!text.includes('&')) return text;
    return inAttribute ? decodeHTMLAttribute(text) : decodeHTML(text);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const start = this.#at;
    pattern.test(this.text);
    this.#at = Math.max(start, pattern.lastIndex);
    return this.text.slice(start, this.#at);
  }
}

const ends = new Map<string, RegExp>();
/** Asked for few names: those of elements whose content is no markup. */
function endTag(name: string): RegExp {
  let pattern = ends.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi');
    ends.set(name, pattern);
  }
  return pattern;
}
