import { JexlSyntaxError, type Token, tokens } from './lexer.js';
import type { Lexicon } from './lexicon.js';

/** Walks over the tokens of a script. */
export class Reader {
  readonly #tokens: readonly Token[];
  protected at = 0;

  constructor(
    script: string,
    readonly lexicon: Lexicon,
  ) {
    this.#tokens = tokens(script, lexicon);
  }
  protected peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.at + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new JexlSyntaxError('empty');
    return token;
  }
  /** Whether the token that many ahead is this sign or word; texts and names never are. */
  protected is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'sign' || token.kind === 'word');
  }
  protected oneOf(texts: ReadonlySet<string>): string | undefined {
    const { kind, text } = this.peek();
    return (kind === 'sign' || kind === 'word') && texts.has(text) ? text : undefined;
  }
  protected eat(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }
  protected want(text: string): void {
    if (!this.eat(text)) this.fail(text);
  }
  protected name(): string {
    const token = this.peek();
    if (token.kind !== 'name') this.fail('a name');
    this.at++;
    return token.text;
  }
  protected get ended(): boolean {
    return this.peek().kind === 'end';
  }
  protected fail(wanted?: string): never {
    const near = this.ended ? 'the end' : JSON.stringify(this.peek().text);
    throw new JexlSyntaxError(`parsing error near ${near}${wanted ? `, ${wanted} expected` : ''}`);
  }
}
