import { staticError } from './error.js';

/** A piece of an expression. `text` is as Saxon names it in its messages. */
export interface Token {
  readonly kind: 'number' | 'string' | 'name' | 'symbol' | 'end';
  readonly text: string;
  /** The value of a literal; the namespace of a `Q{…}` name. */
  readonly value?: string | undefined;
  readonly start: number;
  /** Where the next token may begin; something stands right behind a name without a gap when this is its start. */
  readonly end: number;
}

const SYMBOLS = [
  '<<',
  '>>',
  '!=',
  '<=',
  '>=',
  ':=',
  '||',
  '=>',
  '//',
  '::',
  '..',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  '.',
  '/',
  '@',
  '$',
  '|',
  '+',
  '-',
  '*',
  '=',
  '<',
  '>',
  '!',
  '?',
  '#',
  ':',
  ';',
  '%',
];
const NAME = /(?:Q\{([^{}]*)\})?(?:[\p{L}_][-.\p{L}\p{Nd}\p{M}_\u00b7]*)(?::[\p{L}_][-.\p{L}\p{Nd}\p{M}_\u00b7]*)?/uy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;

/**
 * The tokens of an XPath 3.1 expression.
 * @throws JavaError CompletionException with Saxon's message
 */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at = skipBlanks(text, at);
    const token = at >= text.length ? { kind: 'end' as const, text: '<eof>', start: at, end: at } : tokenAt(text, at);
    tokens.push(token);
    if (token.kind === 'end') return tokens;
    at = token.end;
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (/[ \t\r\n]/.test(text.charAt(at))) at++;
    if (!text.startsWith('(:', at)) return at;
    at = endOfComment(text, at);
  }
}
function endOfComment(text: string, from: number): number {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('(:', at)) {
      open++;
      at++;
    } else if (text.startsWith(':)', at)) {
      at++;
      if (--open === 0) return at + 1;
    }
  }
  throw staticError('Unclosed XPath comment');
}

function tokenAt(text: string, at: number): Token {
  const char = text.charAt(at);
  if (char === '"' || char === "'") return literal(text, at, char);
  if (/\d/.test(char) || (char === '.' && /\d/.test(text.charAt(at + 1)))) return number(text, at);
  NAME.lastIndex = at;
  const found = NAME.exec(text);
  if (found !== null) {
    const end = NAME.lastIndex;
    // `x:` is a slip unless `x::`, `x:*` or `x:=` is meant.
    if (text[end] === ':' && !/[:*=]/.test(text.charAt(end + 1)) && !found[0].includes(':'))
      throw staticError(`QName cannot end with colon: {${found[0]}:}`);
    return { kind: 'name', text: found[0].replace(/^Q\{[^{}]*\}/, ''), value: found[1], start: at, end };
  }
  const symbol = SYMBOLS.find((one) => text.startsWith(one, at));
  if (symbol === undefined)
    throw staticError(`Invalid character '${char}' (x${char.charCodeAt(0).toString(16)}) in expression`);
  if (symbol === '%') throw staticError('Function annotations are not allowed in XPath');
  return { kind: 'symbol', text: symbol, start: at, end: at + symbol.length };
}

function literal(text: string, start: number, quote: string): Token {
  let at = start + 1;
  let value = '';
  for (;;) {
    const end = text.indexOf(quote, at);
    if (end < 0) throw staticError('Unmatched quote in expression');
    value += text.slice(at, end);
    at = end + 1;
    if (text[at] !== quote) return { kind: 'string', text: '<string-literal>', value, start, end: at };
    value += quote;
    at++;
  }
}

function number(text: string, start: number): Token {
  NUMBER.lastIndex = start;
  const value = NUMBER.exec(text)?.[0] ?? '';
  const end = start + value.length;
  const next = text.charAt(end);
  if (/[eE]/.test(next) && !/[eE]/.test(value)) throw staticError(`Invalid numeric literal "${value}${next}"`);
  if (/[\p{L}_]/u.test(next)) throw staticError('Separator needed after numeric literal');
  return { kind: 'number', text: '<numeric-literal>', value, start, end };
}
