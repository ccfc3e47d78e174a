import { BigDecimal, BigInteger, Double } from '../value/number.js';
import { BLANK, type Lexicon } from './lexicon.js';

export type Token =
  | { readonly kind: 'text' | 'template' | 'regex'; readonly text: string }
  | { readonly kind: 'number'; readonly value: unknown; readonly text: string }
  | { readonly kind: 'name' | 'word' | 'sign' | 'end'; readonly text: string };

/** The script does not parse: JEXL throws then, it does not give null. */
export class JexlSyntaxError extends Error {}

/** The tokens of a JEXL script, the last one an `end`. Throws JexlSyntaxError. */
export function tokens(script: string, lexicon: Lexicon): Token[] {
  const found: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const text = pattern.exec(script)?.[0];
    if (text !== undefined) at += text.length;
    return text;
  };
  while (at < script.length) {
    if (take(BLANK) !== undefined || take(lexicon.pragma) !== undefined) continue;
    const quoted = quotedAt(script, at, lexicon);
    if (quoted) {
      at = quoted.end;
      found.push(quoted.token);
      continue;
    }
    const member = lexicon.freeMembers && found.at(-1)?.text === '.';
    // After a dot a number is an index: [[1,2]].0.1 has no decimals in it.
    const number = take(member ? /\d+/y : lexicon.number);
    if (number !== undefined) found.push({ kind: 'number', value: numberOf(number, lexicon), text: number });
    else found.push(nameOrSign(take(lexicon.name), { script, at, member, lexicon }));
    if (number === undefined && found.at(-1)?.kind === 'sign') at += signAt(script, at, lexicon)?.length ?? 0;
  }
  found.push({ kind: 'end', text: '' });
  return found;
}

interface Place {
  readonly script: string;
  readonly at: number;
  readonly member: boolean;
  readonly lexicon: Lexicon;
}

function nameOrSign(name: string | undefined, { script, at, member, lexicon }: Place): Token {
  if (name === undefined) {
    const sign = signAt(script, at, lexicon);
    if (sign === undefined) throw new JexlSyntaxError(`parsing error at ${JSON.stringify(script[at])}`);
    return { kind: 'sign', text: sign };
  }
  if (member) return { kind: 'name', text: name };
  const sign = lexicon.spelt.get(name);
  // A spelt operator is a word that reads as its sign; signs advance by their own length, words already did.
  if (sign !== undefined) return { kind: 'word', text: sign };
  return { kind: lexicon.words.has(name) ? 'word' : 'name', text: name };
}

const signAt = (script: string, at: number, { signs }: Lexicon): string | undefined =>
  signs.find((sign) => script.startsWith(sign, at));

function quotedAt(
  script: string,
  at: number,
  lexicon: Lexicon,
): { readonly token: Token; readonly end: number } | undefined {
  const quote = script[at];
  if (quote === '"' || quote === "'" || (quote === '`' && lexicon.templates)) {
    const end = endOf(script, at + 1, quote);
    const inner = script.slice(at + 1, end);
    if (quote === '`') return { token: { kind: 'template', text: inner }, end: end + 1 };
    if (!lexicon.textOverLines && /[\n\r\u2028\u2029]/.test(inner))
      throw new JexlSyntaxError(`a ${quote} is not closed`);
    return { token: { kind: 'text', text: unescaped(inner, quote, lexicon.escapes) }, end: end + 1 };
  }
  if (lexicon.templates && script.startsWith('~/', at)) {
    const end = endOf(script, at + 2, '/');
    return { token: { kind: 'regex', text: script.slice(at + 2, end).replaceAll('\\/', '/') }, end: end + 1 };
  }
  return undefined;
}

function endOf(script: string, from: number, quote: string): number {
  for (let i = from; i < script.length; i++) {
    if (script[i] === '\\') i++;
    else if (script[i] === quote) return i;
  }
  throw new JexlSyntaxError(`a ${quote} is not closed`);
}

/** A text without its escapes; a backslash before anything that is none, also before the other quote, stays. */
export function unescaped(text: string, quote: string, escapes: Lexicon['escapes']): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (all, what: string) => {
    if (what.length > 1) return String.fromCharCode(Number.parseInt(what.slice(1), 16));
    return what === quote ? quote : (escapes[what] ?? all);
  });
}

/** Integer, Long or BigInteger by size; a leading 0 is octal (and 08 is no number). */
function numberOf(text: string, { single }: Lexicon): unknown {
  const suffix = /^0x/i.test(text) ? text.match(/[lh]$/i)?.[0] : text.match(/[lhfdb]$/i)?.[0];
  const digits = suffix ? text.slice(0, -1) : text;
  switch (suffix?.toLowerCase()) {
    case 'f':
      return new Double(Math.fround(Number(digits)), true);
    case 'd':
      return new Double(Number(digits));
    case 'b':
      return BigDecimal.of(digits);
    case 'l':
      return integer(digits);
    case 'h':
      return new BigInteger(integer(digits));
  }
  if (/^0x/i.test(digits) || !/[.eE]/.test(digits)) return narrow(integer(digits));
  return single ? new Double(Math.fround(Number(digits)), true) : new Double(Number(digits));
}

function integer(digits: string): bigint {
  if (!/^0\d/.test(digits)) return BigInt(digits);
  if (/[89]/.test(digits)) throw new JexlSyntaxError(`${digits} is no octal number`);
  return BigInt(`0o${digits.slice(1)}`);
}

/** The smallest of Integer, Long, BigInteger that holds the number. */
export function narrow(n: bigint): number | bigint | BigInteger {
  if (n === BigInt.asIntN(32, n)) return Number(n);
  return n === BigInt.asIntN(64, n) ? n : new BigInteger(n);
}
