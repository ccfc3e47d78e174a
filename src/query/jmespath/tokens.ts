/** What ANTLR calls a token, named as its messages show it. */
export interface Token {
  readonly type: string;
  readonly text: string;
  /** Within the whole expression. */
  readonly start: number;
  /** Within its line, which is what the messages count. */
  readonly position: number;
}
export const EOF = '<EOF>';

/** One thing ANTLR or the compiler found wrong. */
export interface SyntaxFault {
  readonly message: string;
  readonly position: number;
}

const LITERAL = /\[\?|&&|\|\||[.!()|*[\],{}:@&`]/y;
const PATTERNS: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['JSON_CONSTANT', /(?:true|false|null)(?![A-Za-z0-9_])/y],
  ['NAME', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['COMPARATOR', /[<>=!]=|[<>]/y],
  ['STRING', /"(?:[^"\\]|\\(?:["\\/bfnrt`]|u[0-9a-fA-F]{4}))*"/y],
  ['RAW_STRING', /'(?:[^'\\]|\\[\s\S])*'/y],
  ['REAL_OR_EXPONENT_NUMBER', /-?(?:0|[1-9]\d*)(?:\.\d+(?:[Ee][+-]?(?:0|[1-9]\d*))?|[Ee][+-]?(?:0|[1-9]\d*))/y],
  ['SIGNED_INT', /-?(?:0|[1-9]\d*)/y],
];
const BLANKS = /[ \t\n\r]+/y;
/** How far each kind of token gets before it fails, by its first character. */
const UNFINISHED: Readonly<Record<string, RegExp>> = {
  '"': /"(?:[^"\\]|\\(?:["\\/bfnrt`]|u[0-9a-fA-F]{4}))*(?:\\(?:u[0-9a-fA-F]{0,3})?)?/y,
  "'": /'(?:[^'\\]|\\[\s\S])*\\?/y,
  '-': /-/y,
  '=': /=/y,
};

/** Gives the tokens one by one, as ANTLR's lexer does: what it cannot read is a fault and left out, when it is come to. */
export class Lexer {
  #at = 0;
  readonly #text: string;
  readonly #faults: SyntaxFault[];

  constructor(text: string, faults: SyntaxFault[]) {
    this.#text = text;
    this.#faults = faults;
  }

  next(): Token {
    for (;;) {
      this.#at += this.#match(BLANKS).length;
      const start = this.#at;
      if (start >= this.#text.length) return { type: EOF, text: EOF, start, position: this.#position(start) };
      for (const [type, pattern] of PATTERNS) {
        const text = this.#match(pattern);
        if (text !== '') return this.#token(type, text);
      }
      const text = this.#match(LITERAL);
      if (text !== '') return this.#token(`'${text}'`, text);
      this.#skip(start);
    }
  }

  #token(type: string, text: string): Token {
    const start = this.#at;
    this.#at += text.length;
    return { type, text, start, position: this.#position(start) };
  }

  /** The character that did not fit is shown, too, and is skipped with the rest. */
  #skip(start: number): void {
    const begun = UNFINISHED[this.#text.charAt(start)];
    const failed = start + (begun ? this.#match(begun).length : 0);
    this.#faults.push({
      message: `syntax error token recognition error at: '${shown(this.#text.slice(start, failed + 1))}'`,
      position: this.#position(start),
    });
    this.#at = Math.min(failed + 1, this.#text.length);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? '';
  }

  #position(at: number): number {
    return at - (this.#text.lastIndexOf('\n', at - 1) + 1);
  }
}

/** Line ends as ANTLR's messages show them. */
export const shown = (text: string): string => text.replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t');
