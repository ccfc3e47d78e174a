import { JavaError } from './error.js';

/** What a java.text.DecimalFormat pattern says. */
export interface DecimalPattern {
  readonly positive: Affixes;
  readonly negative: Affixes;
  readonly minInteger: number;
  readonly maxInteger: number;
  readonly minFraction: number;
  readonly maxFraction: number;
  /** 0 = no grouping. */
  readonly grouping: number;
  /** 1, 100 or 1000. */
  readonly multiplier: number;
  readonly alwaysPoint: boolean;
  /** Least digits of the exponent; 0 = no exponent. */
  readonly exponent: number;
}
export interface Affixes {
  readonly prefix: string;
  readonly suffix: string;
}

/** Parses a pattern; throws IllegalArgumentException as Java words it. */
export function parseDecimalPattern(pattern: string): DecimalPattern {
  if (pattern === '') return ANY;
  const half = new Half(pattern, true);
  const end = half.parse(0);
  const negative = new Half(pattern, false);
  const separate = end < pattern.length;
  if (separate) negative.parse(end + 1);
  const positive = half.affixes();
  const own = negative.affixes();
  const same = own.prefix === positive.prefix && own.suffix === positive.suffix;
  return {
    ...half.numbers(),
    positive,
    negative: separate && !same ? own : { prefix: `-${positive.prefix}`, suffix: positive.suffix },
  };
}

const NONE = { prefix: '', suffix: '' };
const ANY: DecimalPattern = {
  positive: NONE,
  negative: { prefix: '-', suffix: '' },
  minInteger: 0,
  maxInteger: Number.MAX_SAFE_INTEGER,
  minFraction: 0,
  maxFraction: Number.MAX_SAFE_INTEGER,
  grouping: 3,
  multiplier: 1,
  alwaysPoint: false,
  exponent: 0,
};

/** One side of the `;`. Digits may go on after a suffix began (`x0x0` has two), as in Java. */
class Half {
  #prefix = '';
  #suffix = '';
  #inSuffix = false;
  #quoted = false;
  #inNumber = false;
  #left = 0;
  #zeros = 0;
  #right = 0;
  #point = -1;
  #grouping = -1;
  #multiplier = 1;
  #exponent = -1;

  constructor(
    readonly pattern: string,
    readonly positive: boolean,
  ) {}

  /** Reads from `start`; gives the index of the `;` or the end. */
  parse(start: number): number {
    const { pattern } = this;
    let at = start;
    for (; at < pattern.length; at++) {
      const char = pattern.charAt(at);
      if (this.#quoted || !'#0,.'.includes(char)) {
        if (char === ';' && !this.#quoted) {
          if (!this.positive || !this.#begun()) throw this.#wrong("Unquoted special character ';' in pattern");
          break;
        }
        if (char === 'E' && !this.#quoted && this.#inNumber) at = this.#readExponent(at);
        else at = this.#affix(char, at);
      } else this.#number(char);
    }
    this.#finish();
    return at;
  }

  #begun(): boolean {
    return this.#inSuffix || this.#left + this.#zeros + this.#right > 0 || this.#point >= 0 || this.#grouping >= 0;
  }

  #number(char: string): void {
    this.#inSuffix = true;
    this.#inNumber = true;
    if (!this.positive) return;
    if (char === ',') this.#grouping = 0;
    else if (char === '.') {
      if (this.#point >= 0) throw this.#wrong('Multiple decimal separators in pattern');
      this.#point = this.#left + this.#zeros + this.#right;
    } else {
      if (char === '0' && this.#right > 0) throw this.#wrong("Unexpected '0' in pattern");
      if (char === '0') this.#zeros++;
      else if (this.#zeros > 0) this.#right++;
      else this.#left++;
      if (this.#grouping >= 0 && this.#point < 0) this.#grouping++;
    }
  }

  #readExponent(at: number): number {
    if (this.positive && this.#exponent >= 0) throw this.#wrong('Multiple exponential symbols in pattern');
    let end = at + 1;
    while (this.pattern.charAt(end) === '0') end++;
    this.#inNumber = false;
    this.#exponent = end - at - 1;
    if (this.positive && (this.#left + this.#zeros < 1 || this.#exponent < 1))
      throw this.#wrong('Malformed exponential pattern');
    return end - 1;
  }

  /** Gives the index of the last character that was used. */
  #affix(char: string, at: number): number {
    this.#inNumber = false;
    if (char === "'") {
      if (this.pattern.charAt(at + 1) === "'") {
        this.#append("'");
        return at + 1;
      }
      this.#quoted = !this.#quoted;
      return at;
    }
    if (!this.#quoted && (char === '%' || char === '\u2030')) {
      if (this.#multiplier !== 1) throw this.#wrong('Too many percent/per mille characters in pattern');
      this.#multiplier = char === '%' ? 100 : 1000;
    }
    this.#append(char);
    return at;
  }

  #append(char: string): void {
    if (this.#inSuffix) this.#suffix += char;
    else this.#prefix += char;
  }

  #finish(): void {
    if (this.#zeros === 0 && this.#left > 0 && this.#point >= 0) {
      const whole = this.#point === 0 ? 1 : this.#point;
      this.#right = this.#left - whole;
      this.#left = whole - 1;
      this.#zeros = 1;
    }
    const point = this.#point;
    const misplaced = point < 0 ? this.#right > 0 : point < this.#left || point > this.#left + this.#zeros;
    if (misplaced || this.#grouping === 0 || this.#quoted) throw this.#wrong('Malformed pattern');
  }

  affixes(): Affixes {
    return { prefix: this.#prefix, suffix: this.#suffix };
  }

  numbers(): Omit<DecimalPattern, 'positive' | 'negative'> {
    const total = this.#left + this.#zeros + this.#right;
    const whole = this.#point < 0 ? total : this.#point;
    const minInteger = whole - this.#left;
    return {
      minInteger,
      maxInteger: this.#exponent >= 0 ? this.#left + minInteger : Number.MAX_SAFE_INTEGER,
      minFraction: this.#point < 0 ? 0 : this.#left + this.#zeros - this.#point,
      maxFraction: this.#point < 0 ? 0 : total - this.#point,
      grouping: Math.max(this.#grouping, 0),
      multiplier: this.#multiplier,
      alwaysPoint: this.#point === 0 || this.#point === total,
      exponent: Math.max(this.#exponent, 0),
    };
  }

  #wrong(what: string): JavaError {
    return new JavaError('java.lang.IllegalArgumentException', `${what} "${this.pattern}"`);
  }
}
