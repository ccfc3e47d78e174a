import { JavaError } from '../../java/index.js';

const WORD = /[\p{L}\p{Nd}]/u;
const BLANK = /[ \t\n\f\r]/;

/** What jsoup's parser of selectors reads from (org.jsoup.parser.TokenQueue 1.17). */
export class TokenQueue {
  #at = 0;

  constructor(private readonly text: string) {}

  get isEmpty(): boolean {
    return this.#at >= this.text.length;
  }
  /** The next character, or nothing at the end. */
  get next(): string {
    return this.text.charAt(this.#at);
  }
  get isWord(): boolean {
    return WORD.test(this.next);
  }

  /** In any case. */
  matches(text: string): boolean {
    return this.text.slice(this.#at, this.#at + text.length).toLowerCase() === text.toLowerCase();
  }
  take(text: string): boolean {
    if (!this.matches(text)) return false;
    this.#at += text.length;
    return true;
  }
  consume(): string {
    return this.text.charAt(this.#at++);
  }
  rest(): string {
    const rest = this.text.slice(this.#at);
    this.#at = this.text.length;
    return rest;
  }
  skipBlanks(): boolean {
    const start = this.#at;
    while (BLANK.test(this.next)) this.#at++;
    return this.#at > start;
  }
  upTo(stops: readonly string[]): string {
    const start = this.#at;
    while (!this.isEmpty && !stops.some((stop) => this.matches(stop))) this.#at++;
    return this.text.slice(start, this.#at);
  }

  /** Letters, digits, what follows a backslash, and these. */
  identifier(others: readonly string[]): string {
    const start = this.#at;
    let escaped = false;
    while (!this.isEmpty) {
      if (this.next === '\\' && this.#at < this.text.length - 1) {
        escaped = true;
        this.#at += 2;
      } else if (this.isWord || others.some((other) => this.matches(other))) this.#at++;
      else break;
    }
    const text = this.text.slice(start, this.#at);
    return escaped ? unescaped(text) : text;
  }

  /**
   * What stands between a pair, pairs inside counted, quotes and `\Q…\E` passed over; empty when none opens here, which
   * takes one character all the same. Throws when it does not close.
   */
  balanced(open: string, close: string): string {
    let [start, end, depth, last] = [-1, -1, 0, ''];
    const quotes = { "'": false, '"': false };
    let literal = false;
    do {
      if (this.isEmpty) break;
      const c = this.consume();
      if (last !== '\\') {
        if (c === "'" && !quotes['"']) quotes["'"] = !quotes["'"];
        else if (c === '"' && !quotes["'"]) quotes['"'] = !quotes['"'];
        if (quotes["'"] || quotes['"'] || literal) {
          last = c;
          continue;
        }
        if (c === open) {
          depth++;
          if (start === -1) start = this.#at;
        } else if (c === close) depth--;
      } else if (c === 'Q') literal = true;
      else if (c === 'E') literal = false;
      if (depth > 0 && last !== '') end = this.#at;
      last = c;
    } while (depth > 0);
    const text = end >= 0 ? this.text.slice(start, end) : '';
    if (depth > 0) throw selectorError(`Did not find balanced marker at '${text}'`);
    return text;
  }
}

/** Without backslashes; two of them are one. */
export const unescaped = (text: string): string => text.replace(/\\(\\?)/g, '$1');

/** What jsoup throws for a selector it cannot read. */
export const selectorError = (message: string): JavaError =>
  new JavaError('org.jsoup.select.Selector$SelectorParseException', message);
