import { type CharSet, complement, has, one, property, range, UNITS, union } from './char-set.js';

/** Character.isLetterOrDigit or `_`. */
export const word = (): CharSet => union(property('[\\p{L}\\p{Nd}]', UNITS), one(95));
export const digit = (): CharSet => property('\\p{Nd}', UNITS);
/** Character.isWhitespace: no non-breaking blanks, but the four separators U+001C–1F. */
export const space = (): CharSet =>
  union(range(9, 13), range(28, 32), property('(?![\\xa0\\u2007\\u202f])[\\p{Zs}\\p{Zl}\\p{Zp}]', UNITS));
const spaceChar = (): CharSet => property('[\\p{Zs}\\p{Zl}\\p{Zp}]', UNITS);
/** Punctuation but for quotes, and mathematical, currency and modifier symbols. */
const punctuation = (): CharSet => property('[\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pc}\\p{Po}\\p{Sm}\\p{Sc}\\p{Sk}]', UNITS);
const letterOrDigit = (): CharSet => property('[\\p{L}\\p{Nd}]', UNITS);

/** `[[:name:]]`; `lower` and `upper` take each other's letters too when case does not count. */
export function posix(name: string, anyCase: boolean): CharSet | undefined {
  switch (name) {
    case 'alnum':
      return letterOrDigit();
    case 'graph':
      return union(letterOrDigit(), punctuation());
    case 'word':
      return word();
    case 'alpha':
      return property('\\p{L}', UNITS);
    case 'blank':
      return spaceChar();
    case 'cntrl':
      return union(range(0, 0x1f), range(0x7f, 0x9f));
    case 'digit':
      return digit();
    case 'lower':
    case 'upper':
      return property(
        anyCase ? '[\\p{Lowercase}\\p{Uppercase}]' : `\\p{${name === 'lower' ? 'Lower' : 'Upper'}case}`,
        UNITS,
      );
    case 'print':
      return union(spaceChar(), letterOrDigit(), punctuation());
    case 'punct':
      return punctuation();
    case 'space':
      return space();
    case 'xdigit':
      return union(range(48, 57), range(65, 70), range(97, 102));
    case 'ascii':
      return range(0, 127);
    default:
      return undefined;
  }
}

let uppercase: readonly (readonly [code: number, lower: number])[] | undefined;

/** The upper-case characters with what Character.toLowerCase makes of them. */
function uppers(): readonly (readonly [number, number])[] {
  if (uppercase === undefined) {
    const found: [number, number][] = [];
    const set = property('\\p{Uppercase}', UNITS);
    for (let i = 0; i < set.length; i += 2)
      for (let code = set[i] as number; code <= (set[i + 1] as number); code++) found.push([code, lowered(code)]);
    uppercase = found;
  }
  return uppercase;
}

/** Character.toLowerCase; only İ becomes more than one character in JavaScript. */
export function lowered(code: number): number {
  if (code === 0x130) return 0x69;
  const lower = String.fromCharCode(code).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : code;
}

/** Without case ORO looks at the lower-cased text: the characters whose lower case is in the set. */
export function anyCase(set: CharSet): CharSet {
  const dropped: CharSet[] = [];
  const added: CharSet[] = [];
  for (const [code, lower] of uppers()) (has(set, lower) ? added : dropped).push(one(code));
  const gone = dropped.length === 0 ? [] : union(...dropped);
  return union(complement(union(complement(set, UNITS), gone), UNITS), ...added);
}
