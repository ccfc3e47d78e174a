import { type CharSet, complement, intersect, NOTHING, one, POINTS, range, union } from './char-set.js';
import { anyCase, CLASSES, namedClass } from './java-set.js';
import type { JavaText } from './java-text.js';
import { NotTranslatable } from './node.js';

export interface JavaFlags {
  i: boolean;
  m: boolean;
  s: boolean;
  x: boolean;
  d: boolean;
  u: boolean;
}

/** Reads `…]` of a character class with nested classes and `&&`, the position behind its `[`. */
export function readJavaClass(input: JavaText, flags: JavaFlags): CharSet {
  const negated = input.accept('^');
  let result: CharSet | undefined;
  let current: CharSet = NOTHING;
  for (let first = true; ; first = false) {
    skipBlanks(input, flags);
    const c = input.c;
    if (c === '') throw input.error('Unclosed character class', input.text.length - 1);
    if (c === ']' && !(first && result === undefined)) break;
    if (input.accept('&&')) {
      while (input.accept('&')) {
        // More ampersands mean no more.
      }
      result = result === undefined ? current : intersect(result, current, POINTS);
      current = NOTHING;
      if (input.c === ']') throw input.error('Bad class syntax');
    } else current = union(current, readMember(input, flags));
  }
  input.at++;
  const set = result === undefined ? current : intersect(result, current, POINTS);
  return negated ? complement(set, POINTS) : set;
}

function skipBlanks(input: JavaText, flags: JavaFlags): void {
  if (flags.x) input.take(/^(?:[ \t\n\v\f\r]|#[^\n]*)+/);
}

function readMember(input: JavaText, flags: JavaFlags): CharSet {
  if (input.accept('[')) return readJavaClass(input, flags);
  if (input.c === '\\') {
    const c = input.peek();
    if (c === 'Q') return quoted(input, flags);
    if (c === 'p' || c === 'P' || Object.hasOwn(CLASSES, c)) return readClassEscape(input) ?? NOTHING;
  }
  const from = readPoint(input);
  skipBlanks(input, flags);
  if (!input.is('-') || input.peek() === ']' || input.peek() === '[' || input.peek() === '')
    return cased(one(from), flags);
  input.at++;
  skipBlanks(input, flags);
  if (input.is('\\') && Object.hasOwn(CLASSES, input.peek()))
    throw input.error('Illegal character range', input.at + 1);
  const to = readPoint(input);
  if (to < from) throw input.error('Illegal character range', input.at - 1);
  return cased(range(from, to), flags);
}

function quoted(input: JavaText, flags: JavaFlags): CharSet {
  input.at += 2;
  const end = input.text.indexOf('\\E', input.at);
  const text = input.text.slice(input.at, end === -1 ? undefined : end);
  input.at = end === -1 ? input.text.length : end + 2;
  return cased(union(...[...text].map((c) => one(c.codePointAt(0) ?? 0))), flags);
}

const cased = (set: CharSet, flags: JavaFlags): CharSet => (flags.i ? anyCase(set, flags.u) : set);

function readPoint(input: JavaText): number {
  if (!input.accept('\\')) return input.point();
  const c = input.c;
  if (c === '') throw input.error('Unclosed character class');
  input.at += c.length;
  const code = input.escapedPoint(c);
  if (code === undefined) throw input.error('Illegal/unsupported escape sequence', input.at - 1);
  return code;
}

/** `\d`, `\p{…}` and the like at a backslash; undefined, and nothing read, for other escapes. */
export function readClassEscape(input: JavaText): CharSet | undefined {
  const c = input.peek();
  if (c !== 'p' && c !== 'P') {
    if (!Object.hasOwn(CLASSES, c)) return undefined;
    input.at += 2;
    return CLASSES[c];
  }
  input.at += 2;
  const name = input.accept('{') ? untilBrace(input) : String.fromCodePoint(input.point());
  const set = namedClass(name);
  if (set === undefined) throw unknown(input, name);
  return c === 'P' ? complement(set, POINTS) : set;
}

function untilBrace(input: JavaText): string {
  const close = input.text.indexOf('}', input.at);
  if (close === -1) throw input.error('Unclosed character family', input.text.length - 1);
  const name = input.text.slice(input.at, close);
  if (name === '') throw input.error('Empty character family', close);
  input.at = close + 1;
  return name;
}

/** Blocks are known to Java only; other names that are not known here are not known there. */
function unknown(input: JavaText, name: string): Error {
  return /^In[A-Z]|^bl(?:oc)?k=/i.test(name)
    ? new NotTranslatable(`the block ${name}`)
    : input.error(`Unknown character property name {${name}}`, input.at - 1);
}
