import { iterate } from '../value/collection.js';
import { ExpressionParser } from './expressions.js';
import { JexlSyntaxError } from './lexer.js';
import { lexicon3 } from './lexicon.js';
import { BREAK, CONTINUE, type Node, Return, returned, type Scope } from './node.js';
import { operations3 } from './operations3.js';

/** Parses a script of JEXL 3.2.1 to closures. Throws JexlSyntaxError. */
export function parse(script: string): Node {
  return new ScriptParser(script, lexicon3, operations3).script();
}

export const nothing: Node = { run: () => null };

/** Statements; JEXL 3's, where the versions differ. */
export class ScriptParser extends ExpressionParser {
  private loops = 0;

  /** A script that is one function is that function's body, called without arguments. */
  script(): Node {
    const statements: Node[] = [];
    while (!this.ended) if (!this.eat(';')) statements.push(this.statement());
    const lambda = statements.length === 1 ? statements[0]?.lambda : undefined;
    if (lambda === undefined) return sequence(statements);
    return {
      run(scope) {
        for (const name of lambda.parameters) scope.declare(name, null);
        return returned(lambda.body, scope);
      },
    };
  }

  protected override nested(script: string): Node {
    return parse(script);
  }

  protected override block(): Node {
    this.want('{');
    const statements: Node[] = [];
    while (!this.eat('}')) if (!this.eat(';')) statements.push(this.statement());
    return sequence(statements);
  }

  protected statement(): Node {
    if (this.is('{')) return this.literalOrBlock();
    return (this.peek().kind === 'word' ? this.keyword(this.peek().text) : undefined) ?? this.expressionStatement();
  }

  protected keyword(word: string): Node | undefined {
    this.at++;
    switch (word) {
      case 'if':
        return this.ifStatement();
      case 'for':
        return this.forStatement();
      case 'while':
        return this.loop(this.condition(), this.loopBody(), false);
      case 'do':
        return this.doStatement();
      case 'var':
        return this.varStatement();
      case 'return':
        return this.returnStatement();
      case 'break':
        return this.jump(BREAK);
      case 'continue':
        return this.jump(CONTINUE);
    }
    this.at--;
    return undefined;
  }

  protected expressionStatement(): Node {
    const node = this.expression();
    if (!this.eat(';') && !this.ended && !this.follows()) this.fail(';');
    return node;
  }

  /** Whether what comes may stand behind an expression without a semicolon. */
  protected follows(): boolean {
    return this.is('}') || this.is('else');
  }

  /** `{1}` is a set, `{1;2}` a block: what parses first counts. */
  protected literalOrBlock(): Node {
    const start = this.at;
    try {
      return this.expressionStatement();
    } catch (thrown) {
      if (!(thrown instanceof JexlSyntaxError)) throw thrown;
      this.at = start;
      return this.block();
    }
  }

  /** Undefined for `;` alone. */
  protected body(): Node | undefined {
    if (this.is('{')) return this.bracedBody();
    return this.eat(';') ? undefined : this.statement();
  }

  private loopBody(): Node {
    this.loops++;
    const body = this.body() ?? nothing;
    this.loops--;
    return body;
  }

  protected condition(): Node {
    this.want('(');
    const test = this.expression();
    this.want(')');
    return test;
  }

  protected ifStatement(): Node {
    const { truth } = this.operations;
    const test = this.condition();
    const then = this.body();
    const otherwise = this.eat('else') ? (this.body() ?? nothing) : nothing;
    // `if (x) ;` has the condition's value.
    return {
      run(scope) {
        const value = test.run(scope);
        return truth(value) ? (then ? then.run(scope) : value) : otherwise.run(scope);
      },
    };
  }

  protected forStatement(between = ':'): Node {
    this.want('(');
    const assign = this.loopVariable();
    this.between(between);
    const items = this.expression();
    this.want(')');
    const body = this.loopBody();
    return {
      run(scope) {
        let value: unknown = null;
        for (const item of iterate(items.run(scope)) ?? []) {
          assign(scope, item);
          const result = turn(body, scope);
          if (result === BREAK) break;
          if (result !== CONTINUE) value = result;
        }
        return value;
      },
    };
  }

  protected bracedBody(): Node {
    return this.block();
  }

  protected loopVariable(): (scope: Scope, value: unknown) => void {
    const own = this.eat('var');
    const name = this.name();
    return own ? (scope, value) => scope.declare(name, value) : (scope, value) => scope.set(name, value);
  }
  protected between(sign: string): void {
    this.want(sign);
  }

  private doStatement(): Node {
    const body = this.loopBody();
    if (!this.eat('while')) this.fail('while');
    const test = this.condition();
    this.eat(';');
    return this.loop(test, body, true);
  }

  protected varStatement(): Node {
    const name = this.name();
    const value = this.eat('=') ? this.expression() : nothing;
    this.eat(';');
    return {
      run(scope) {
        const result = value.run(scope);
        scope.declare(name, result);
        return result;
      },
    };
  }

  private returnStatement(): Node {
    const value = this.expression();
    this.eat(';');
    return {
      run(scope) {
        throw new Return(value.run(scope));
      },
    };
  }

  private loop(test: Node, body: Node, bodyFirst: boolean): Node {
    const { truth } = this.operations;
    return {
      run(scope) {
        let value: unknown = null;
        for (let first = bodyFirst; first || truth(test.run(scope)); first = false) {
          const result = turn(body, scope);
          if (result === BREAK) break;
          if (result !== CONTINUE) value = result;
        }
        return value;
      },
    };
  }

  private jump(signal: symbol): Node {
    if (this.loops === 0) this.fail('a loop around it');
    this.eat(';');
    return {
      run() {
        throw signal;
      },
    };
  }
}

function sequence(statements: readonly Node[]): Node {
  const [only] = statements;
  if (only !== undefined && statements.length === 1) return only;
  return {
    run(scope) {
      let value: unknown = null;
      for (const statement of statements) value = statement.run(scope);
      return value;
    },
  };
}

/** One turn of a loop: its value, BREAK or CONTINUE. */
function turn(body: Node, scope: Scope): unknown {
  try {
    return body.run(scope);
  } catch (thrown) {
    if (thrown === BREAK || thrown === CONTINUE) return thrown;
    throw thrown;
  }
}
