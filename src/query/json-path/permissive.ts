import { isBlank as allBlank, decimal, decimalText, JavaError } from '../../java/index.js';
import { Fraction, type Json } from './document.js';

const END = '\x1a';
export const MAX_DEPTH = 400;

/**
 * json-smart 2.5's permissive reader: text without quotes, single quotes, useless commas, leading zeros, anything after the
 * document. Throws JavaError ParseException with the library's message.
 */
export function parsePermissive(text: string): Json {
  return new Reader(text).first();
}

type Stop = (c: string) => boolean;
const atEnd: Stop = (c) => c === END;
const inArray: Stop = (c) => c === ',' || c === ']' || c === END;
const inKey: Stop = (c) => c === ':' || c === END;
const inValue: Stop = (c) => c === ',' || c === '}' || c === END;
const isBlank = (c: string): boolean => c === ' ' || c === '\n' || c === '\r' || c === '\t';
const isDigit = (c: string): boolean => c >= '0' && c <= '9';

class Reader {
  #pos = 0;
  /** The character at `pos`; U+001A at the end, as in the library (a real one in the text ends it too). */
  #c: string;
  #depth = 0;

  constructor(readonly text: string) {
    this.#c = text[0] ?? END;
  }

  first(): Json {
    return this.value(atEnd);
  }

  private next(): string {
    this.#pos++;
    this.#c = this.text[this.#pos] ?? END;
    return this.#c;
  }

  private value(stop: Stop): Json {
    while (isBlank(this.#c)) this.next();
    const c = this.#c;
    switch (c) {
      case ':':
      case '}':
      case ']':
        throw unexpected('character', c, this.#pos);
      case '{':
        return this.object();
      case '[':
        return this.array();
      case '"':
      case "'":
        return this.string();
      case END:
        // At the top, nothing but blanks is an empty unquoted text; elsewhere the value is missing.
        if (stop === atEnd) return this.word(stop);
        throw endOfFile(this.#pos - 1, 'EOF');
      default:
        return isDigit(c) || c === '-' ? this.number(stop) : keyword(this.word(stop));
    }
  }

  private deeper(): void {
    if (++this.#depth > MAX_DEPTH) throw tooDeep(this.#c, this.#pos);
  }

  private array(): Json {
    this.deeper();
    const items: Json[] = [];
    this.next();
    for (;;) {
      const c = this.#c;
      if (isBlank(c) || c === ',') this.next();
      else if (c === ']') {
        this.#depth--;
        this.next();
        return items;
      } else if (c === ':' || c === '}') throw unexpected('character', c, this.#pos);
      else if (c === END) throw endOfFile(this.#pos - 1, 'EOF');
      else items.push(this.value(inArray));
    }
  }

  private object(): Json {
    this.deeper();
    const entries = new Map<string, Json>();
    for (;;) {
      const c = this.next();
      if (isBlank(c) || c === ',') continue;
      if (c === '}') break;
      if (c === ':' || c === ']' || c === '[' || c === '{') throw unexpected('character', c, this.#pos);
      this.entry(entries);
      if (this.#c === '}') break;
      if (this.#c === END) throw endOfFile(this.#pos - 1, 'null');
      if (this.#c !== ',') throw unexpected('token', this.#c, this.#pos - 1);
    }
    this.#depth--;
    this.next();
    return entries;
  }

  private entry(into: Map<string, Json>): void {
    const key = this.#c === '"' || this.#c === "'" ? this.string() : this.word(inKey);
    this.skipBlanks();
    if (this.#c === END) throw endOfFile(this.#pos - 1, 'null');
    if (this.#c !== ':') throw unexpected('character', this.#c, this.#pos - 1);
    if (this.#pos + 1 >= this.text.length) throw endOfFile(this.#pos, 'EOF');
    this.next();
    into.set(key, this.value(inValue));
    this.skipBlanks();
  }

  private skipBlanks(): void {
    while (this.#c <= ' ' && this.#c !== END) this.next();
  }

  /** Text without quotes up to a stop, trimmed to at least one character. */
  private word(stop: Stop, start = this.#pos): string {
    while (!stop(this.#c)) this.next();
    let from = start;
    let to = Math.min(this.#pos, this.text.length);
    while (from < to - 1 && isJavaBlank(this.text.charCodeAt(from))) from++;
    while (to - 1 > from && isJavaBlank(this.text.charCodeAt(to - 1))) to--;
    return this.text.slice(from, to);
  }

  private number(stop: Stop): Json {
    const start = this.#pos;
    this.next();
    this.digits();
    if (this.#c !== '.' && this.#c !== 'E' && this.#c !== 'e') return this.finish(stop, start, integer);
    if (this.#c === '.') {
      this.next();
      this.digits();
    }
    if (this.#c === 'E' || this.#c === 'e') {
      const sign = this.next();
      if (sign !== '+' && sign !== '-' && !isDigit(sign)) return this.word(stop, start);
      this.next();
      this.digits();
    }
    return this.finish(stop, start, fraction);
  }

  private digits(): void {
    while (isDigit(this.#c)) this.next();
  }

  /** A number when nothing else follows it, else the whole text up to the stop. */
  private finish(stop: Stop, start: number, read: (text: string) => Json | undefined): Json {
    this.skipBlanks();
    if (!stop(this.#c) && this.#c < '~' && this.#c !== END) return this.word(stop, start);
    let to = Math.min(this.#pos, this.text.length);
    while (to - 1 > start && isJavaBlank(this.text.charCodeAt(to - 1))) to--;
    const text = this.text.slice(start, to);
    const value = read(text);
    if (value === undefined) throw unexpected('token', text, this.#pos);
    return value;
  }

  private string(): string {
    const quote = this.#c;
    const close = this.text.indexOf(quote, this.#pos + 1);
    if (close === -1) throw endOfFile(this.text.length, 'null');
    const plain = this.text.slice(this.#pos + 1, close);
    if (!plain.includes('\\')) {
      this.#pos = close;
      this.next();
      return plain;
    }
    return this.escaped(quote);
  }

  /** A string with backslashes; here control characters are dropped, in plain strings they stay (a json-smart oddity). */
  private escaped(quote: string): string {
    let out = '';
    for (;;) {
      const c = this.next();
      if (c === END) throw endOfFile(this.#pos - 1, 'null');
      if (c === quote) break;
      if (c === '\\') out += this.escape();
      else if (c >= ' ' && c !== '\x7f') out += c;
    }
    this.next();
    return out;
  }

  private escape(): string {
    const c = this.next();
    if (c === 'u') return this.unicode(4);
    if (c === 'x') return this.unicode(2);
    return ESCAPES[c] ?? '';
  }

  private unicode(length: number): string {
    let value = 0;
    for (let i = 0; i < length; i++) {
      const c = this.next();
      const digit = /[0-9a-fA-F]/.test(c) ? Number.parseInt(c, 16) : -1;
      if (c === END) throw endOfFile(this.#pos, 'EOF');
      if (digit < 0) throw parseError(`Unexpected unicode escape sequence ${c} at position ${this.#pos}.`);
      value = value * 16 + digit;
    }
    return String.fromCharCode(value);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  f: '\f',
  b: '\b',
  '\\': '\\',
  '/': '/',
  "'": "'",
  '"': '"',
};

function keyword(word: string): Json {
  if (word === 'null') return null;
  if (word === 'true') return true;
  if (word === 'false') return false;
  return word === 'NaN' ? Fraction.notANumber : word;
}

/** Integer, Long or BigInteger, by size; undefined for a lone minus sign. */
function integer(text: string): Json | undefined {
  if (text.length < 10) return text === '-' ? 0 : Number(text);
  const value = BigInt(text);
  return value >= -2147483648n && value <= 2147483647n ? Number(value) : value;
}

/** Double up to 18 characters, beyond that BigDecimal; undefined for what has no digits. */
function fraction(text: string): Json | undefined {
  if (text.length <= 18) {
    const value = Number(text);
    return Number.isNaN(value) ? undefined : Fraction.double(value);
  }
  const exact = decimal(text);
  return exact && Fraction.decimal(exact, decimalText(exact));
}

const isJavaBlank = (code: number): boolean => (code <= 32 || code > 127 ? allBlank(String.fromCharCode(code)) : false);

const parseError = (message: string): JavaError => new JavaError('net.minidev.json.parser.ParseException', message);
const unexpected = (what: 'character' | 'token', found: string, at: number): JavaError =>
  parseError(
    what === 'token'
      ? `Unexpected token ${found} at position ${at}.`
      : `Unexpected character (${found}) at position ${at}.`,
  );
const endOfFile = (at: number, found: string): JavaError =>
  parseError(`Unexpected End Of File position ${at}: ${found}`);
const tooDeep = (c: string, at: number): JavaError =>
  parseError(`Malicious payload, having non natural depths, parsing stoped on ${c} at position ${at}.`);
