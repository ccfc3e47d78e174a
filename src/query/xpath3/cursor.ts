import { staticError } from './error.js';
import type { Static } from './expression.js';
import type { Token } from './lexer.js';

const END: Token = { kind: 'end', text: '<eof>', start: 0, end: 0 };

/** Where a parser is among the tokens, and what names mean there. */
export abstract class Cursor {
  at = 0;
  /** The variables that are declared here. */
  variables: readonly string[] = [];

  constructor(
    readonly tokens: readonly Token[],
    readonly world: Static,
  ) {}

  get token(): Token {
    return this.tokens[this.at] ?? END;
  }
  ahead(n: number): Token {
    return this.tokens[this.at + n] ?? END;
  }
  /** Whether a symbol or a word stands here. */
  is(text: string): boolean {
    const { token } = this;
    return token.text === text && (token.kind === 'symbol' || token.kind === 'name');
  }
  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }
  expect(text: string): void {
    if (this.take(text)) return;
    const { kind, text: found } = this.token;
    throw staticError(`expected "${text}", found ${kind === 'name' ? `name "${found}"` : `"${found}"`}`);
  }
  atEnd(): void {
    const { kind, text } = this.token;
    if (kind === 'end') return;
    throw staticError(`Unexpected token ${kind === 'name' ? `name "${text}"` : `"${text}"`} beyond end of expression`);
  }
  unexpected(): never {
    throw staticError(`Unexpected token "${this.token.text}" at start of expression`);
  }

  /** The namespace of a prefix. */
  uriOf(prefix: string): string {
    const uri = this.world.prefixes.get(prefix);
    if (uri === undefined) throw staticError(`Namespace prefix '${prefix}' has not been declared`);
    return uri;
  }
  /** Namespace and local name of a name token; without a prefix the namespace is `fallback`. */
  nameOf(
    { text, value }: Token,
    fallback: string,
  ): { readonly uri: string; readonly local: string; readonly prefix: string } {
    if (value !== undefined) return { uri: value, local: text, prefix: '' };
    const colon = text.indexOf(':');
    if (colon < 0) return { uri: fallback, local: text, prefix: '' };
    const prefix = text.slice(0, colon);
    return { uri: this.uriOf(prefix), local: text.slice(colon + 1), prefix };
  }
}
