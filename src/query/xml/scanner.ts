import { endOfName, isSpace, isXmlChar, skipSpace } from './char-class.js';
import { XmlParseError } from './parse-error.js';

/** A text that is being read, with the texts around it while an entity is expanded. */
interface Frame {
  readonly text: string;
  readonly at: number;
  readonly name: string;
}

/** How many entities a document may expand (Xerces' SecurityManager). */
const EXPANSIONS = 100_000;

/**
 * A cursor over the text of a document: what Xerces' XMLEntityScanner and XMLScanner do, with their messages. What it meets
 * at the end of the text is told as Xerces does when it leaves the entity.
 */
export class Scanner {
  at = 0;
  /** How many pieces of markup are open: elements, tags, comments. */
  depth = 0;
  #frames: Frame[] = [];
  #expansions = 0;

  constructor(public text: string) {}

  get code(): number {
    return this.text.charCodeAt(this.at);
  }
  get atEnd(): boolean {
    return this.at >= this.text.length;
  }
  /** Whether an entity is being expanded. */
  get inEntity(): boolean {
    return this.#frames.length > 0;
  }

  /** Ends the parsing with an error here. At the end of the text that is what is said instead. */
  fatal(message: string): never {
    if (this.atEnd) this.ended();
    throw this.error(message);
  }
  /** The text ended inside of something, or before there was anything. */
  ended(): never {
    if (this.depth === 0 && !this.inEntity) throw new XmlParseError('Premature end of file.');
    throw this.error('XML document structures must start and end within the same entity.');
  }
  /** An error with the place of the cursor in the document itself. */
  error(message: string): XmlParseError {
    const outer = this.#frames[0] ?? this;
    const before = outer.text.slice(0, outer.at);
    const line = before.split('\n').length;
    return new XmlParseError(message, line, before.length - before.lastIndexOf('\n'));
  }

  skip(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }
  skipString(string: string): boolean {
    if (!this.text.startsWith(string, this.at)) return false;
    this.at += string.length;
    return true;
  }
  skipSpaces(): boolean {
    if (!isSpace(this.code)) return false;
    this.at = skipSpace(this.text, this.at + 1);
    return true;
  }
  /** The name here; undefined when none starts. */
  name(): string | undefined {
    const end = endOfName(this.text, this.at);
    return end === this.at ? undefined : this.take(end);
  }
  /** The text up to there. */
  take(end: number): string {
    const taken = this.text.slice(this.at, end);
    this.at = end;
    return taken;
  }
  /** The text up to a mark, which is passed; without it the document ends too early, or has a bad character before. */
  upTo(mark: string, bad: (code: string) => string): string {
    const found = this.text.indexOf(mark, this.at);
    const end = found < 0 ? this.text.length : found;
    this.checkChars(end, bad);
    const taken = this.take(end);
    if (found < 0) this.ended();
    this.at += mark.length;
    return taken;
  }
  /** Fails at the first character before `end` that XML does not know. */
  checkChars(end: number, bad: (code: string) => string): void {
    const found = firstBad(this.text.slice(this.at, end), 0, end - this.at);
    if (found < 0) return;
    this.at += found;
    throw this.error(badChar(this.text, this.at, bad));
  }

  /** What stands after `&#`: a character. */
  charReference(): string {
    const hex = this.skip('x');
    const digits = hex ? HEX : DECIMAL;
    digits.lastIndex = this.at;
    const found = digits.exec(this.text)?.[0];
    if (found === undefined)
      this.fatal(
        hex
          ? 'A hexadecimal representation must immediately follow the "&#x" in a character reference.'
          : 'A decimal representation must immediately follow the "&#" in a character reference.',
      );
    this.at += found.length;
    if (!this.skip(';')) this.fatal("The character reference must end with the ';' delimiter.");
    const code = Number.parseInt(found, hex ? 16 : 10);
    if (!isXmlChar(code))
      throw this.error(`Character reference "&#${hex ? 'x' : ''}${found}" is an invalid XML character.`);
    return String.fromCodePoint(code);
  }

  /** Reads the replacement text of an entity, then goes on after the reference. */
  expand(name: string, text: string, read: () => void): void {
    if (this.#frames.some((frame) => frame.name === name)) throw this.error(this.#recursion(name));
    if (++this.#expansions > EXPANSIONS)
      throw this.error(
        'The parser has encountered more than "100,000" entity expansions in this document; this is the limit imposed by the application.',
      );
    this.#frames.push({ text: this.text, at: this.at, name });
    this.text = text;
    this.at = 0;
    read();
    const outer = this.#frames.pop();
    if (outer === undefined) return;
    this.text = outer.text;
    this.at = outer.at;
  }

  #recursion(name: string): string {
    const path = this.#frames.map((frame) => frame.name);
    return `Recursive entity reference "${name}". (Reference path: ${[...path.slice(path.indexOf(name)), name].join(' -> ')}),`;
  }
}

const HEX = /[0-9a-fA-F]+/y;
const DECIMAL = /[0-9]+/y;
const BAD = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/g;

/** Where the first character stands that XML does not know; -1 = nowhere before `end`. */
export function firstBad(text: string, at: number, end: number): number {
  BAD.lastIndex = at;
  for (let found = BAD.exec(text); found !== null && found.index < end; found = BAD.exec(text)) {
    const code = text.codePointAt(found.index) ?? 0;
    if (code <= 0xffff) return found.index;
    BAD.lastIndex = found.index + 2;
  }
  return -1;
}

/** What Xerces says of a bad character; half a surrogate pair has its own name for any place. */
export const badChar = (text: string, at: number, bad: (code: string) => string): string =>
  bad(text.charCodeAt(at).toString(16));
