import { classSource, complement, one, POINTS, property, range, union } from './char-set.js';
import { type JavaFlags, readClassEscape, readJavaClass } from './java-class.js';
import { anyCase, LINE_ENDS } from './java-set.js';
import { JavaText } from './java-text.js';
import { choice, EMPTY, type Node, NotTranslatable, type Parsed, sequence } from './node.js';

/** Reads a pattern as java.util.regex (17) does; throws JavaError PatternSyntaxException with Java's message. */
export function parseJava(pattern: string, flags = ''): Parsed {
  return new JavaReader(pattern, flags).read();
}

const FLAGS = 'imsxdu';
const INFINITE = Number.POSITIVE_INFINITY;

class JavaReader extends JavaText {
  #flags: JavaFlags;
  #groups = 0;
  readonly #names = new Map<string, number>();

  constructor(text: string, flags: string) {
    super(text);
    const on = (flag: string): boolean => flags.includes(flag);
    this.#flags = { i: on('i'), m: on('m'), s: on('s'), x: on('x'), d: on('d'), u: on('u') || on('U') };
  }

  read(): Parsed {
    const root = this.alternatives();
    if (this.c === ')') throw this.error("Unmatched closing ')'", this.at - 1);
    return { root, groups: this.#groups, names: this.#names };
  }

  private skipBlanks(): void {
    if (this.#flags.x) this.take(/^(?:[ \t\n\v\f\r]|#[^\n]*)+/);
  }

  private alternatives(): Node {
    const items = [this.branch()];
    while (this.accept('|')) items.push(this.branch());
    return choice(items);
  }

  private branch(): Node {
    const items: Node[] = [];
    for (;;) {
      this.skipBlanks();
      const c = this.c;
      if (c === '' || c === '|' || c === ')') return items.length === 0 ? EMPTY : sequence(items);
      const quoted = this.quoted();
      const atom = quoted ? this.quotedAtoms(quoted, items) : this.atom();
      if (atom !== undefined) items.push(this.repeated(atom));
    }
  }

  /** The text of `\Q…\E`. */
  private quoted(): string | undefined {
    if (!this.accept('\\Q')) return undefined;
    const end = this.text.indexOf('\\E', this.at);
    const text = this.text.slice(this.at, end === -1 ? undefined : end);
    this.at = end === -1 ? this.text.length : end + 2;
    return text;
  }

  /** All of a quoted text but its last character, which may be repeated. */
  private quotedAtoms(text: string, items: Node[]): Node | undefined {
    const nodes = [...text].map((c) => this.character(c.codePointAt(0) ?? 0));
    const last = nodes.pop();
    items.push(...nodes);
    return last;
  }

  private character(code: number): Node {
    return { kind: 'set', set: this.#flags.i ? anyCase(one(code), this.#flags.u) : one(code) };
  }

  private repeated(body: Node): Node {
    this.skipBlanks();
    const bounds = this.bounds();
    if (bounds === undefined) return body;
    const mode = this.accept('?') ? 'lazy' : this.accept('+') ? 'possessive' : 'greedy';
    const node: Node = { kind: 'repeat', body, ...bounds, mode };
    this.skipBlanks();
    if (/[*+?]/.test(this.c)) throw this.error(`Dangling meta character '${this.c}'`);
    return node;
  }

  private bounds(): { min: number; max: number } | undefined {
    if (this.accept('?')) return { min: 0, max: 1 };
    if (this.accept('*')) return { min: 0, max: INFINITE };
    if (this.accept('+')) return { min: 1, max: INFINITE };
    if (this.c !== '{') return undefined;
    if (!/\d/.test(this.peek())) throw this.error('Illegal repetition', this.at + 1);
    const found = this.take(/^\{(\d+)(,(\d*))?/);
    const min = Number(found?.[1] ?? 0);
    const max = found?.[2] === undefined ? min : found[3] ? Number(found[3]) : INFINITE;
    if (min > 2147483647 || (max !== INFINITE && max > 2147483647)) throw this.error('Illegal repetition range');
    if (!this.accept('}')) throw this.error('Unclosed counted closure');
    if (max < min) throw this.error('Illegal repetition range', this.at - 1);
    return { min, max };
  }

  private atom(): Node | undefined {
    const c = this.c;
    switch (c) {
      case '(':
        return this.group();
      case '[': {
        this.at++;
        return { kind: 'set', set: readJavaClass(this, this.#flags) };
      }
      case '.': {
        this.at++;
        if (this.#flags.s) return { kind: 'set', set: range(0, POINTS) };
        return { kind: 'set', set: complement(this.#flags.d ? one(10) : LINE_ENDS, POINTS) };
      }
      case '^':
        this.at++;
        return { kind: 'place', source: this.#flags.m ? (this.#flags.d ? UNIX_LINE_START : LINE_START) : START };
      case '$':
        this.at++;
        return { kind: 'place', source: this.dollar() };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        throw this.error(`Dangling meta character '${c}'`);
      case '{':
        // Java repeats the nothing before it.
        return EMPTY;
      default:
        return this.character(this.point());
    }
  }

  private dollar(): string {
    if (this.#flags.d) return this.#flags.m ? '(?=\\n|$)' : '(?=\\n?$)';
    return this.#flags.m ? LINE_END : TEXT_END;
  }

  private escape(): Node {
    const set = readClassEscape(this);
    if (set !== undefined) return { kind: 'set', set };
    const c = this.peek();
    if (c === '') {
      this.at++;
      throw this.error('Unexpected internal error');
    }
    if (/[1-9]/.test(c)) return this.reference();
    if (c === 'k') return this.namedReference();
    const place = PLACES[c];
    if (place !== undefined) {
      this.at += 2;
      return place();
    }
    if (c === 'Z') {
      this.at += 2;
      return { kind: 'place', source: this.#flags.d ? '(?=\\n?$)' : TEXT_END };
    }
    this.at++;
    const letter = String.fromCodePoint(this.point());
    const code = this.escapedPoint(letter);
    if (code === undefined) throw this.error('Illegal/unsupported escape sequence', this.at - 1);
    return this.character(code);
  }

  /** More digits belong to the number only while there are so many groups. */
  private reference(): Node {
    this.at++;
    let index = Number(this.c);
    this.at++;
    while (/\d/.test(this.c) && index * 10 + Number(this.c) <= this.#groups) {
      index = index * 10 + Number(this.c);
      this.at++;
    }
    return { kind: 'back', index, anyCase: this.#flags.i };
  }

  private namedReference(): Node {
    this.at += 2;
    if (!this.accept('<')) throw this.error("\\k is not followed by '<' for named capturing group", this.at);
    const name = this.groupName();
    const index = this.#names.get(name);
    if (index === undefined) throw this.error(`named capturing group <${name}> does not exist`, this.at - 1);
    return { kind: 'back', index, anyCase: this.#flags.i };
  }

  private groupName(): string {
    const found = this.take(/^[A-Za-z][A-Za-z0-9]*/);
    if (!found) throw this.error('capturing group name does not start with a Latin letter', this.at);
    if (!this.accept('>')) throw this.error("named capturing group is missing trailing '>'", this.at);
    return found[0];
  }

  private group(): Node | undefined {
    const saved = { ...this.#flags };
    this.at++;
    if (!this.accept('?')) {
      const index = ++this.#groups;
      return this.closed({ kind: 'group', index, body: this.alternatives() }, saved);
    }
    if (this.accept(':')) return this.closed(this.alternatives(), saved);
    if (this.accept('>')) return this.closed({ kind: 'atomic', body: this.alternatives() }, saved);
    if (this.is('=') || this.is('!')) return this.look(true, saved);
    if (this.accept('<')) return this.is('=') || this.is('!') ? this.look(false, saved) : this.namedGroup(saved);
    return this.inlineFlags(saved);
  }

  private namedGroup(saved: JavaFlags): Node {
    if (!/[A-Za-z]/.test(this.c)) throw this.error('capturing group name does not start with a Latin letter', this.at);
    const name = this.groupName();
    if (this.#names.has(name)) throw this.error(`Named capturing group <${name}> is already defined`, this.at - 1);
    const index = ++this.#groups;
    this.#names.set(name, index);
    return this.closed({ kind: 'group', index, body: this.alternatives() }, saved);
  }

  private look(ahead: boolean, saved: JavaFlags): Node {
    const negative = this.c === '!';
    this.at++;
    const body = this.alternatives();
    if (!ahead && longest(body) === INFINITE)
      throw this.error('Look-behind group does not have an obvious maximum length', this.at - 1);
    return this.closed({ kind: 'look', ahead, negative, body }, saved);
  }

  private inlineFlags(saved: JavaFlags): Node | undefined {
    let on = true;
    for (;;) {
      const c = this.c;
      if (c === '-') on = false;
      else if (c !== '' && FLAGS.includes(c)) this.#flags[c as keyof JavaFlags] = on;
      else if (c === 'U') this.#flags.u = on;
      else break;
      this.at++;
    }
    if (this.accept(')')) return undefined;
    if (this.accept(':')) return this.closed(this.alternatives(), saved);
    throw this.error('Unknown inline modifier');
  }

  private closed(node: Node, saved: JavaFlags): Node {
    if (!this.accept(')')) throw this.error('Unclosed group');
    this.#flags = saved;
    return node;
  }
}

/** The most characters it can take; infinite when nothing limits it. */
function longest(node: Node): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return node.items.reduce((sum, item) => sum + longest(item), 0);
    case 'choice':
      return Math.max(...node.items.map(longest));
    case 'group':
    case 'atomic':
      return longest(node.body);
    case 'repeat':
      // Java takes `a+` for a very long, but limited one.
      if (node.body.kind === 'set' && node.max === INFINITE && node.mode === 'greedy') return 2147483647;
      return node.max === 0 ? 0 : longest(node.body) * node.max;
    case 'back':
      return INFINITE;
    default:
      return 0;
  }
}

const START = '^';
const BREAK = '(?:\\r\\n|[\\n\\r\\u0085\\u2028\\u2029])';
const NOT_INSIDE = '(?!(?<=\\r)\\n)';
const TEXT_END = `(?:$|${NOT_INSIDE}(?=${BREAK}$))`;
const LINE_END = `(?:$|${NOT_INSIDE}(?=${BREAK}))`;
/** Never at the end of the text, not even of an empty one. */
const LINE_START = `(?:^|(?<=[\\n\\r\\u0085\\u2028\\u2029])${NOT_INSIDE})(?!$)`;
const UNIX_LINE_START = '(?:^|(?<=\\n))(?!$)';

/** `\b` looks at Unicode letters and digits although `\w` does not (Java before 19). */
function boundary(inside: boolean): Node {
  const w = classSource(union(property('[\\p{L}\\p{Nd}]', POINTS), one(95)), POINTS);
  const source = inside ? `(?:(?<=${w})(?=${w})|(?<!${w})(?!${w}))` : `(?:(?<=${w})(?!${w})|(?<!${w})(?=${w}))`;
  return { kind: 'place', source };
}

const lineBreak: Node = {
  kind: 'choice',
  items: [
    sequence([13, 10].map((code) => ({ kind: 'set', set: one(code) }))),
    { kind: 'set', set: union(range(10, 13), one(0x85), range(0x2028, 0x2029)) },
  ],
};

const untranslated = (what: string) => (): Node => {
  throw new NotTranslatable(what);
};
const PLACES: Readonly<Record<string, () => Node>> = {
  A: () => ({ kind: 'place', source: START }),
  z: () => ({ kind: 'place', source: '$' }),
  b: () => boundary(false),
  B: () => boundary(true),
  R: () => lineBreak,
  G: untranslated('\\G'),
  X: untranslated('\\X'),
  N: untranslated('\\N'),
};
