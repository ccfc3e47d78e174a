import { JavaMap } from '../../value/collection.js';
import { ScriptError } from '../../value/value.js';
import { lexicon2 } from '../lexicon.js';
import { type Node, type Scope, soft } from '../node.js';
import { nothing, ScriptParser } from '../statements.js';
import { operations2 } from './operations.js';
import { begun, called, indexed, named, type Part, position, reference } from './reference.js';

/** Parses a script of JEXL 2.1.1 to closures. Throws JexlSyntaxError. */
export function parse2(script: string): Node {
  return new Jexl2Parser(script, lexicon2, operations2).script();
}

/** The grammar where JEXL 2 has another one: references, `? :`, `empty`, `size`, what stands behind an expression. */
class Jexl2Parser extends ScriptParser {
  readonly #declared = new Set<string>();

  // Statements

  protected override keyword(word: string): Node | undefined {
    if (word !== 'foreach') return super.keyword(word);
    this.at++;
    return this.forStatement('in');
  }

  /** Only another expression may not follow: two of them are ambiguous. */
  protected override follows(): boolean {
    return this.oneOf(FOLLOWING) !== undefined;
  }

  /** `{1:2}` is a map, anything else a block: JavaCC looks three tokens ahead. */
  protected override literalOrBlock(): Node {
    const map = this.is(':', 1) || (isLiteral(this.peek(1)) && this.is(':', 2));
    return map ? this.expressionStatement() : this.block();
  }

  /** A `;` as a branch is not there: `if (x) ; else y` runs y for a true x, `if (x) ;` fails for it. */
  protected override ifStatement(): Node {
    const { truth } = this.operations;
    const test = this.condition();
    const branches = [this.body(), this.eat('else') ? this.body() : undefined].filter((node) => node !== undefined);
    const [then, otherwise = nothing] = branches;
    return {
      run(scope) {
        if (!truth(test.run(scope))) return otherwise.run(scope);
        if (then === undefined) throw new ScriptError('if without a statement');
        return then.run(scope);
      },
    };
  }

  protected override bracedBody(): Node {
    return this.literalOrBlock();
  }

  protected override loopVariable(): (scope: Scope, value: unknown) => void {
    const own = this.eat('var');
    const name = this.name();
    if (own) this.#declared.add(name);
    while (this.is('.')) this.after();
    if (this.#declared.has(name)) return (scope, value) => scope.declare(name, value);
    return (scope, value) => scope.context.set(name, value);
  }
  protected override between(sign: string): void {
    if (sign === 'in' && this.peek().text === 'in') this.at++;
    else this.want(sign);
  }

  protected override varStatement(): Node {
    const { kind, text } = this.peek();
    if (kind === 'name') this.#declared.add(text);
    return super.varStatement();
  }

  // Expressions

  protected override conditional(): Node {
    const test = this.or();
    const value = soft(test);
    if (this.eat('?:')) {
      const otherwise = soft(this.expression());
      return { run: (scope) => this.firstTrue(value(scope), () => otherwise(scope)) };
    }
    if (!this.eat('?')) return test;
    const then = soft(this.expression());
    this.want(':');
    const otherwise = soft(this.expression());
    return { run: (scope) => (this.isTrue(value(scope)) ? then : otherwise)(scope) };
  }

  protected override unary(): Node {
    if (this.is('+')) this.fail();
    return super.unary();
  }

  protected override measuring(): Node | undefined {
    const { isEmpty, size } = this.operations;
    if (this.eat('size')) {
      const value = this.condition();
      return { run: (scope) => size(value.run(scope)) };
    }
    if (!this.eat('empty')) return undefined;
    const inParentheses = this.is('(');
    const value = inParentheses ? this.condition() : this.primary();
    if (!inParentheses && value.reference !== true) this.fail('a reference');
    return { run: (scope) => isEmpty(value.run(scope)) };
  }

  protected override primary(): Node {
    const first = this.first();
    if (!('run' in first)) return first.literal;
    const parts: Part[] = [first];
    while (this.is('.')) parts.push(this.after());
    return reference(parts);
  }

  /** The beginning of a reference; other literals than texts, lists and maps are none. */
  private first(): Part | { readonly literal: Node } {
    const { kind, text } = this.peek();
    if (kind === 'name') return this.firstName(text);
    if (this.eat('(')) {
      const inner = this.expression();
      this.want(')');
      return begun(inner, this.keys());
    }
    const isReference = kind === 'text' || this.is('[') || this.is('{') || this.is('new');
    const node = this.atom();
    return isReference ? begun(node) : { literal: node };
  }

  private firstName(name: string): Part {
    const ahead = this.peek(2);
    this.at++;
    if (this.is(':') && ahead.kind === 'name' && this.is('(', 2)) {
      this.at += 3;
      this.list(')');
      return failing(`no such function namespace ${name}`);
    }
    if (this.eat('(')) {
      this.list(')');
      return failing(`unknown method ${name}`);
    }
    return this.is('[') ? indexed(name, this.keys()) : named(name, this.#declared.has(name));
  }

  /** What follows a dot. */
  private after(): Part {
    this.want('.');
    const token = this.peek();
    this.at++;
    if (token.kind === 'number' && typeof token.value !== 'object') return position(token.value, token.text);
    if (token.kind === 'text') return named(token.text, false);
    if (token.kind === 'word' && token.text === 'size') return this.sizeMethod();
    if (token.kind !== 'name') this.fail('a name');
    if (this.eat('(')) return called(token.text, this.list(')'));
    return this.is('[') ? indexed(token.text, this.keys()) : named(token.text, false);
  }
  private sizeMethod(): Part {
    this.want('(');
    this.want(')');
    return { run: (_, object) => this.operations.size(object) };
  }

  private keys(): Node[] {
    const found: Node[] = [];
    while (this.eat('[')) {
      found.push(this.expression());
      this.want(']');
    }
    return found;
  }

  /** No sets, and no map without at least a `:`. */
  protected override mapOrSet(): Node {
    const entries: [Node, Node][] = [];
    if (!this.eat(':'))
      do {
        const key = this.expression();
        this.want(':');
        entries.push([key, this.expression()]);
      } while (this.eat(','));
    this.want('}');
    return {
      run(scope) {
        const map = new JavaMap();
        for (const [key, value] of entries) map.set(key.run(scope), value.run(scope));
        return map;
      },
    };
  }
}

const FOLLOWING: ReadonlySet<string> = new Set(['}', 'else', 'if', 'for', 'foreach', 'while', 'return', 'var']);

const isLiteral = ({ kind, text }: { readonly kind: string; readonly text: string }): boolean =>
  kind === 'number' || kind === 'text' || (kind === 'word' && (text === 'true' || text === 'false' || text === 'null'));

const failing = (why: string): Part => ({
  run() {
    throw new ScriptError(why);
  },
});
