import { type CharSet, complement, intersect, NOTHING, range, UNITS, union } from './char-set.js';
import { anyCase, digit, lowered, posix, space, word } from './oro-set.js';

/** The text of a pattern and where its reader stands. */
export interface OroText {
  readonly text: string;
  at: number;
}

/** Thrown for what ORO refuses, with its message. */
export class Malformed extends Error {}

interface Item {
  readonly set: CharSet;
  readonly flips: boolean;
}

/**
 * Reads `…]` of a character class, the position behind its `[`. A negated POSIX class turns the meaning of all that
 * follows it, and `\d` and its like after one are negated too: so does ORO 2.0.8.
 */
export function readClass(input: OroText, noCase: boolean): CharSet {
  const negated = input.text[input.at] === '^';
  if (negated) input.at++;
  const items = readItems(input, noCase);
  if (input.text[input.at] !== ']') throw new Malformed('Unmatched [] in expression.');
  let open: CharSet = [0, UNITS];
  let taken: CharSet = NOTHING;
  let wanted = !negated;
  for (const { set, flips } of items) {
    if (flips) wanted = !wanted;
    if (wanted) taken = union(taken, intersect(open, set, UNITS));
    open = intersect(open, complement(set, UNITS), UNITS);
  }
  const set = wanted ? taken : union(taken, open);
  return noCase ? anyCase(set) : set;
}

function readItems(input: OroText, noCase: boolean): Item[] {
  const items: Item[] = [];
  const state = { flips: false };
  let from: number | undefined;
  const first = input.text[input.at];
  let forced = first === ']' || first === '-';
  while (input.at < input.text.length && (forced || input.text[input.at] !== ']')) {
    forced = false;
    const item = readItem(input, state, noCase);
    if (from !== undefined) {
      const to = typeof item === 'number' ? item : (OPCODES.get(item) ?? 0);
      if (from > to) throw new Malformed('Invalid [] range in expression.');
      items.push({ set: typed(from, to, noCase), flips: false });
      from = undefined;
    } else if (typeof item !== 'number') items.push({ set: item(noCase), flips: state.flips });
    else if (input.text[input.at] === '-' && input.at + 1 < input.text.length && input.text[input.at + 1] !== ']') {
      input.at++;
      from = item;
    } else items.push({ set: typed(item, item, noCase), flips: false });
  }
  return items;
}

/** A range of upper-case letters is lowered as a whole, since the text is. */
function typed(from: number, to: number, noCase: boolean): CharSet {
  const upper = (code: number): boolean => /\p{Uppercase}/u.test(String.fromCharCode(code));
  return noCase && upper(from) && upper(to) ? range(lowered(from), lowered(to)) : range(from, to);
}

type SetOf = (noCase: boolean) => CharSet;
const CLASSES: Readonly<Record<string, SetOf>> = {
  w: word,
  W: () => complement(word(), UNITS),
  s: space,
  S: () => complement(space(), UNITS),
  d: digit,
  D: () => complement(digit(), UNITS),
};
/** The numbers ORO has for them, which it compares with when they end a range. */
const OPCODES = new Map<SetOf, number>(
  Object.entries({ w: 18, W: 19, s: 22, S: 23, d: 24, D: 25 }).flatMap(([name, code]) => {
    const set = CLASSES[name];
    return set ? [[set, code] as const] : [];
  }),
);

function readItem(input: OroText, state: { flips: boolean }, noCase: boolean): number | SetOf {
  const c = input.text[input.at++] ?? '';
  if (c === '[') return readPosix(input, state, noCase) ?? 91;
  if (c !== '\\') return c.charCodeAt(0);
  const escaped = input.text[input.at++] ?? '\uffff';
  return CLASSES[escaped] ?? classEscape(input, escaped);
}

function classEscape(input: OroText, c: string): number {
  if (/[0-9]/.test(c)) {
    input.at--;
    const code = readOctal(input, 3);
    if (/[89]/.test(c)) input.at++;
    return code;
  }
  return c === 'b' ? 8 : (readEscape(input, c) ?? c.charCodeAt(0));
}

/** `:name:]` behind a `[`; undefined, and nothing read, when it is no class that ORO knows. */
function readPosix(input: OroText, state: { flips: boolean }, noCase: boolean): SetOf | undefined {
  const { text, at } = input;
  if (text[at] !== ':') return undefined;
  state.flips = text[at + 1] === '^';
  const close = text.indexOf(':', at + (state.flips ? 2 : 1));
  if (close === -1 || text[close + 1] !== ']') return undefined;
  const name = text.slice(at + (state.flips ? 2 : 1), close);
  if (posix(name, noCase) === undefined) return undefined;
  input.at = close + 2;
  return () => posix(name, noCase) ?? NOTHING;
}

/** `\n`, `\x41`, `\cA` and the like behind their letter; undefined when the letter means nothing. */
export function readEscape(input: OroText, c: string): number | undefined {
  switch (c) {
    case 'n':
      return 10;
    case 'r':
      return 13;
    case 't':
      return 9;
    case 'f':
      return 12;
    case 'e':
      return 27;
    case 'a':
      return 7;
    case 'x':
      return readHex(input);
    case 'c':
      return (input.text[input.at++] ?? '\uffff').toUpperCase().charCodeAt(0) ^ 64;
    default:
      return undefined;
  }
}

function readHex(input: OroText): number {
  const found = /^[0-9a-fA-F]{0,2}/.exec(input.text.slice(input.at, input.at + 2))?.[0] ?? '';
  input.at += found.length;
  return found === '' ? 0 : Number.parseInt(found, 16);
}

/** Up to `max` octal digits from here; 0 without any. */
export function readOctal(input: OroText, max: number): number {
  const found = /^[0-7]*/.exec(input.text.slice(input.at, input.at + max))?.[0] ?? '';
  input.at += found.length;
  return found === '' ? 0 : Number.parseInt(found, 8);
}
