import { BigDecimal, BigInteger, Double } from '../value/number.js';

export type Token =
  | { readonly kind: 'text' | 'template' | 'regex'; readonly text: string }
  | { readonly kind: 'number'; readonly value: unknown; readonly text: string }
  | { readonly kind: 'name' | 'word' | 'sign' | 'end'; readonly text: string };

/** The script does not parse: JEXL throws then, it does not give null. */
export class JexlSyntaxError extends Error {}

const SIGNS = [
  ...['...', '&&', '||', '==', '!=', '<=', '>=', '=~', '!~', '=^', '!^', '=$', '!$', '?:', '??', '?.', '..', '->'],
  ...['+=', '-=', '*=', '/=', '%=', '&=', '|=', '^='],
  ...['+', '-', '*', '/', '%', '=', '<', '>', '!', '~', '&', '|', '^', '?', ':', '.', ',', ';', '(', ')', '[', ']'],
  ...['{', '}'],
];
const SPELT: ReadonlyMap<string, string> = new Map([
  ...([
    ['and', '&&'],
    ['or', '||'],
    ['not', '!'],
    ['eq', '=='],
    ['ne', '!='],
    ['lt', '<'],
    ['gt', '>'],
  ] as const),
  ...([
    ['le', '<='],
    ['ge', '>='],
    ['div', '/'],
    ['mod', '%'],
  ] as const),
]);
const WORDS = new Set(
  'if else for foreach while do new var empty size null true false return in continue break function NaN'.split(' '),
);
const BLANK = /(?:\s|\/\/[^\n]*|##[^\n]*|\/\*[\s\S]*?\*\/)+/y;
/** `5.d` is a double, so `5.doubleValue()` does not parse. */
const NUMBER =
  /0[xX][0-9a-fA-F]+[lLhH]?|\d+\.\d+(?:[eE][+-]?\d+)?[fFdDbB]?|\d+\.[fFdDbB]|\d+[eE][+-]?\d+[fFdDbB]?|\d+[fFdDbBlLhH]?/y;
/** JEXL's identifiers are ASCII: a name with an umlaut does not parse. */
const NAME = /[A-Za-z_$][\w$]*/y;
const PRAGMA = /#pragma[ \t]+\S+[ \t]+\S+/y;

/** The tokens of a JEXL 3.2.1 script, the last one an `end`. Throws JexlSyntaxError. */
export function tokens(script: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const text = pattern.exec(script)?.[0];
    if (text !== undefined) at += text.length;
    return text;
  };
  while (at < script.length) {
    if (take(BLANK) !== undefined || take(PRAGMA) !== undefined) continue;
    const quoted = quotedAt(script, at);
    if (quoted) {
      at = quoted.end;
      found.push(quoted.token);
      continue;
    }
    // After a dot a number is an index: [[1,2]].0.1 has no decimals in it.
    const number = take(found.at(-1)?.text === '.' ? /\d+/y : NUMBER);
    if (number !== undefined) found.push({ kind: 'number', value: numberOf(number), text: number });
    else found.push(nameOrSign(take(NAME), script, at, found.at(-1)?.text === '.'));
    if (number === undefined && found.at(-1)?.kind === 'sign') at += signAt(script, at)?.length ?? 0;
  }
  found.push({ kind: 'end', text: '' });
  return found;
}

function nameOrSign(name: string | undefined, script: string, at: number, member: boolean): Token {
  if (name === undefined) {
    const sign = signAt(script, at);
    if (sign === undefined) throw new JexlSyntaxError(`parsing error at ${JSON.stringify(script[at])}`);
    return { kind: 'sign', text: sign };
  }
  if (member) return { kind: 'name', text: name };
  const sign = SPELT.get(name);
  // A spelt operator is a word that reads as its sign; signs advance by their own length, words already did.
  if (sign !== undefined) return { kind: 'word', text: sign };
  return { kind: WORDS.has(name) ? 'word' : 'name', text: name };
}

const signAt = (script: string, at: number): string | undefined => SIGNS.find((sign) => script.startsWith(sign, at));

function quotedAt(script: string, at: number): { readonly token: Token; readonly end: number } | undefined {
  const quote = script[at];
  if (quote === '"' || quote === "'" || quote === '`') {
    const end = endOf(script, at + 1, quote);
    const inner = script.slice(at + 1, end);
    const kind = quote === '`' ? 'template' : 'text';
    return { token: { kind, text: kind === 'text' ? unescaped(inner, quote) : inner }, end: end + 1 };
  }
  if (script.startsWith('~/', at)) {
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

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\\': '\\' };

/** JEXL's escapes; a backslash before anything else, also before the other quote, stays. */
export function unescaped(text: string, quote: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (all, what: string) => {
    if (what.length > 1) return String.fromCharCode(Number.parseInt(what.slice(1), 16));
    return what === quote ? quote : (ESCAPED[what] ?? all);
  });
}

/** Integer, Long or BigInteger by size; a leading 0 is octal (and 08 is no number). */
function numberOf(text: string): unknown {
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
  return /[.eE]/.test(digits) && !/^0x/i.test(digits) ? new Double(Number(digits)) : narrow(integer(digits));
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
