import { xpathError } from './error.js';

/** Gives the namespace of a prefix; undefined when nobody declared it. */
export type ResolvePrefix = (prefix: string) => string | undefined;

const BREAKS = new Set('([)]|/*+=,\\^!$<>@');
const isDigit = (char: string): boolean => char >= '0' && char <= '9';

/**
 * The tokens of an XPath 1.0 expression as Xalan's Lexer cuts them: a name with a prefix becomes namespace, `:`, local name;
 * literals keep their quotes. What it cannot cut is found out by the parser.
 * @throws JavaError javax.xml.transform.TransformerException, with Xalan's message
 */
export function tokensOf(text: string, resolve: ResolvePrefix): readonly string[] {
  return new Lexer(text, resolve).run();
}

class Lexer {
  readonly #tokens: string[] = [];
  /** Where the word in hand began; -1 = none. */
  #start = -1;
  /** Where its colon stands; -1 = none. */
  #colon = -1;
  #number = false;

  constructor(
    readonly text: string,
    readonly resolve: ResolvePrefix,
  ) {}

  run(): readonly string[] {
    const { text } = this;
    for (let i = 0; i < text.length; i++) {
      const char = text.charAt(i);
      if (char === '"' || char === "'") i = this.#literal(i, char);
      else if (char === ' ' || char === '\t' || char === '\n' || char === '\r') this.#word(i);
      else if (BREAKS.has(char) || (char === '-' && (this.#number || this.#start < 0))) {
        this.#word(i);
        this.#number = false;
        this.#tokens.push(char);
      } else if (char === ':' && i > 0 && this.#colon === i - 1) this.#axis(i);
      else this.#inWord(i, char);
    }
    this.#word(text.length);
    if (this.#tokens.length === 0) throw xpathError('Empty expression!');
    return this.#tokens;
  }

  #inWord(i: number, char: string): void {
    if (char === '-') return;
    if (char === ':' && i > 0) this.#colon = i;
    if (this.#start < 0) {
      this.#start = i;
      this.#number = isDigit(char);
    } else if (this.#number) this.#number = isDigit(char);
  }

  /** The second of two colons. */
  #axis(i: number): void {
    if (this.#start >= 0 && this.#start < i - 1) this.#tokens.push(this.text.slice(this.#start, i - 1));
    this.#start = -1;
    this.#colon = -1;
    this.#number = false;
    this.#tokens.push('::');
  }

  #literal(i: number, quote: string): number {
    this.#word(i);
    const end = this.text.indexOf(quote, i + 1);
    if (end < 0) throw xpathError(`misquoted literal... expected ${quote === '"' ? 'double' : 'single'} quote!`);
    this.#tokens.push(this.text.slice(i, end + 1));
    return end;
  }

  /** Ends the word in hand. */
  #word(end: number): void {
    const start = this.#start;
    if (start < 0) return;
    this.#start = -1;
    this.#number = false;
    const colon = this.#colon;
    if (colon < 0) {
      this.#tokens.push(this.text.slice(start, end));
      return;
    }
    this.#colon = -1;
    const prefix = this.text.slice(start, colon);
    const uri = prefix === '*' || prefix === 'xmlns' ? prefix : this.resolve(prefix);
    if (!uri) throw xpathError(`Prefix must resolve to a namespace: ${prefix}`);
    this.#tokens.push(uri, ':');
    if (colon + 1 < end) this.#tokens.push(this.text.slice(colon + 1, end));
  }
}
