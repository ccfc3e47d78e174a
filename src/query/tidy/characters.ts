/** Classes of ASCII characters as JTidy sees them (TidyUtils); the end of the input (-1) and all else are in none. */
const WHITE = 1;
const DIGIT = 2;
const LETTER = 4;
const UPPER = 8;
const NAME = 16;

const classes = new Uint8Array(128);
const mark = (text: string, bits: number): void => {
  for (const c of text) classes[c.charCodeAt(0)] = (classes[c.charCodeAt(0)] ?? 0) | bits;
};
mark('\r\n\f \t', WHITE);
mark('-.:_', NAME);
mark('0123456789', DIGIT | NAME);
mark('abcdefghijklmnopqrstuvwxyz', LETTER | NAME);
mark('ABCDEFGHIJKLMNOPQRSTUVWXYZ', LETTER | NAME | UPPER);

const has = (c: number, bits: number): boolean => ((classes[c] ?? 0) & bits) !== 0;

export const isWhite = (c: number): boolean => has(c, WHITE);
export const isDigit = (c: number): boolean => has(c, DIGIT);
export const isLetter = (c: number): boolean => has(c, LETTER);
export const isNameCharacter = (c: number): boolean => has(c, NAME);
/** The lower-case letter of an upper-case one; every other character as it is. */
export const lower = (c: number): number => (has(c, UPPER) ? c + 32 : c);

/** Character codes by name, for a lexer that reads numbers. */
export const CHAR = {
  SPACE: 0x20,
  TAB: 0x09,
  LF: 0x0a,
  FF: 0x0c,
  CR: 0x0d,
  BANG: 0x21,
  QUOTE: 0x22,
  HASH: 0x23,
  PERCENT: 0x25,
  AMP: 0x26,
  APOS: 0x27,
  MINUS: 0x2d,
  SLASH: 0x2f,
  SEMICOLON: 0x3b,
  LT: 0x3c,
  EQUALS: 0x3d,
  GT: 0x3e,
  QUESTION: 0x3f,
  AT: 0x40,
  OPEN: 0x5b,
  BACKSLASH: 0x5c,
  CLOSE: 0x5d,
  NBSP: 0xa0,
} as const;
export const END = -1;
