import { atomize, cast, truth } from './cast.js';
import type { Operator } from './compute.js';
import { saxonError, staticError } from './error.js';
import { type Context, constant, type Expression, type Static } from './expression.js';
import { boolean, type Item, type Sequence } from './item.js';
import type { Token } from './lexer.js';
import {
  arithmetic,
  both,
  concatenation,
  either,
  generalComparison,
  negation,
  range,
  setOperation,
  valueComparison,
} from './operators.js';
import { PathParser } from './path-parser.js';
import { mapped } from './paths.js';
import { matchesType, shownType } from './sequence-type.js';

/**
 * Compiles the tokens of an XPath 3.1 expression.
 * @throws JavaError CompletionException with Saxon's message
 */
export function compileTokens(tokens: readonly Token[], world: Static): Expression {
  if (tokens[0]?.kind === 'end') throw staticError('The expression is empty');
  const parser = new Parser(tokens, world);
  const expression = parser.expression();
  parser.atEnd();
  return expression;
}

const QUANTIFIED = /^(?:some|every)$/;
const COMPARISONS = new Set(['=', '!=', '<', '<=', '>', '>=']);
const VALUE_COMPARISONS = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'is', '<<', '>>']);

class Parser extends PathParser {
  /** Whatever separates by commas. */
  expression(): Expression {
    const first = this.single();
    if (!this.is(',')) return first;
    const parts = [first];
    while (this.take(',')) parts.push(this.single());
    const known = parts.every((part) => part.constant !== undefined);
    const positional = parts.some((part) => part.positional);
    if (known)
      return {
        ...constant(
          parts.flatMap((part) => part.constant ?? []),
          '',
        ),
        type: undefined,
      };
    return { positional, run: (context) => parts.flatMap((part) => part.run(context)) };
  }

  single(): Expression {
    if (this.token.kind === 'end') throw staticError('Expected an expression, but reached the end of the input');
    const { text, kind } = this.token;
    const next = this.ahead(1);
    if (kind === 'name') {
      if ((text === 'for' || text === 'let' || QUANTIFIED.test(text)) && next.text === '$') return this.#binding(text);
      if (text === 'if' && next.text === '(') return this.#condition();
      this.#refuse(text, next);
    }
    return this.#or();
  }

  /** What is XQuery and not XPath. */
  #refuse(text: string, next: Token): void {
    if (text === 'validate' && next.text === '{') throw staticError('validate{} expressions are not allowed in XPath');
    if (text === 'try' && next.text === '{') throw staticError('try/catch expressions are not allowed in XPath');
    if ((text === 'switch' || text === 'typeswitch') && next.text === '(')
      throw staticError(`${text} is not allowed in XPath`);
    if (CONSTRUCTORS.has(text) && next.text === '{')
      throw staticError('Node constructor expressions are allowed only in XQuery, not in XPath');
    if ((text === 'declare' || text === 'xquery') && next.kind === 'name')
      throw staticError(`Unexpected token "${text} ${next.text}" at start of expression`);
  }

  #binding(word: string): Expression {
    this.at++;
    const bound: (readonly [name: string, of: Expression])[] = [];
    const outer = this.variables;
    do {
      this.expect('$');
      const name = this.variableName();
      this.expect(word === 'let' ? ':=' : 'in');
      bound.push([name, this.single()]);
      this.variables = [...this.variables, name];
    } while (this.take(','));
    this.expect(QUANTIFIED.test(word) ? 'satisfies' : 'return');
    const body = this.single();
    this.variables = outer;
    if (word === 'let')
      return nested(
        bound,
        (value) => [value],
        body,
        (values) => values.flat(),
      );
    if (word === 'for') return nested(bound, each, body, (values) => values.flat());
    if (word === 'some') return quantified(bound, body, true);
    return quantified(bound, body, false);
  }

  #condition(): Expression {
    this.at += 2;
    const test = this.expression();
    this.expect(')');
    this.expect('then');
    const yes = this.single();
    this.expect('else');
    const no = this.single();
    return {
      type: yes.type === no.type ? yes.type : undefined,
      positional: test.positional || yes.positional || no.positional,
      run: (context) => (truth(test.run(context)) ? yes : no).run(context),
    };
  }

  #or(): Expression {
    let left = this.#and();
    while (this.take('or')) left = either(left, this.#and());
    return left;
  }
  #and(): Expression {
    let left = this.#comparison();
    while (this.take('and')) left = both(left, this.#comparison());
    return left;
  }
  #comparison(): Expression {
    const left = this.#concatenation();
    const { text, kind } = this.token;
    const general = kind === 'symbol' && COMPARISONS.has(text);
    if (!general && !VALUE_COMPARISONS.has(text)) return left;
    this.at++;
    const right = this.#concatenation();
    const result = general ? generalComparison(text, left, right) : valueComparison(text, left, right);
    if (COMPARISONS.has(this.token.text) || VALUE_COMPARISONS.has(this.token.text))
      throw staticError(
        `Left operand of '${this.token.text}' needs parentheses${this.is('<') ? '. Or perhaps an XQuery element constructor appears where it is not allowed' : ''}`,
      );
    return result;
  }
  #concatenation(): Expression {
    let left = this.#range();
    while (this.take('||')) left = concatenation(left, this.#range());
    return left;
  }
  #range(): Expression {
    const left = this.#sum();
    return this.take('to') ? range(left, this.#sum()) : left;
  }
  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      if (this.take('+')) left = arithmetic('+', left, this.#product());
      else if (this.take('-')) left = arithmetic('-', left, this.#product());
      else return left;
    }
  }
  #product(): Expression {
    let left = this.#union();
    for (;;) {
      const operator = (['*', 'div', 'idiv', 'mod'] as const).find((word) => this.take(word));
      if (operator === undefined) return left;
      left = arithmetic(operator satisfies Operator, left, this.#union());
    }
  }
  #union(): Expression {
    let left = this.#intersection();
    while (this.take('|') || this.take('union')) left = setOperation('union', left, this.#intersection());
    return left;
  }
  #intersection(): Expression {
    let left = this.#instanceOf();
    for (;;) {
      const operator = ['intersect', 'except'].find((word) => this.take(word));
      if (operator === undefined) return left;
      left = setOperation(operator, left, this.#instanceOf());
    }
  }

  #words(first: string, second: string): boolean {
    if (!this.is(first) || this.ahead(1).text !== second) return false;
    this.at += 2;
    return true;
  }
  #instanceOf(): Expression {
    const left = this.#treat();
    if (!this.#words('instance', 'of')) return left;
    const type = this.sequenceType();
    return {
      type: 'boolean',
      single: true,
      positional: left.positional,
      run: (context) => [boolean(matchesType(left.run(context), type))],
    };
  }
  #treat(): Expression {
    const left = this.#castable();
    if (!this.#words('treat', 'as')) return left;
    const type = this.sequenceType();
    const problem = (item: Item | undefined): string =>
      `The required item type of the value in 'treat as' expression is ${type.shown}. The supplied value is of type ${shownType(item)}`;
    if (left.constant !== undefined && !matchesType(left.constant, type)) throw staticError(problem(left.constant[0]));
    return {
      positional: left.positional,
      run(context) {
        const items = left.run(context);
        if (!matchesType(items, type)) throw saxonError(problem(items[0]));
        return items;
      },
    };
  }
  #castable(): Expression {
    const left = this.#cast();
    if (!this.#words('castable', 'as')) return left;
    const type = this.castType();
    return {
      type: 'boolean',
      single: true,
      positional: left.positional,
      run(context) {
        try {
          const values = atomize(left.run(context));
          if (values.length !== 1) return [boolean(values.length === 0 && type.times === '?')];
          for (const value of values) cast(value, type.atomic ?? '');
          return [boolean(true)];
        } catch {
          return [boolean(false)];
        }
      },
    };
  }
  #cast(): Expression {
    const left = this.#arrow();
    if (!this.#words('cast', 'as')) return left;
    const type = this.castType();
    return this.castTo(left, type, "value in 'cast as' expression");
  }

  #arrow(): Expression {
    let left = this.#unary();
    while (this.take('=>')) {
      if (this.token.kind === 'name') {
        const name = this.token;
        this.at++;
        this.expect('(');
        left = this.callNamed(name, [left, ...this.arguments()]);
      } else {
        const called = this.is('$') ? this.variableReference() : this.parenthesized();
        this.expect('(');
        left = this.dynamicCall(called, [left, ...this.arguments()]);
      }
    }
    return left;
  }
  #unary(): Expression {
    const sign = ['-', '+'].find((one) => this.take(one));
    if (sign === undefined) return this.#map();
    return negation(this.#unary(), sign);
  }
  #map(): Expression {
    let left = this.path();
    while (this.take('!')) left = mapped(left, this.path());
    return left;
  }
}
const CONSTRUCTORS = new Set([
  'element',
  'attribute',
  'text',
  'comment',
  'document',
  'processing-instruction',
  'namespace',
]);

type Bound = readonly (readonly [name: string, of: Expression])[];
const each = (value: Sequence): readonly Sequence[] => value.map((item) => [item]);

/** Loops within loops: the body for each combination. */
function nested(
  bound: Bound,
  split: (value: Sequence) => readonly Sequence[],
  body: Expression,
  join: (values: readonly Sequence[]) => Sequence,
): Expression {
  return {
    positional: body.positional || bound.some(([, of]) => of.positional),
    run: (context) => join([...combinations(bound, split, body, context)]),
  };
}
function* combinations(
  bound: Bound,
  split: (value: Sequence) => readonly Sequence[],
  body: Expression,
  context: Context,
): Generator<Sequence> {
  const [first, ...rest] = bound;
  if (first === undefined) {
    yield body.run(context);
    return;
  }
  const [name, of] = first;
  for (const value of split(of.run(context)))
    yield* combinations(rest, split, body, { ...context, variables: { name, value, outer: context.variables } });
}
const quantified = (bound: Bound, body: Expression, some: boolean): Expression => ({
  type: 'boolean',
  single: true,
  run(context) {
    for (const value of combinations(bound, each, body, context)) if (truth(value) === some) return [boolean(some)];
    return [boolean(!some)];
  },
});
