/**
 * Whether JSON.parse keeps all that Java's readers keep of a JSON text that it can read, but for whole numbers that are not
 * safe. It does not keep what is like 1.0, 1e1 or -0, the digits of very long fractions, and the place of keys like "1".
 * Texts in strings that look like those count, too: then the exact reader does the work, that is all.
 */
export function isKeptByJsonParse(text: string): boolean {
  if (hasZeroFraction(text) || hasNegativeZero(text) || text.includes('"__proto__"')) return false;
  if (hasSuspect(text, EXPONENT_OR_KEY)) return false;
  // What prints short as a double may be long in the text only like this.
  return !((text.includes('00000000') || text.includes('99999999')) && hasSuspect(text, LONG));
}

/** What JSON.parse keeps of one text, found out when somebody asks. */
export class Spelling {
  #all: boolean | undefined;
  #exponents: boolean | undefined;
  #asked = 0;

  constructor(private readonly text: string) {}

  /** {@link isKeptByJsonParse} */
  get isKept(): boolean {
    this.#all ??= isKeptByJsonParse(this.text);
    return this.#all;
  }

  /** Whether a safe whole number can only have been written as one; cheaper than all of it for the first few. */
  keepsWhole(value: number): boolean {
    if (this.#all !== undefined || value === 0 || ++this.#asked > FEW) return this.isKept;
    this.#exponents ??= hasSuspect(this.text, EXPONENT);
    return !this.#exponents && !this.text.includes(`${value}.0`);
  }
}

const FEW = 3;
const EXPONENT = /\d[eE][-+\d]/g;
const EXPONENT_OR_KEY = /\d(?:[eE][-+\d]|"[ \t\r\n]*:)/g;
const LONG = /\d{8}/g;
const NUMBER_END = /[^0-9.eE+-]/g;
/** Up to this many characters json-smart makes a double of a fraction. */
const LENGTH = 18;

function hasSuspect(text: string, pattern: RegExp): boolean {
  pattern.lastIndex = 0;
  for (;;) {
    const found = pattern.exec(text);
    if (found === null) return false;
    if (found[0].endsWith(':')) {
      if (isDigitKey(text, found.index)) return true;
    } else {
      const start = startOf(text, found.index);
      const end = endOf(text, found.index);
      if (startsNumber(text, start) && isOdd(text.slice(start, end))) return true;
      pattern.lastIndex = Math.max(end, found.index + 1);
    }
  }
}

const isOdd = (number: string): boolean => /[eE]/.test(number) || (number.includes('.') && number.length > LENGTH);

function hasZeroFraction(text: string): boolean {
  for (let at = text.indexOf('.0'); at !== -1; at = text.indexOf('.0', at + 2)) {
    let end = at + 2;
    while (text.charCodeAt(end) === 0x30) end++;
    if (isDigit(text.charCodeAt(end)) || !isDigit(text.charCodeAt(at - 1))) continue;
    if (startsNumber(text, startOf(text, at))) return true;
  }
  return false;
}

function hasNegativeZero(text: string): boolean {
  for (let at = text.indexOf('-0'); at !== -1; at = text.indexOf('-0', at + 2))
    if (startsNumber(text, at) && endOf(text, at) === at + 2) return true;
  return false;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** From the last digit back to a quote. */
function isDigitKey(text: string, last: number): boolean {
  let at = last;
  while (isDigit(text.charCodeAt(at))) at--;
  return text.charCodeAt(at) === 0x22;
}

function startOf(text: string, at: number): number {
  let start = at;
  while (start > 0 && isNumberCode(text.charCodeAt(start - 1))) start--;
  return start;
}
const isNumberCode = (code: number): boolean =>
  isDigit(code) || code === 0x2e || code === 0x2d || code === 0x2b || (code | 0x20) === 0x65;

function endOf(text: string, at: number): number {
  NUMBER_END.lastIndex = at;
  return NUMBER_END.exec(text)?.index ?? text.length;
}

/** Whether a value may begin there. */
function startsNumber(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && text.charCodeAt(before) <= 0x20) before--;
  const code = text.charCodeAt(before);
  return before < 0 || code === 0x3a || code === 0x2c || code === 0x5b;
}
