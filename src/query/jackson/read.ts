import { JavaError } from '../../java/index.js';
import { described, Source } from './source.js';
import { double, type Json } from './value.js';

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const MISMATCHED = 'com.fasterxml.jackson.databind.exc.MismatchedInputException';
const DEPTH = 1000;
const NUMBER_LENGTH = 1000;
const TOKEN_SHOWN = 256;
const CONSTANTS: Readonly<Record<string, null | boolean>> = { null: null, true: true, false: false };
const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const INDEX = /^(?:0|[1-9]\d*)$/;

interface Options {
  /** Whether messages quote the text (INCLUDE_SOURCE_IN_LOCATION). */
  readonly source?: boolean;
}

/**
 * Reads one JSON value as Jackson 2.16's ObjectMapper does; what follows it is not looked at. Throws JsonParseException,
 * JsonEOFException, MismatchedInputException or StreamConstraintsException in its words, with line and column.
 */
export function readJackson(text: string, { source = true }: Options = {}): Json {
  return new Reader(text, source).document();
}

class Reader extends Source {
  #depth = 0;

  document(): Json {
    if (this.#skipBlanks() === -1)
      throw this.error(MISMATCHED, 'No content to map due to end-of-input', 'line: 1, column: 0');
    return this.#value(this.code());
  }

  #value(code: number): Json {
    switch (code) {
      case 0x22:
        return this.#string('was expecting closing quote for a string value', ':');
      case 0x7b:
        return this.#nested('Object', () => this.#object());
      case 0x5b:
        return this.#nested('Array', () => this.#array());
      case 0x5d:
      case 0x7d:
        if (this.scope.kind !== 'Object' || code === 0x5d) return this.#oddClose(code);
        throw this.unexpected(code, `expected a valid value ${VALUES}`);
      default:
        if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.#number(code);
        return this.#word(code);
    }
  }

  #oddClose(code: number): never {
    // Only a root or a list looks for its own end before a value.
    if (this.scope.kind === 'root') throw this.wrongEnd(code);
    throw this.unexpected(code, `expected a valid value ${VALUES}`);
  }

  #nested<T>(kind: 'Array' | 'Object', read: () => T): T {
    const outer = this.scope;
    if (++this.#depth > DEPTH)
      throw new JavaError(
        'com.fasterxml.jackson.core.exc.StreamConstraintsException',
        `Document nesting depth (${this.#depth}) exceeds the maximum allowed (${DEPTH}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`,
      );
    this.scope = { kind, start: this.at };
    this.at++;
    const value = read();
    this.scope = outer;
    this.#depth--;
    return value;
  }

  #array(): Json {
    const items: Json[] = [];
    for (;;) {
      let code = this.#next(items.length > 0, 0x5d);
      if (code === 0x5d) return items;
      if (code === 0x2c && items.length > 0) code = this.#behindComma();
      items.push(this.#value(code));
    }
  }

  #object(): Json {
    const members = new Map<string, Json>();
    let count = 0;
    for (;;) {
      let code = this.#next(count > 0, 0x7d);
      if (code === 0x7d) return objectOf(members);
      if (code === 0x2c && count > 0) code = this.#behindComma();
      if (code !== 0x22) throw this.unexpected(code, 'was expecting double-quote to start field name');
      const key = this.#string('in field name', '');
      members.set(key, this.#value(this.#behindColon()));
      count++;
    }
  }

  /** The code of the comma, of the first item, or of the end, which is taken. */
  #next(comma: boolean, end: number): number {
    const code = this.#skipBlanks();
    if (code === -1) throw this.notClosed();
    if (code === end) {
      this.at++;
      return code;
    }
    if (code === 0x5d || code === 0x7d) throw this.wrongEnd(code);
    if (comma && code !== 0x2c)
      throw this.unexpected(code, `was expecting comma to separate ${this.scope.kind} entries`);
    return code;
  }

  #behindComma(): number {
    this.at++;
    const code = this.#skipBlanks();
    // Of the ends of input the only one that is no JsonEOFException.
    if (code === -1) throw this.parseError(`Unexpected end-of-input within/between ${this.scope.kind} entries`);
    return code;
  }

  #behindColon(): number {
    const code = this.#skipBlanks();
    if (code === -1) throw this.endOfInput(` within/between ${this.scope.kind} entries`);
    if (code !== 0x3a) throw this.unexpected(code, 'was expecting a colon to separate field name and value');
    this.at++;
    const first = this.#skipBlanks();
    if (first === -1) throw this.endOfInput(` within/between ${this.scope.kind} entries`);
    return first;
  }

  /** The next code, -1 at the end. */
  #skipBlanks(): number {
    for (;;) {
      const code = this.code();
      if (code === 0x0a || code === 0x0d) {
        this.at++;
        if (code === 0x0d && this.code() === 0x0a) this.at++;
        this.line++;
        this.row = this.at;
      } else if (code === 0x20 || code === 0x09) this.at++;
      else if (code >= 0 && code < 0x20) {
        this.at++;
        throw this.parseError(
          `Illegal character (${described(code)}): only regular white space (\\r, \\n, \\t) is allowed between tokens`,
        );
      } else if (code === 0x2f)
        throw this.unexpected(
          code,
          "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
        );
      else return code;
    }
  }

  #string(unclosed: string, colon: string): string {
    const { text } = this;
    let result = '';
    let from = ++this.at;
    for (;;) {
      const code = this.code();
      if (code === 0x22) {
        result += text.slice(from, this.at++);
        return result;
      }
      if (code === 0x5c) {
        result += text.slice(from, this.at) + this.#escape();
        from = this.at;
      } else if (code === -1) throw this.endOfInput(`${colon} ${unclosed}`);
      else if (code < 0x20) {
        this.at++;
        const where = colon === '' ? 'name' : 'string value';
        throw this.parseError(
          `Illegal unquoted character (${described(code)}): has to be escaped using backslash to be included in ${where}`,
        );
      } else this.at++;
    }
  }

  #escape(): string {
    this.at++;
    const c = this.text.charAt(this.at);
    if (c === '') throw this.endOfInput(' in character escape sequence');
    this.at++;
    if (c === '"' || c === '/' || c === '\\') return c;
    const short = SHORT[c];
    if (short !== undefined) return short;
    if (c !== 'u') throw this.parseError(`Unrecognized character escape ${described(c.charCodeAt(0))}`);
    for (let i = 0; i < 4; i++, this.at++) {
      const code = this.code();
      if (code === -1) throw this.endOfInput(' in character escape sequence');
      if (!/[0-9a-fA-F]/.test(String.fromCharCode(code)))
        throw this.unexpected(code, 'expected a hex-digit for character escape sequence');
    }
    return String.fromCharCode(Number.parseInt(this.text.slice(this.at - 4, this.at), 16));
  }

  #number(first: number): Json {
    const start = this.at;
    if (first === 0x2d) this.at++;
    this.#whole(first === 0x2d);
    let fraction = false;
    if (this.code() === 0x2e) {
      fraction = true;
      this.at++;
      this.#fraction();
    }
    if ((this.code() | 0x20) === 0x65) {
      fraction = true;
      this.at++;
      this.#exponent();
    }
    this.#checkEnd();
    const text = this.text.slice(start, this.at);
    const length = text.length - (first === 0x2d ? 1 : 0);
    if (length > NUMBER_LENGTH)
      throw new JavaError(
        'com.fasterxml.jackson.core.exc.StreamConstraintsException',
        `Number value length (${length}) exceeds the maximum allowed (${NUMBER_LENGTH}, from \`StreamReadConstraints.getMaxNumberLength()\`)`,
      );
    if (fraction) return double(Number(text));
    const value = Number(text);
    return Number.isSafeInteger(value) ? value + 0 : BigInt(text);
  }

  #whole(negative: boolean): void {
    const code = this.code();
    if (code === -1) {
      this.at = this.text.length;
      throw this.endOfInput('No digit following minus sign');
    }
    if (code < 0x30 || code > 0x39) {
      if (negative && code === 0x49) this.#notANumber('-Infinity', this.at - 1);
      throw this.inNumber(code, 'expected digit (0-9) to follow minus sign, for valid numeric value');
    }
    this.at++;
    if (code === 0x30 && isDigit(this.code()))
      throw this.parseError('Invalid numeric value: Leading zeroes not allowed');
    while (isDigit(this.code())) this.at++;
  }

  #fraction(): void {
    const missing = 'Decimal point not followed by a digit';
    if (this.code() === -1) throw this.unfinished(0x2e, missing);
    if (!this.#digits()) throw this.unfinished(this.code(), missing);
  }

  /** A message about it is placed behind the `e`, also when a sign follows. */
  #exponent(): void {
    const start = this.at;
    if (this.code() === 0x2b || this.code() === 0x2d) this.at++;
    const code = this.code();
    if (code === -1) throw this.endOfInput('expected a digit for number exponent');
    if (this.#digits()) return;
    this.at = start;
    throw this.unfinished(code, 'Exponent indicator not followed by a digit');
  }

  #digits(): boolean {
    const start = this.at;
    while (isDigit(this.code())) this.at++;
    return this.at > start;
  }

  /** At the root a number must be followed by a blank. */
  #checkEnd(): void {
    if (this.scope.kind !== 'root') return;
    const code = this.code();
    if (code === -1 || code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d) return;
    throw this.unexpected(code, 'Expected space separating root-level values');
  }

  #word(code: number): Json {
    const start = this.at;
    const word = this.#wordAt(start);
    const known = CONSTANTS[word];
    if (known !== undefined && code !== 0x27) {
      this.at += word.length;
      return known;
    }
    if (code === 0x4e && word.startsWith('NaN')) this.#notANumber('NaN', start);
    if (code === 0x49 && word.startsWith('Infinity')) this.#notANumber('Infinity', start);
    if (code === 0x2b) this.#plus();
    if (word === '' || isDigit(code)) throw this.unexpected(code, `expected a valid value ${VALUES}`);
    throw this.#unknownWord(start, word);
  }

  #plus(): never {
    this.at++;
    if (this.code() === -1) throw this.endOfInput(' in a Number value');
    throw this.inNumber(
      0x2b,
      'JSON spec does not allow numbers to have plus signs: enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow',
    );
  }

  #notANumber(name: string, start: number): never {
    const word = this.text.charAt(start) === '-' ? `-${this.#wordAt(start + 1)}` : this.#wordAt(start);
    if (word === '-I' && start + 2 === this.text.length) {
      this.at = this.text.length;
      throw this.endOfInput(' in a Number value');
    }
    if (word !== name) throw this.#unknownWord(start, word);
    this.at = start + name.length;
    throw this.parseError(
      `Non-standard token '${name}': enable \`JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS\` to allow`,
    );
  }

  #unknownWord(start: number, word: string): JavaError {
    this.at = start + Math.min(word.length, TOKEN_SHOWN);
    const shown = word.length > TOKEN_SHOWN ? `${word.slice(0, TOKEN_SHOWN)}...` : word;
    return this.parseError(`Unrecognized token '${shown}': was expecting ${VALUES}`);
  }

  #wordAt(at: number): string {
    WORD.lastIndex = at;
    return WORD.exec(this.text)?.[0] ?? '';
  }
}

/** Characters of Java identifiers. */
const WORD = /[\p{L}\p{Nl}\p{Sc}\p{Pc}][\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mn}\p{Mc}]*/uy;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Keys that look like numbers would come first in a plain object, and `__proto__` would be lost. */
function objectOf(members: ReadonlyMap<string, Json>): Json {
  for (const key of members.keys()) if (INDEX.test(key) || key === '__proto__') return members;
  return Object.fromEntries(members);
}
