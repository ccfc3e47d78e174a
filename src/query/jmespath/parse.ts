import { Recovery, RULE_END } from './recovery.js';
import { EOF, type SyntaxFault, type Token } from './tokens.js';
import { BROKEN, type Bracket, type Tree } from './tree.js';

const lit = (...texts: readonly string[]): readonly string[] => texts.map((text) => `'${text}'`);
const NAMES = ['JSON_CONSTANT', 'NAME', 'STRING'];
const EXPRESSION = [...lit('!', '(', '*', '[', '{', '[?', '@', '`'), 'RAW_STRING', ...NAMES];
const ARGUMENT = [...EXPRESSION, "'&'"];
const CHAINED = [...lit('*', '[', '{'), ...NAMES];
const OPERATORS = [...lit('.', '&&', '||', '|', '[', '[?'), 'COMPARATOR'];
const MORE = [...OPERATORS, RULE_END];
const JSON_VALUE = [...lit('[', '{'), 'JSON_CONSTANT', 'STRING', 'REAL_OR_EXPONENT_NUMBER', 'SIGNED_INT'];
const END = [RULE_END];
const [COLON, COMMA, CLOSE, BRACE, PAREN] = [lit(':'), lit(','), lit(']'), lit('}'), lit(')')];

/** How tightly an operator binds; what stands right of it binds tighter (the order of the grammar's alternatives). */
const BINDING: Readonly<Record<string, number>> = {
  "'.'": 17,
  "'['": 16,
  "'[?'": 16,
  COMPARATOR: 13,
  "'&&'": 12,
  "'||'": 11,
  "'|'": 3,
};
const NOT_BINDING = 14;

/** Reads an expression by the grammar of jmespath-java 0.6.0; what ANTLR would complain of goes to `faults`. */
export function parseExpression(text: string, faults: SyntaxFault[]): Tree {
  const parser = new Parser(text, faults);
  return parser.rule([], BROKEN, () => {
    const tree = parser.expression(0, [EOF]);
    parser.match([EOF], END);
    return tree;
  });
}

class Parser extends Recovery {
  expression(binding: number, follow: readonly string[]): Tree {
    return this.rule(follow, BROKEN, () => {
      let tree = this.#primary();
      for (;;) {
        this.sync(MORE);
        const { type } = this.token();
        const strength = BINDING[type];
        if (strength === undefined || strength < binding) return tree;
        tree = this.#operator(tree, type, strength);
      }
    });
  }

  #operator(left: Tree, type: string, strength: number): Tree {
    if (type === "'['" || type === "'[?'") return { kind: 'bracket', left, bracket: this.#bracket() };
    if (type === "'.'") {
      this.match([type], CHAINED);
      return { kind: 'chain', left, right: this.#chained() };
    }
    const { text } = this.match([type], EXPRESSION);
    const right = this.expression(strength + 1, MORE);
    if (type === 'COMPARATOR') return { kind: 'compare', operator: text, left, right };
    return { kind: type === "'|'" ? 'pipe' : type === "'&&'" ? 'and' : 'or', left, right };
  }

  #primary(): Tree {
    this.sync(EXPRESSION);
    const { type } = this.token();
    switch (type) {
      case "'!'":
        this.match([type], EXPRESSION);
        return { kind: 'not', of: this.expression(NOT_BINDING, MORE) };
      case "'('": {
        this.match([type], EXPRESSION);
        const of = this.expression(0, PAREN);
        this.match(PAREN, MORE);
        return { kind: 'parens', of };
      }
      case "'[?'":
        return { kind: 'bracket', left: undefined, bracket: this.#bracket() };
      case "'['":
        return this.#isList() ? this.#list(MORE) : { kind: 'bracket', left: undefined, bracket: this.#bracket() };
      case "'@'":
        this.match([type], MORE);
        return { kind: 'current' };
      case "'`'":
        return this.#literal();
      case 'RAW_STRING':
        return { kind: 'string', name: unescapeRaw(this.match([type], MORE).text.slice(1, -1)) };
      default:
        return this.#named(MORE);
    }
  }

  #chained(): Tree {
    return this.rule(MORE, BROKEN, () => {
      this.sync(CHAINED);
      return this.is("'['") ? this.#list(END) : this.#named(END);
    });
  }

  /** What may stand behind a dot as well: a name, a call, a wildcard, a hash. */
  #named(follow: readonly string[]): Tree {
    const { type } = this.token();
    if (type === "'*'") {
      this.rule(follow, undefined, () => void this.match([type], END));
      return { kind: 'wildcard' };
    }
    if (type === "'{'") return this.#hash(follow);
    if (type === 'NAME' && this.token(1).type === "'('") return this.#call(follow);
    if (!NAMES.includes(type)) return this.noAlternative(0, 'expression');
    return { kind: 'property', name: this.#identifier(follow) };
  }

  #identifier(follow: readonly string[]): string {
    return this.rule(follow, '', () => {
      const { type, text } = this.match(NAMES, END);
      return type === 'STRING' ? unescapeName(text.slice(1, -1)) : text;
    });
  }

  /** Whether the bracket that begins an expression is a list of expressions; `[*]` and `[1` are not. */
  #isList(): boolean {
    const { type } = this.token(1);
    if (type === "'*'") {
      const behind = this.token(2).type;
      if (behind === "']'") return false;
      return OPERATORS.includes(behind) || behind === "','" ? true : this.noAlternative(2, 'expression');
    }
    if (EXPRESSION.includes(type)) return true;
    return type === 'SIGNED_INT' || type === "':'" || type === "']'" ? false : this.noAlternative(1, 'expression');
  }

  #list(follow: readonly string[]): Tree {
    return this.rule(follow, BROKEN, () => {
      const separated = [...COMMA, ...CLOSE];
      this.match(["'['"], EXPRESSION);
      const items = this.#separated(separated, () => this.expression(0, separated));
      this.match(CLOSE, END);
      return { kind: 'list', items };
    });
  }

  #hash(follow: readonly string[]): Tree {
    return this.rule(follow, BROKEN, () => {
      const separated = [...COMMA, ...BRACE];
      this.match(["'{'"], NAMES);
      const entries = this.#separated(separated, () => this.#entry(separated));
      this.match(BRACE, END);
      return { kind: 'hash', entries };
    });
  }

  #entry(follow: readonly string[]): readonly [string, Tree] {
    return this.rule(follow, ['', BROKEN] as const, () => {
      const key = this.#identifier(COLON);
      this.match(COLON, EXPRESSION);
      return [key, this.expression(0, END)];
    });
  }

  #separated<T>(state: readonly string[], read: () => T): readonly T[] {
    const items = [read()];
    this.sync(state);
    while (this.is(...COMMA)) {
      this.match(COMMA, END);
      items.push(read());
      this.syncBack(state);
    }
    return items;
  }

  #bracket(): Bracket {
    return this.rule<Bracket>(MORE, { kind: 'flatten' }, () => {
      if (this.is("'[?'")) {
        this.match(["'[?'"], EXPRESSION);
        const test = this.expression(0, CLOSE);
        this.match(CLOSE, END);
        return { kind: 'select', test };
      }
      const { type } = this.token(1);
      const behind = type === 'SIGNED_INT' ? this.token(2).type : '';
      if (type === "':'" || behind === "':'") return this.#slice();
      if (type === "'*'" || type === "']'" || behind === "']'") return this.#plainBracket(type);
      return this.noAlternative(type === 'SIGNED_INT' ? 2 : 1, 'bracket');
    });
  }

  #plainBracket(type: string): Bracket {
    this.match(["'['"], [type]);
    const inner = type === "']'" ? undefined : this.match([type], CLOSE);
    this.match(CLOSE, END);
    if (inner === undefined) return { kind: 'flatten' };
    return type === "'*'" ? { kind: 'star' } : { kind: 'index', text: inner.text };
  }

  #slice(): Bracket {
    this.match(["'['"], ['SIGNED_INT', ...COLON]);
    const slice = this.rule<Bracket>(CLOSE, { kind: 'flatten' }, () => {
      const start = this.#number(COLON);
      this.match(COLON, ['SIGNED_INT', ...COLON, RULE_END]);
      const stop = this.#number([...COLON, RULE_END]);
      let step: Token | undefined;
      this.sync([...COLON, RULE_END]);
      if (this.is(...COLON)) {
        this.match(COLON, ['SIGNED_INT', RULE_END]);
        step = this.#number(END);
      }
      const stepPosition = step?.start ?? 0;
      return { kind: 'slice', start: start?.text, stop: stop?.text, step: step?.text, stepPosition };
    });
    this.match(CLOSE, END);
    return slice;
  }

  #number(then: readonly string[]): Token | undefined {
    this.sync(['SIGNED_INT', ...then]);
    return this.is('SIGNED_INT') ? this.match(['SIGNED_INT'], then) : undefined;
  }

  #call(follow: readonly string[]): Tree {
    return this.rule(follow, BROKEN, () => {
      const { type } = this.token(2);
      if (type !== "')'" && !ARGUMENT.includes(type)) this.noAlternative(2, 'call');
      const { text: name, start: position } = this.match(['NAME'], lit('('));
      this.match(["'('"], ARGUMENT);
      const separated = [...COMMA, ...PAREN];
      const args = type === "')'" ? [] : this.#separated(separated, () => this.#argument(separated));
      this.match(PAREN, END);
      return { kind: 'call', name, position, args };
    });
  }

  #argument(follow: readonly string[]): Tree {
    return this.rule(follow, BROKEN, () => {
      this.sync(ARGUMENT);
      if (!this.is("'&'")) return this.expression(0, END);
      return this.rule(END, BROKEN, () => {
        this.match(["'&'"], EXPRESSION);
        return { kind: 'reference', of: this.expression(0, END) };
      });
    });
  }

  #literal(): Tree {
    return this.rule(MORE, BROKEN, () => {
      this.match(["'`'"], JSON_VALUE);
      const strayBackticks: number[] = [];
      const json = this.#json(lit('`'), strayBackticks);
      this.match(["'`'"], END);
      return { kind: 'literal', json: json.replace(/\\(?=`)/g, ''), strayBackticks };
    });
  }

  /** The text of a JSON value without what blanks were in it. */
  #json(follow: readonly string[], stray: number[]): string {
    return this.rule(follow, '', () => {
      this.sync(JSON_VALUE);
      const { type } = this.token();
      if (type === "'['") return this.#jsonList(stray);
      if (type === "'{'") return this.#jsonObject(stray);
      const token = this.match(JSON_VALUE, END);
      noteBacktick(token, stray);
      return token.text;
    });
  }

  #jsonList(stray: number[]): string {
    return this.rule(END, '', () => {
      const { type } = this.token(1);
      if (type !== "']'" && !JSON_VALUE.includes(type)) this.noAlternative(1, 'jsonArray');
      this.match(["'['"], JSON_VALUE);
      const separated = [...COMMA, ...CLOSE];
      const items = type === "']'" ? [] : this.#separated(separated, () => this.#json(separated, stray));
      this.match(CLOSE, END);
      return `[${items.join(',')}]`;
    });
  }

  #jsonObject(stray: number[]): string {
    return this.rule(END, '', () => {
      const { type } = this.token(1);
      if (type !== "'}'" && type !== 'STRING') this.noAlternative(1, 'jsonObject');
      this.match(["'{'"], ['STRING']);
      const separated = [...COMMA, ...BRACE];
      const pairs = type === "'}'" ? [] : this.#separated(separated, () => this.#jsonPair(separated, stray));
      this.match(BRACE, END);
      return `{${pairs.join(',')}}`;
    });
  }

  #jsonPair(follow: readonly string[], stray: number[]): string {
    return this.rule(follow, '', () => {
      const key = this.match(['STRING'], COLON);
      noteBacktick(key, stray);
      this.match(COLON, JSON_VALUE);
      return `${key.text}:${this.#json(END, stray)}`;
    });
  }
}

/** A backtick in a string of a literal must be escaped. */
function noteBacktick({ type, text, start }: Token, stray: number[]): void {
  const at = type === 'STRING' ? text.search(/(?<!\\)`/) : -1;
  if (at >= 0) stray.push(start + at);
}

const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Escapes of a quoted name; an escaped backtick keeps its backslash. */
const unescapeName = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (whole, code: string | undefined, c = '') => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return c === '`' ? whole : (SHORT[c] ?? c);
  });

/** Only the quote and the backslash are escaped in a raw string. */
const unescapeRaw = (text: string): string => text.replace(/\\([\s\S])/g, (whole, c) => (/['\\]/.test(c) ? c : whole));
