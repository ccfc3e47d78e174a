import { type CharSet, chars, complement, has, one, POINTS, property, range, union } from './char-set.js';

const digits = range(48, 57);
const lower = range(97, 122);
const upper = range(65, 90);
const HORIZONTAL = union(chars(' \t\xa0\u1680\u180e\u202f\u205f\u3000'), range(0x2000, 0x200a));
const VERTICAL = union(range(10, 13), one(0x85), range(0x2028, 0x2029));
const SPACE = union(range(9, 13), one(32));
export const WORD = union(digits, lower, upper, one(95));
/** What `.` does not match. */
export const LINE_ENDS = union(chars('\n\r'), one(0x85), range(0x2028, 0x2029));

const not = (set: CharSet): CharSet => complement(set, POINTS);

/** `\d \w \s \h \v` and their opposites. */
export const CLASSES: Readonly<Record<string, CharSet>> = {
  d: digits,
  D: not(digits),
  w: WORD,
  W: not(WORD),
  s: SPACE,
  S: not(SPACE),
  h: HORIZONTAL,
  H: not(HORIZONTAL),
  v: VERTICAL,
  V: not(VERTICAL),
};

const PUNCTUATION = union(range(33, 47), range(58, 64), range(91, 96), range(123, 126));
const POSIX: Readonly<Record<string, CharSet>> = {
  ASCII: range(0, 127),
  Lower: lower,
  Upper: upper,
  Alpha: union(lower, upper),
  Digit: digits,
  Alnum: union(digits, lower, upper),
  Punct: PUNCTUATION,
  Graph: range(33, 126),
  Print: range(32, 126),
  Blank: chars(' \t'),
  Cntrl: union(range(0, 31), one(127)),
  XDigit: union(digits, range(65, 70), range(97, 102)),
  Space: SPACE,
  L1: range(0, 255),
  all: range(0, POINTS),
};
const JAVA: Readonly<Record<string, string>> = {
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaLetter: '\\p{L}',
  javaDigit: '\\p{Nd}',
  javaLetterOrDigit: '[\\p{L}\\p{Nd}]',
  javaAlphabetic: '\\p{Alphabetic}',
  javaSpaceChar: '[\\p{Zs}\\p{Zl}\\p{Zp}]',
  javaWhitespace: '(?![\\xa0\\u2007\\u202f])[\\p{Zs}\\p{Zl}\\p{Zp}\\t-\\r\\x1c-\\x1f]',
};
const BINARY: Readonly<Record<string, string>> = {
  alphabetic: 'Alphabetic',
  letter: 'L',
  lowercase: 'Lowercase',
  uppercase: 'Uppercase',
  titlecase: 'Lt',
  punctuation: 'P',
  control: 'Cc',
  digit: 'Nd',
  white_space: 'White_Space',
  hex_digit: 'Hex_Digit',
  ideographic: 'Ideographic',
  emoji: 'Emoji',
};

/** `\p{name}`; undefined when Java knows no such class, or this runtime has not its like. */
export function namedClass(name: string): CharSet | undefined {
  if (Object.hasOwn(POSIX, name)) return POSIX[name];
  const java = Object.hasOwn(JAVA, name) ? JAVA[name] : undefined;
  return java === undefined ? unicodeClass(name) : property(java, POINTS);
}

function unicodeClass(name: string): CharSet | undefined {
  const [, kind, value] = /^(?:(script|sc|general_category|gc|block|blk)=)?(.*)$/i.exec(name) ?? [];
  if (value === undefined || /^(?:block|blk)$/i.test(kind ?? '') || /^In[A-Z]/.test(name)) return undefined;
  if (/^(?:script|sc)$/i.test(kind ?? '')) return tried(`\\p{Script=${capital(value)}}`);
  if (kind !== undefined) return tried(`\\p{${value}}`);
  if (!value.startsWith('Is')) return /^[A-Z][a-z&]?$|^L[CD]$/.test(value) ? category(value) : undefined;
  const bare = value.slice(2);
  const known = BINARY[bare.toLowerCase()];
  return known ? property(`\\p{${known}}`, POINTS) : (category(bare) ?? tried(`\\p{Script=${capital(bare)}}`));
}

const category = (name: string): CharSet | undefined =>
  /^[A-Z][a-z]?$|^LC$/.test(name) ? tried(`\\p{${name}}`) : undefined;
const capital = (name: string): string =>
  name
    .toLowerCase()
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('_');

function tried(source: string): CharSet | undefined {
  try {
    return property(source, POINTS);
  } catch {
    return undefined;
  }
}

/** With `i` alone only ASCII letters lose their case; with `u` too all do. */
export function anyCase(set: CharSet, unicode: boolean): CharSet {
  const added: CharSet[] = [];
  for (let c = 0; c < 26; c++) {
    if (has(set, 65 + c)) added.push(one(97 + c));
    if (has(set, 97 + c)) added.push(one(65 + c));
  }
  if (unicode && set.length <= 64)
    for (let i = 0; i < set.length; i += 2)
      for (let code = set[i] as number; code <= Math.min(set[i + 1] as number, (set[i] as number) + 2000); code++)
        for (const other of otherCases(code)) added.push(one(other));
  return union(set, ...added);
}

function otherCases(code: number): readonly number[] {
  const c = String.fromCodePoint(code);
  return [c.toLowerCase(), c.toUpperCase()]
    .filter((other) => [...other].length === 1)
    .map((other) => other.codePointAt(0) ?? code);
}
