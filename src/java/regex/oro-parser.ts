import { classSource, complement, one, range, UNITS } from './char-set.js';
import { choice, EMPTY, type Node, NotTranslatable, type Parsed, sequence } from './node.js';
import { Malformed, type OroText, readClass, readEscape, readOctal } from './oro-class.js';
import { anyCase, digit, lowered, space, word } from './oro-set.js';

interface Flags {
  i: boolean;
  m: boolean;
  s: boolean;
  x: boolean;
}

/**
 * Reads a pattern as ORO 2.0.8's Perl5Compiler does. It reads twice and keeps the flags, so `(?i)` anywhere counts
 * everywhere. Throws Malformed with ORO's message.
 */
export function parseOro(pattern: string): Parsed {
  const flags: Flags = { i: false, m: false, s: false, x: false };
  new OroReader(pattern, flags).read();
  return new OroReader(pattern, flags).read();
}

const END = '';
const TRY_AGAIN = Symbol('try again');

class OroReader implements OroText {
  at = 0;
  #groups = 1;

  constructor(
    readonly text: string,
    readonly flags: Flags,
  ) {}

  read(): Parsed {
    const root = this.expression(false);
    if (root === undefined || root === TRY_AGAIN) throw new Malformed('Unknown compilation error.');
    return { root, groups: this.#groups - 1, names: new Map() };
  }

  private get c(): string {
    return this.text[this.at] ?? END;
  }

  /** Steps over comments, and over blanks in extended patterns. */
  private skip(): void {
    for (;;) {
      if (this.text.startsWith('(?#', this.at)) {
        const close = this.text.indexOf(')', this.at);
        this.at = close === -1 ? this.text.length : close + 1;
      } else if (this.flags.x && /[\t-\r\x1c-\x20]/.test(this.c)) this.at++;
      else if (this.flags.x && this.c === '#') {
        const line = this.text.indexOf('\n', this.at);
        this.at = line === -1 ? this.text.length : line + 1;
      } else return;
    }
  }
  private next(): string {
    const c = this.c;
    if (this.at < this.text.length) this.at++;
    this.skip();
    return c;
  }

  /** The alternatives up to the closing bracket; undefined where ORO gives up without a reason. */
  private expression(inside: boolean): Node | undefined | typeof TRY_AGAIN {
    let kind = inside ? '(' : END;
    let index = 0;
    if (inside && this.c === '?') {
      this.at++;
      kind = this.c;
      this.at++;
      if (kind === '#') return this.comment();
      if (!':=!'.includes(kind) || kind === END) return this.modifiers();
    } else if (inside) index = this.#groups++;
    const items: Node[] = [];
    do {
      if (items.length > 0) this.next();
      else this.skip();
      const branch = this.branch();
      if (branch === undefined) return undefined;
      items.push(branch);
    } while (this.c === '|');
    if (inside && (this.at >= this.text.length || this.next() !== ')')) throw new Malformed('Unmatched parentheses.');
    if (!inside && this.at < this.text.length) throw new Malformed('Unmatched parentheses.');
    const body = choice(items);
    if (index > 0) return { kind: 'group', index, body };
    return kind === '=' || kind === '!' ? { kind: 'look', ahead: true, negative: kind === '!', body } : body;
  }

  private comment(): typeof TRY_AGAIN {
    const close = this.text.indexOf(')', this.at);
    if (close === -1) throw new Malformed('Sequence (?#... not terminated');
    this.at = close;
    this.next();
    return TRY_AGAIN;
  }

  private modifiers(): typeof TRY_AGAIN {
    // At the end ORO steps back to the question mark itself.
    this.at = Math.min(this.at, this.text.length) - 1;
    let on = true;
    const set: [keyof Flags, boolean][] = [];
    while (this.c !== END && 'iogmsx-'.includes(this.c)) {
      if (this.c === '-') on = false;
      else if (this.c !== 'o' && this.c !== 'g') set.push([this.c as keyof Flags, on]);
      this.at++;
    }
    for (const [flag, value] of set) if (value) this.flags[flag] = true;
    for (const [flag, value] of set) if (!value) this.flags[flag] = false;
    if (this.c !== ')') throw new Malformed(`Sequence (?${this.c === END ? '\uffff' : this.c}...) not recognized`);
    this.next();
    return TRY_AGAIN;
  }

  private branch(): Node | undefined {
    const items: Node[] = [];
    while (this.c !== END && this.c !== '|' && this.c !== ')') {
      const item = this.repeated();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items.length === 0 ? EMPTY : sequence(items);
  }

  private repeated(): Node | undefined {
    const body = this.atom();
    if (body === undefined) return undefined;
    if (this.text.startsWith('(?#', this.at)) this.skip();
    const bounds = this.bounds();
    if (bounds === undefined) return body;
    const { min, max } = bounds;
    if (max !== 0 && max < min) throw new Malformed(`Invalid interval {${min},${max}}`);
    const lazy = this.c === '?';
    if (lazy) this.next();
    if (isRepetition(this.text, this.at)) throw new Malformed('Nested repetitions *?+ in expression');
    // ORO counts no passes of \b and its like: one or more never match, any number takes none.
    if (body.kind === 'place' && body.onceOnly) return min > 0 ? { kind: 'set', set: [] } : EMPTY;
    return {
      kind: 'repeat',
      body,
      min,
      max: max === 65535 ? Number.POSITIVE_INFINITY : max,
      mode: lazy ? 'lazy' : 'greedy',
    };
  }

  private bounds(): { min: number; max: number } | undefined {
    const c = this.c;
    if (c === '*' || c === '+' || c === '?') {
      this.next();
      return { min: c === '+' ? 1 : 0, max: c === '?' ? 1 : 65535 };
    }
    const found = INTERVAL.exec(this.text.slice(this.at));
    if (!found) return undefined;
    // Kept in 16 bits, as in ORO's program.
    const min = count(found[1] ?? '') & 65535;
    const to = found[2] === undefined ? min : found[2] === '' ? 65535 : count(found[2]) & 65535;
    this.at += found[0].length - 1;
    this.next();
    return { min, max: to };
  }

  private atom(): Node | undefined {
    for (let again = false; ; again = true) {
      const c = this.c;
      if (c !== '(') return c === '|' || c === ')' ? this.missing(again) : this.single(c);
      this.next();
      const inner = this.expression(true);
      if (inner !== TRY_AGAIN) return inner;
      // Nothing behind flags or a comment: ORO reads their bracket once more.
      if (this.at >= this.text.length) throw new Malformed('Unmatched parentheses.');
    }
  }

  /** Behind flags or a comment ORO gives up here without a word. */
  private missing(again: boolean): undefined {
    if (again) return undefined;
    throw new Malformed(`Error in expression at ${this.text.slice(this.at)}`);
  }

  private single(c: string): Node | undefined {
    switch (c) {
      case '^':
        this.next();
        return { kind: 'place', source: this.flags.m ? LINE_START : START };
      case '$':
        this.next();
        return { kind: 'place', source: this.flags.m ? LINE_END : TEXT_END };
      case '.':
        this.next();
        return { kind: 'set', set: this.flags.s ? range(0, UNITS) : complement(one(10), UNITS) };
      case '[': {
        this.at++;
        const set = readClass(this, this.flags.i);
        this.next();
        return { kind: 'set', set };
      }
      case '?':
      case '+':
      case '*':
        throw new Malformed('?+* follows nothing in expression');
      default:
        return (c === '\\' ? this.escape() : undefined) ?? this.literal();
    }
  }

  /** What a backslash means when it is no plain character. */
  private escape(): Node | undefined {
    const c = this.text[this.at + 1] ?? END;
    if (c === END) throw new Malformed('Trailing \\ in expression.');
    if (/[1-9]/.test(c)) return this.reference();
    const node = ESCAPES[c]?.();
    if (node === undefined) return undefined;
    this.at++;
    this.next();
    return node;
  }

  private reference(): Node | undefined {
    const digits = /^\p{Nd}+/u.exec(this.text.slice(this.at + 1))?.[0] ?? '';
    const index = count(digits);
    if (index > 9 && index >= this.#groups) return undefined;
    if (index >= this.#groups) throw new Malformed(`Invalid backreference: \\${index}`);
    this.at += digits.length;
    this.next();
    return { kind: 'back', index, anyCase: this.flags.i };
  }

  /** A run of plain characters; only the last may be repeated, and then it stands alone. */
  private literal(): Node {
    const items: Node[] = [];
    const { text } = this;
    while (items.length < 127 && this.at < text.length) {
      const before = this.at;
      const code = this.plain();
      if (code === undefined) break;
      if (code === SKIPPED) continue;
      const node: Node = { kind: 'set', set: this.flags.i ? anyCase(one(lowered(code))) : one(code) };
      if (isRepetition(text, this.at)) {
        if (items.length > 0) this.at = before;
        else items.push(node);
        break;
      }
      items.push(node);
    }
    this.skip();
    return sequence(items);
  }

  /** The next plain character; undefined, and nothing read, at one that means something. */
  private plain(): number | undefined {
    const c = this.c;
    if ('^$.[()|'.includes(c)) return undefined;
    if (c === '\\') return this.plainEscape();
    if (this.flags.x && /[#\s]/.test(c)) {
      if (c === '#') {
        const line = this.text.indexOf('\n', this.at);
        this.at = line === -1 ? this.text.length - 1 : line;
      }
      this.at++;
      return SKIPPED;
    }
    this.at++;
    return c.charCodeAt(0);
  }

  private plainEscape(): number | undefined {
    const c = this.text[this.at + 1] ?? END;
    if (c === END) throw new Malformed('Trailing \\ in expression.');
    if ('AGZwWbBsSdD'.includes(c)) return undefined;
    if (/[0-9]/.test(c)) {
      const digits = /^\d+/.exec(this.text.slice(this.at + 1))?.[0] ?? '';
      if (c !== '0' && !(digits.length > 1 && count(digits) >= this.#groups)) return undefined;
      this.at++;
      return readOctal(this, 3);
    }
    this.at += 2;
    return readEscape(this, c) ?? c.charCodeAt(0);
  }
}

const SKIPPED = -1;
const INTERVAL = /^\{(\p{Nd}+)(?:,(\p{Nd}*))?\}/u;
const isRepetition = (text: string, at: number): boolean => {
  const c = text[at];
  return c === '*' || c === '+' || c === '?' || (c === '{' && INTERVAL.test(text.slice(at)));
};

function count(digits: string): number {
  const n = Number(digits);
  if (n > 2147483647)
    throw new Malformed(
      `Unexpected number format exception.  Please report this bug.NumberFormatException message: For input string: "${digits}"`,
    );
  return n;
}

const START = '^';
/** Not behind a line feed that ends the text. */
const LINE_START = '(?:^|(?<=\\n)(?!$))';
const LINE_END = '(?=\\n|$)';
const TEXT_END = '(?=\\n?$)';

let boundary: readonly [string, string] | undefined;
function boundaries(): readonly [string, string] {
  const w = classSource(word(), UNITS);
  boundary ??= [`(?:(?<=${w})(?!${w})|(?<!${w})(?=${w}))`, `(?:(?<=${w})(?=${w})|(?<!${w})(?!${w}))`];
  return boundary;
}

const ESCAPES: Readonly<Record<string, () => Node>> = {
  A: () => ({ kind: 'place', source: START, onceOnly: true }),
  Z: () => ({ kind: 'place', source: TEXT_END, onceOnly: true }),
  G: () => {
    throw new NotTranslatable('\\G');
  },
  b: () => ({ kind: 'place', source: boundaries()[0], onceOnly: true }),
  B: () => ({ kind: 'place', source: boundaries()[1], onceOnly: true }),
  w: () => ({ kind: 'set', set: word() }),
  W: () => ({ kind: 'set', set: complement(word(), UNITS) }),
  s: () => ({ kind: 'set', set: space() }),
  S: () => ({ kind: 'set', set: complement(space(), UNITS) }),
  d: () => ({ kind: 'set', set: digit() }),
  D: () => ({ kind: 'set', set: complement(digit(), UNITS) }),
};
