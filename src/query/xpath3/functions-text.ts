import { num, text } from './arguments.js';
import { element, textNode } from './build.js';
import { itemText } from './cast.js';
import { orderOf } from './compute.js';
import { saxonError } from './error.js';
import type { Context } from './expression.js';
import { Atomic, boolean, EMPTY, integer, type Sequence, string } from './item.js';
import { analyzed, isMatch, replaced, split } from './regular.js';
import { define, type Signature } from './signature.js';

const own = ({ item }: Context): Sequence => (item === undefined ? absent() : [string(itemText(item))]);
function absent(): never {
  throw saxonError('The context item is absent');
}
const chars = (value: string): readonly string[] => [...value];
const escapedUri = (value: string, keep: RegExp): string =>
  chars(value)
    .map((char) =>
      keep.test(char)
        ? char
        : [...Buffer.from(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    )
    .join('');

/** Functions on strings (XPath Functions 3.1 §5 and §6). */
export const TEXT_FUNCTIONS: readonly Signature[] = [
  define('string', '[item()?]', 'string', ([a], context) => (a === undefined ? own(context) : [string(text(a))])),
  define('concat', 'anyAtomicType?, anyAtomicType?, […anyAtomicType?]', 'string', (args) => [
    string(args.map(text).join('')),
  ]),
  define('string-join', 'anyAtomicType*, [string]', 'string', ([a = EMPTY, b]) => [
    string(a.map(itemText).join(text(b))),
  ]),
  define('substring', 'string?, double, [double]', 'string', ([a, b, c]) => [
    string(substring(text(a), num(b), c === undefined ? undefined : num(c))),
  ]),
  define('string-length', '[string?]', 'integer', ([a], context) => [integer(chars(text(a ?? own(context))).length)]),
  define('normalize-space', '[string?]', 'string', ([a], context) => [
    string(
      text(a ?? own(context))
        .replace(/[ \t\r\n]+/g, ' ')
        .replace(/^ | $/g, ''),
    ),
  ]),
  define('normalize-unicode', 'string?, [string]', 'string', ([a, b]) => [
    string(normalized(text(a), b === undefined ? 'NFC' : text(b))),
  ]),
  define('upper-case', 'string?', 'string', ([a]) => [string(text(a).toUpperCase())]),
  define('lower-case', 'string?', 'string', ([a]) => [string(text(a).toLowerCase())]),
  define('translate', 'string?, string, string', 'string', ([a, b, c]) => [
    string(translated(text(a), chars(text(b)), chars(text(c)))),
  ]),
  define('contains', 'string?, string?, [string]', 'boolean', ([a, b]) => [boolean(text(a).includes(text(b)))]),
  define('starts-with', 'string?, string?, [string]', 'boolean', ([a, b]) => [boolean(text(a).startsWith(text(b)))]),
  define('ends-with', 'string?, string?, [string]', 'boolean', ([a, b]) => [boolean(text(a).endsWith(text(b)))]),
  define('substring-before', 'string?, string?, [string]', 'string', ([a, b]) => {
    const at = text(a).indexOf(text(b));
    return [string(at < 0 ? '' : text(a).slice(0, at))];
  }),
  define('substring-after', 'string?, string?, [string]', 'string', ([a, b]) => {
    const at = text(a).indexOf(text(b));
    return [string(at < 0 ? '' : text(a).slice(at + text(b).length))];
  }),
  define('matches', 'string?, string, [string]', 'boolean', ([a, b, c]) => [
    boolean(isMatch(text(a), text(b), text(c))),
  ]),
  define('replace', 'string?, string, string, [string]', 'string', ([a, b, c, d]) => [
    string(replaced(text(a), text(b), text(c), text(d))),
  ]),
  define('tokenize', 'string?, [string], [string]', undefined, ([a, b, c]) => {
    const value = text(a);
    if (b === undefined)
      return value
        .split(/[ \t\r\n]+/)
        .filter(Boolean)
        .map(string);
    return split(value, text(b), text(c)).map(string);
  }),
  define('analyze-string', 'string?, string, [string]', 'node', ([a, b, c]) => [analysis(text(a), text(b), text(c))]),
  define('string-to-codepoints', 'string?', undefined, ([a]) =>
    chars(text(a)).map((char) => integer(char.codePointAt(0) ?? 0)),
  ),
  define('codepoints-to-string', 'integer*', 'string', ([a = EMPTY]) => [
    string(a.map((one) => String.fromCodePoint(num([one]))).join('')),
  ]),
  define('compare', 'string?, string?, [string]', undefined, ([a = EMPTY, b = EMPTY]) =>
    a.length === 0 || b.length === 0 ? EMPTY : [integer(Math.sign(orderOf(string(text(a)), string(text(b))) ?? 0))],
  ),
  define('codepoint-equal', 'string?, string?', undefined, ([a = EMPTY, b = EMPTY]) =>
    a.length === 0 || b.length === 0 ? EMPTY : [boolean(text(a) === text(b))],
  ),
  define('contains-token', 'string*, string, [string]', 'boolean', ([a = EMPTY, b]) => [
    boolean(
      a.some((one) =>
        text([one])
          .split(/[ \t\r\n]+/)
          .includes(text(b).trim()),
      ),
    ),
  ]),
  define('encode-for-uri', 'string?', 'string', ([a]) => [string(escapedUri(text(a), /^[A-Za-z0-9\-_.~]$/))]),
  define('iri-to-uri', 'string?', 'string', ([a]) => [string(escapedUri(text(a), /^[!#-;=?-Z[\]_a-z~%]$/))]),
  define('escape-html-uri', 'string?', 'string', ([a]) => [string(escapedUri(text(a), /^[ -~]$/))]),
  define('resolve-uri', 'string?, [string]', undefined, ([a = EMPTY, b]) =>
    a.length === 0 ? EMPTY : [new Atomic('anyURI', resolved(text(a), text(b)))],
  ),
  define('collation-key', 'string, [string]', undefined, ([a]) => [new Atomic('base64Binary', Buffer.from(text(a)))]),
  define('default-collation', '', 'string', () => [
    string('http://www.w3.org/2005/xpath-functions/collation/codepoint'),
  ]),
  define('default-language', '', 'language', () => [new Atomic('language', 'en')]),
  define('error', '[QName?], [string], [item()*]', undefined, ([, b]) => {
    throw saxonError(b === undefined ? 'Error signalled by application call on error()' : text(b));
  }),
  define('trace', 'item()*, [string]', undefined, ([a = EMPTY]) => a),
];

/** Positions are rounded, and count from 1. */
function substring(value: string, from: number, count: number | undefined): string {
  const start = roundHalfUp(from);
  const end = count === undefined ? Number.POSITIVE_INFINITY : start + roundHalfUp(count);
  return chars(value)
    .filter((_, i) => i + 1 >= start && i + 1 < end)
    .join('');
}
const roundHalfUp = (n: number): number => Math.floor(n + 0.5);

function normalized(value: string, form: string): string {
  const name = form.trim().toUpperCase();
  if (name === '') return value;
  const known = (['NFC', 'NFD', 'NFKC', 'NFKD'] as const).find((one) => one === name);
  if (known === undefined) throw saxonError(`Normalization form ${form} is not supported`);
  return value.normalize(known);
}

const translated = (value: string, from: readonly string[], to: readonly string[]): string =>
  chars(value)
    .map((char) => {
      const at = from.indexOf(char);
      return at < 0 ? char : (to[at] ?? '');
    })
    .join('');

function resolved(relative: string, base: string): string {
  try {
    return new URL(relative, base === '' ? undefined : base).href;
  } catch {
    throw saxonError(`Base URI {${base}} is not an absolute URI`);
  }
}

const FN = 'http://www.w3.org/2005/xpath-functions';
function analysis(value: string, pattern: string, flags: string) {
  const result = element('fn:analyze-string-result', FN);
  for (const { text: part, match } of analyzed(value, pattern, flags)) {
    const child = element(match ? 'fn:match' : 'fn:non-match', FN);
    child.append(textNode(part));
    result.append(child);
  }
  return result;
}
