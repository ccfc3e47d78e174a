import { EOF, Lexer, type SyntaxFault, shown, type Token } from './tokens.js';

/** Token types that may stand somewhere; {@link RULE_END} = the rule may end there. */
export type Follow = readonly string[];
export const RULE_END = 'end of rule';

/** The order in which ANTLR's messages list token types. */
const ORDER: readonly string[] = [
  EOF,
  ...['.', '!', '&&', '||', '(', ')', '|', '*', '[', ',', ']', '{', '}', ':', '[?', '@', '&', '`'].map((t) => `'${t}'`),
  ...['COMPARATOR', 'RAW_STRING', 'JSON_CONSTANT', 'NAME', 'STRING', 'REAL_OR_EXPONENT_NUMBER', 'SIGNED_INT'],
];

/** Ends a rule; the parser goes on behind it. */
class Failed {
  constructor(
    readonly message: string,
    readonly token: Token,
    /** Where in the grammar: the same failure twice at one token skips it. */
    readonly state: string,
  ) {}
}

/**
 * The error handling of ANTLR 4 (DefaultErrorStrategy), which decides what JMESPath's messages say: one token too many
 * is skipped, one too few is made up, and else the rule is left and the input skipped up to what may follow.
 */
export class Recovery {
  readonly faults: SyntaxFault[];
  readonly #lexer: Lexer;
  readonly #tokens: Token[] = [];
  #at = 0;
  /** What may follow each rule that is open. */
  readonly #follows: Follow[] = [];
  #recovering = false;
  #lastErrorAt = -1;
  #lastStates = new Set<string>();
  /** What could have come where a rule was last allowed to end, with the rules open then. */
  #pending: { readonly state: Follow; readonly follows: readonly Follow[] } | undefined;

  constructor(text: string, faults: SyntaxFault[]) {
    this.faults = faults;
    this.#lexer = new Lexer(text, faults);
  }

  token(ahead = 0): Token {
    const wanted = this.#at + ahead;
    for (;;) {
      const token = this.#tokens[wanted];
      if (token !== undefined) return token;
      const last = this.#tokens.at(-1);
      if (last?.type === EOF) return last;
      this.#tokens.push(this.#lexer.next());
    }
  }
  is(...types: Follow): boolean {
    return types.includes(this.token().type);
  }

  /** Runs a rule; a failure in it is told, unless one was told just before, and the input skipped. */
  rule<T>(follow: Follow, broken: T, run: () => T): T {
    this.#follows.push(follow);
    try {
      return run();
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      if (!this.#recovering) {
        this.#recovering = true;
        this.#fault(error.message, error.token);
      }
      this.#recover(error.state);
      return broken;
    } finally {
      this.#follows.pop();
    }
  }

  /** Takes one of these tokens; `then` is what may come behind it. */
  match(types: Follow, then: Follow): Token {
    const token = this.token();
    if (types.includes(token.type)) return this.#take(token);
    if (this.#skipOne(types)) return this.#take(this.token());
    if (this.#expanded(then, this.#follows).includes(token.type)) {
      if (!this.#recovering) {
        this.#recovering = true;
        this.#fault(`missing ${listed(types)} at ${quoted(token)}`, token);
      }
      return token;
    }
    const { state, follows } = this.#pending ?? { state: types, follows: this.#follows };
    throw this.#mismatch(this.#expanded(state, follows), types.join());
  }

  /** In front of alternatives or a loop: one token too many is skipped here. */
  sync(state: Follow): void {
    if (this.#settled(state)) return;
    if (!this.#skipOne(state)) throw this.#mismatch(this.#expanded(state, this.#follows), state.join());
  }

  /** Behind a pass of a loop: everything is skipped that cannot go on. */
  syncBack(state: Follow): void {
    if (this.#settled(state)) return;
    this.#unwanted(state);
    this.#skipTo(state);
  }

  /** No alternative begins with the tokens up to the one `ahead`. */
  noAlternative(ahead: number, state: string): never {
    const token = this.token(ahead);
    const text = this.#tokens.slice(this.#at, this.#at + ahead + 1).map((t) => (t.type === EOF ? '' : t.text));
    throw new Failed(`no viable alternative at input '${shown(text.join(''))}'`, token, state);
  }

  #settled(state: Follow): boolean {
    if (this.#recovering) return true;
    if (this.is(...state)) {
      this.#pending = undefined;
      return true;
    }
    if (!state.includes(RULE_END)) return false;
    this.#pending ??= { state, follows: [...this.#follows] };
    return true;
  }

  #take(token: Token): Token {
    this.#matched();
    if (token.type !== EOF) this.#consume();
    return token;
  }
  #matched(): void {
    this.#recovering = false;
    this.#lastStates = new Set();
    this.#lastErrorAt = -1;
  }
  #consume(): void {
    this.#at++;
    this.token();
  }

  #skipOne(state: Follow): boolean {
    if (!this.#expanded(state, this.#follows).includes(this.token(1).type)) return false;
    this.#unwanted(state);
    this.#consume();
    this.#matched();
    return true;
  }

  #unwanted(state: Follow): void {
    if (this.#recovering) return;
    this.#recovering = true;
    const token = this.token();
    this.#fault(`extraneous input ${quoted(token)} expecting ${listed(this.#expanded(state, this.#follows))}`, token);
  }

  #mismatch(expected: Follow, state: string): Failed {
    const token = this.token();
    return new Failed(`mismatched input ${quoted(token)} expecting ${listed(expected)}`, token, state);
  }

  #recover(state: string): void {
    if (this.#lastErrorAt === this.#at && this.#lastStates.has(state)) this.#consume();
    this.#lastErrorAt = this.#at;
    this.#lastStates.add(state);
    this.#skipTo([]);
  }
  #skipTo(state: Follow): void {
    const stops = new Set([...state, ...this.#follows.flat(), EOF]);
    while (!stops.has(this.token().type)) this.#consume();
  }

  /** Through the ends of rules to what follows them. */
  #expanded(state: Follow, follows: readonly Follow[]): Follow {
    let found = state;
    for (let i = follows.length - 1; i >= 0 && found.includes(RULE_END); i--)
      found = [...found.filter((type) => type !== RULE_END), ...(follows[i] ?? [])];
    return found.map((type) => (type === RULE_END ? EOF : type));
  }

  #fault(message: string, { position }: Token): void {
    this.faults.push({ message: `syntax error ${message}`, position });
  }
}

const quoted = ({ text }: Token): string => `'${shown(text)}'`;

function listed(types: Follow): string {
  const sorted = ORDER.filter((type) => types.includes(type));
  return sorted.length === 1 ? (sorted[0] ?? '') : `{${sorted.join(', ')}}`;
}
