import { JavaError } from '../../java/index.js';

/** JsonPath's InvalidPathException: a path or filter that cannot be read. */
export const invalidPath = (message: string): JavaError =>
  new JavaError('com.jayway.jsonpath.InvalidPathException', message);
/** JsonPath's PathNotFoundException: the document has nothing there. */
export const pathNotFound = (message: string): JavaError =>
  new JavaError('com.jayway.jsonpath.PathNotFoundException', message);
/** JsonPath's own other errors. */
export const jsonPathError = (message: string): JavaError =>
  new JavaError('com.jayway.jsonpath.JsonPathException', message);

export const isInvalidPath = (error: unknown): error is JavaError =>
  error instanceof JavaError && error.javaClass === 'com.jayway.jsonpath.InvalidPathException';
export const isNotFound = (error: unknown): error is JavaError =>
  error instanceof JavaError && error.javaClass === 'com.jayway.jsonpath.PathNotFoundException';

/**
 * A place in the text of a path or a filter (CharacterIndex of json-path 2.8): only blanks count as space, the end can be
 * drawn in, and looking beyond the text is Java's exception.
 */
export class Cursor {
  position = 0;
  end: number;

  constructor(readonly text: string) {
    this.end = text.length - 1;
  }

  at(index: number): string {
    const c = this.text[index];
    if (c === undefined) throw outOfBounds(index, this.text);
    return c;
  }
  get current(): string {
    return this.at(this.position);
  }
  is(c: string): boolean {
    return this.current === c;
  }
  endsWith(c: string): boolean {
    return this.at(this.end) === c;
  }
  get length(): number {
    return this.end + 1;
  }
  inBounds(index = this.position): boolean {
    return index >= 0 && index <= this.end;
  }
  get isTail(): boolean {
    return this.position >= this.end;
  }
  slice(from: number, to: number): string {
    if (from > to || to > this.text.length)
      throw new JavaError(
        'java.lang.StringIndexOutOfBoundsException',
        `begin ${from}, end ${to}, length ${this.text.length}`,
      );
    return this.text.slice(from, to);
  }

  skipBlanks(): this {
    while (this.inBounds() && this.position < this.end && this.current === ' ') this.position++;
    return this;
  }
  trim(): this {
    this.skipBlanks();
    while (this.inBounds() && this.position < this.end && this.endsWith(' ')) this.end--;
    return this;
  }

  /** The next place after `from` that is no blank; it may lie beyond the end. */
  private significant(from: number): number {
    let at = from + 1;
    while (this.inBounds(at) && this.at(at) === ' ') at++;
    return at;
  }
  nextIs(c: string, from = this.position): boolean {
    return this.nextChar(from) === c;
  }
  /** The next character that is no blank; a blank when there is none. */
  nextChar(from = this.position): string {
    const at = this.significant(from);
    return this.inBounds(at) ? this.at(at) : ' ';
  }
  /** Where the next character stands if it is this one, else -1. */
  nextSignificant(c: string, from = this.position): number {
    const at = this.significant(from);
    return this.at(at) === c ? at : -1;
  }
  previous(from = this.position): number {
    let at = from - 1;
    while (this.inBounds(at) && this.at(at) === ' ') at--;
    return this.inBounds(at) ? at : -1;
  }
  find(c: string, from: number): number {
    for (let at = from; this.inBounds(at); at++) if (this.at(at) === c) return at;
    return -1;
  }
  findUnescaped(c: string, from = this.position): number {
    for (let at = from + 1; this.inBounds(at); at++) {
      if (this.at(at) === '\\') at++;
      else if (this.at(at) === c) return at;
    }
    return -1;
  }

  /** The bracket that closes the one at `from`; -1 when there is none. */
  closing(from: number, open: string, close: string, skipRegex: boolean): number {
    let depth = 1;
    for (let at = from + 1; this.inBounds(at); at++) {
      const quote = this.at(at);
      if (quote === "'" || quote === '"') {
        at = this.findUnescaped(quote, at);
        if (at === -1)
          throw invalidPath(`Could not find matching close quote for ${quote} when parsing : ${this.text}`);
        at++;
      }
      if (skipRegex && this.at(at) === '/') {
        at = this.findUnescaped('/', at);
        if (at === -1) throw invalidPath(`Could not find matching close for / when parsing regex in : ${this.text}`);
        at++;
      }
      if (this.at(at) === open) depth++;
      if (this.at(at) === close && --depth === 0) return at;
    }
    return -1;
  }

  /** Reads this character after blanks. */
  read(c: string): void {
    if (this.skipBlanks().current !== c) throw invalidPath(`Expected character: ${c}`);
    this.position++;
  }
  /** Reads this text after blanks if it stands there. */
  accept(text: string): boolean {
    this.skipBlanks();
    if (!this.inBounds(this.position + text.length - 1) || !this.text.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }
}

/** String.charAt of Java 17 words it by how the string is kept: Latin-1 or UTF-16. */
const outOfBounds = (index: number, text: string): JavaError =>
  new JavaError(
    'java.lang.StringIndexOutOfBoundsException',
    /^[\0-\xff]*$/.test(text) ? `String index out of range: ${index}` : `index ${index}, length ${text.length}`,
  );

/** Backslash escapes of property names and string literals. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([\s\S]{4})|([\s\S]))?/g, (whole, unicode?: string, c?: string) => {
    if (unicode !== undefined) {
      if (!/^[+-]?[0-9a-fA-F]+$/.test(unicode)) throw jsonPathError(`Unable to parse unicode value: ${unicode}`);
      return String.fromCharCode(Number.parseInt(unicode, 16));
    }
    if (c === undefined) return whole;
    // An unfinished \u is swallowed with what follows it.
    return c === 'u' ? '' : (UNESCAPED[c] ?? c);
  });
}

const UNESCAPED: Readonly<Record<string, string>> = { r: '\r', f: '\f', t: '\t', n: '\n', b: '\b' };
