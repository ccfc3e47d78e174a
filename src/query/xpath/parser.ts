import type { XmlNode } from '../xml/index.js';
import { AXES, type Test } from './axes.js';
import { xpathError } from './error.js';
import type { Expression } from './expression.js';
import { FUNCTIONS } from './functions.js';
import { filtered, joined, literal, operation, path, type Step, union } from './operations.js';

const NODE_TYPES = new Set(['node', 'text', 'comment', 'processing-instruction']);
const LETTER = /^\p{L}/u;

/**
 * Builds the expression of tokens as Xalan's XPathParser reads them.
 * @throws JavaError javax.xml.transform.TransformerException, with Xalan's message
 */
export function parseTokens(tokens: readonly string[]): Expression {
  return new Parser(tokens).whole();
}

class Parser {
  #at = 0;

  constructor(readonly tokens: readonly string[]) {}

  whole(): Expression {
    const expression = this.#or();
    const rest = this.tokens.slice(this.#at);
    if (rest.length > 0) throw xpathError(`Extra illegal tokens: ${rest.map((token) => `'${token}'`).join(', ')}`);
    return expression;
  }

  get #token(): string | undefined {
    return this.tokens[this.#at];
  }
  #is(token: string): boolean {
    return this.tokens[this.#at] === token;
  }
  /** Whether a one-character token stands `n` places ahead. */
  #ahead(token: string, n: number): boolean {
    return this.tokens[this.#at + n] === token;
  }
  #take(token: string): boolean {
    if (!this.#is(token)) return false;
    this.#at++;
    return true;
  }
  #expect(token: string): void {
    if (!this.#take(token)) throw xpathError(`Expected ${token}, but found: ${this.#token ?? ''}`);
  }

  #or(): Expression {
    const left = this.#and();
    return this.#take('or') ? operation('or', left, this.#or()) : left;
  }
  #and(): Expression {
    const left = this.#equality();
    return this.#take('and') ? operation('and', left, this.#and()) : left;
  }
  #equality(): Expression {
    let left = this.#relation();
    for (;;) {
      if (this.#is('!') && this.#ahead('=', 1)) {
        this.#at += 2;
        left = operation('!=', left, this.#relation());
      } else if (this.#take('=')) left = operation('=', left, this.#relation());
      else return left;
    }
  }
  #relation(): Expression {
    let left = this.#sum();
    for (;;) {
      const operator = this.#is('<') || this.#is('>') ? this.#token : undefined;
      if (operator === undefined) return left;
      this.#at++;
      left = operation(this.#take('=') ? `${operator}=` : operator, left, this.#sum());
    }
  }
  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      if (this.#take('+')) left = operation('+', left, this.#product());
      else if (this.#take('-')) left = operation('-', left, this.#product());
      else return left;
    }
  }
  #product(): Expression {
    let left = this.#unary();
    for (;;) {
      const operator = ['*', 'div', 'mod', 'quo'].find((token) => this.#take(token));
      if (operator === undefined) return left;
      left = operation(operator, left, this.#unary());
      if (operator === 'quo') throw xpathError('ERROR! Unknown op code: quo');
    }
  }
  #unary(): Expression {
    if (!this.#take('-')) return this.#union();
    const operand = this.#union();
    return operation('-', literal(-0), operand);
  }
  #union(): Expression {
    const first = this.#path();
    if (!this.#is('|')) return first;
    const parts = [first];
    while (this.#take('|')) parts.push(this.#path());
    return union(parts);
  }

  #path(): Expression {
    const primary = this.#primary();
    if (primary === undefined) return this.#locationPath();
    if (primary.literal && (this.#is('[') || this.#is('/')))
      throw xpathError(`ERROR! Unknown op code: ${primary.type === 'number' ? 27 : 21}`);
    const start = this.#is('[') ? filtered(primary, this.#predicates()) : primary;
    if (!this.#take('/')) return start;
    const steps = this.#relativePath();
    if (steps === undefined) throw xpathError("A relative location path was expected following the '/' or '//' token.");
    return joined(start, steps);
  }

  #primary(): Expression | undefined {
    const token = this.#token;
    if (token === undefined) return undefined;
    const [first = ''] = token;
    if (first === '"' || first === "'") {
      this.#at++;
      return literal(token.slice(1, -1));
    }
    if (first === '$') throw this.#variable();
    if (first === '(') {
      this.#at++;
      const inner = this.#or();
      this.#expect(')');
      return inner.type === 'nodes' ? filtered(inner, []) : inner;
    }
    if (/^\.?\p{Nd}/u.test(token)) return this.#number(token);
    if (this.#ahead('(', 1) || (this.#ahead(':', 1) && this.#ahead('(', 3))) return this.#call(token);
    return undefined;
  }
  #variable(): Error {
    this.#at++;
    const name = this.#ahead(':', 1) ? `{${this.#token}}${this.tokens[this.#at + 2]}` : this.#token;
    return xpathError(`Variable not resolvable: ${name ?? 'null'}`);
  }
  #number(token: string): Expression {
    if (!/^(?:\d+\.?\d*|\.\d+)[dDfF]?$/.test(token)) throw xpathError(`${token} could not be formatted to a number!`);
    this.#at++;
    return literal(Number.parseFloat(token));
  }

  #call(name: string): Expression | undefined {
    if (this.#ahead(':', 1))
      throw xpathError(
        'Cannot invoke "org.apache.xpath.ExtensionsProvider.extFunction(org.apache.xpath.functions.FuncExtFunction, java.util.Vector)" because "extProvider" is null',
      );
    if (NODE_TYPES.has(name)) return undefined;
    const called = FUNCTIONS.get(name);
    if (called === undefined) throw xpathError(`Could not find function: ${name}`);
    this.#at++;
    const args = this.#arguments();
    if (args.length < called.min || args.length > called.max)
      throw xpathError(
        `org.apache.xpath.functions.${called.javaName ?? javaNameOf(name)} only allows ${called.allows} arguments`,
      );
    return {
      type: called.type,
      positional: called.positional === true || args.some((arg) => arg.positional),
      run: (context) => called.call(context, args),
    };
  }
  #arguments(): readonly Expression[] {
    this.#expect('(');
    const args: Expression[] = [];
    while (!this.#is(')') && this.#token !== undefined) {
      if (this.#is(',')) throw xpathError("Found ',' but no preceding argument!");
      args.push(this.#or());
      if (this.#is(')')) break;
      this.#expect(',');
      if (this.#is(')')) throw xpathError("Found ',' but no following argument!");
    }
    this.#expect(')');
    return args;
  }

  #locationPath(): Expression {
    const rooted = this.#take('/');
    if (!rooted && this.#token === undefined)
      throw xpathError('A location path was expected, but the end of the XPath expression was found instead.');
    if (this.#token === undefined) return path(rooted, []);
    const steps = this.#relativePath();
    if (steps === undefined && !rooted)
      throw xpathError(`A location path was expected, but the following token was encountered:  ${this.#token}`);
    return path(rooted, steps ?? []);
  }
  #relativePath(): Step[] | undefined {
    const steps: Step[] = [];
    if (!this.#step(steps)) return undefined;
    while (this.#take('/'))
      if (!this.#step(steps)) throw xpathError("A location step was expected following the '/' or '//' token.");
    return steps;
  }

  #step(steps: Step[]): boolean {
    const double = this.#take('/');
    if (double) steps.push(simple('descendant-or-self'));
    if (this.#take('.')) {
      if (this.#is('['))
        throw xpathError(
          "'..[predicate]' or '.[predicate]' is illegal syntax.  Use 'self::node()[predicate]' instead.",
        );
      steps.push(simple('self'));
      return true;
    }
    if (this.#take('..')) {
      steps.push(simple('parent'));
      return true;
    }
    const token = this.#token;
    if (token === '*' || token === '@' || (token !== undefined && (token === '_' || LETTER.test(token)))) {
      steps.push(this.#basis());
      return true;
    }
    if (double) throw xpathError("A location step was expected following the '/' or '//' token.");
    return false;
  }

  #basis(): Step {
    let name = 'child';
    if (this.#ahead('::', 1)) {
      name = this.#token ?? '';
      if (!AXES.has(name)) throw xpathError(`illegal axis name: ${name}`);
      this.#at += 2;
    } else if (this.#take('@')) name = 'attribute';
    const test = this.#nodeTest(AXES.get(name)?.principal ?? 'element');
    return { axis: name, ...test, predicates: this.#predicates() };
  }
  #predicates(): readonly Expression[] {
    const predicates: Expression[] = [];
    while (this.#take('[')) {
      predicates.push(this.#or());
      this.#expect(']');
    }
    return predicates;
  }

  #nodeTest(principal: 'element' | 'attribute'): NodeTest {
    const token = this.#token;
    if (this.#ahead('(', 1)) return this.#typeTest(token ?? '');
    let uri: string | undefined = '';
    if (this.#ahead(':', 1)) {
      uri = token === '*' ? undefined : token;
      this.#at += 2;
    }
    const name = this.#token;
    if (name !== '*' && (name === undefined || (name !== '_' && !LETTER.test(name))))
      throw xpathError('A node test that matches either NCName:* or QName was expected.');
    this.#at++;
    if (name === '*' && (uri === '' || uri === undefined)) return { test: (node) => node.kind === principal };
    return { test: nameTest(principal, uri, name) };
  }
  #typeTest(type: string): NodeTest {
    if (!NODE_TYPES.has(type)) throw xpathError(`Unknown nodetype: ${type}`);
    this.#at++;
    this.#expect('(');
    let target: string | undefined;
    if (type === 'processing-instruction' && !this.#is(')')) {
      const token = this.#token ?? 'null';
      if (!/^(["']).*\1$/s.test(token)) throw xpathError(`Pattern literal (${token}) needs to be quoted!`);
      target = token.slice(1, -1);
      this.#at++;
    }
    this.#expect(')');
    return { test: typeTest(type, target), any: type === 'node', text: type === 'text', comment: type === 'comment' };
  }
}

const javaNameOf = (name: string): string =>
  `Func${name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase())}`;

const simple = (axis: string): Step => ({ axis, test: () => true, any: true, predicates: [] });

function nameTest(principal: 'element' | 'attribute', uri: string | undefined, name: string): Test {
  const any = name === '*';
  return (node: XmlNode) =>
    (node.kind === 'element' || node.kind === 'attribute') &&
    node.kind === principal &&
    (any || node.local === name) &&
    (uri === undefined || node.uri === uri);
}

/** What of a step a node test says. */
type NodeTest = Pick<Step, 'test' | 'any' | 'text' | 'comment'>;

function typeTest(type: string, target: string | undefined): Test {
  if (type === 'text') return ({ kind }) => kind === 'text' || kind === 'cdata';
  if (type === 'comment') return ({ kind }) => kind === 'comment';
  if (type === 'node') return () => true;
  return (node) => node.kind === 'instruction' && (target === undefined || node.name === target);
}
