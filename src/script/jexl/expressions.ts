import { JavaRange } from '../value/collection.js';
import { isNumber } from '../value/number.js';
import { ScriptError } from '../value/value.js';
import { bits, calculate, negate, type Operator, toInteger, truth } from './arithmetic.js';
import { equal, isEmpty, less, matches, size, startsOrEnds } from './compare.js';
import { narrow } from './lexer.js';
import { type Node, quiet, soft } from './node.js';
import { PrimaryParser } from './primaries.js';

type Binary = (left: unknown, right: unknown) => unknown;
const as =
  (operator: Operator): Binary =>
  (left, right) =>
    calculate(operator, left, right);

const ASSIGNMENTS: ReadonlyMap<string, Binary> = new Map([
  ...(['+', '-', '*', '/', '%'] as const).map((o) => [`${o}=`, as(o)] as const),
  ...(['&', '|', '^'] as const).map((o): [string, Binary] => [`${o}=`, (a, b) => bits(o, a, b)]),
]);

/** Operators that do not chain: `1 < 2 < 3` does not parse. */
const RELATIONS: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  ...(['<', '<=', '>', '>='] as const).map((o): [string, Binary] => [o, (a, b) => less(o, a, b)]),
  ['=~', matches],
  ['!~', (a, b) => !matches(a, b)],
  ['=^', (a, b) => startsOrEnds(false, a, b)],
  ['!^', (a, b) => !startsOrEnds(false, a, b)],
  ['=$', (a, b) => startsOrEnds(true, a, b)],
  ['!$', (a, b) => !startsOrEnds(true, a, b)],
]);
const EQUALITIES: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  ['==', equal],
  ['!=', (a, b) => !equal(a, b)],
  ['..', (a, b) => new JavaRange(Number(toInteger(a)), Number(toInteger(b)))],
]);
const BITS = (['|', '^', '&'] as const).map((o) => new Map<string, Binary>([[o, (a, b) => bits(o, a, b)]]));
const SUMS = new Map<string, Binary>((['+', '-'] as const).map((o) => [o, as(o)]));
const PRODUCTS = new Map<string, Binary>((['*', '/', '%'] as const).map((o) => [o, as(o)]));

/** Expressions, by descent: assignment, `? :`, or, and, bits, equality, relation, sum, product, unary. */
export abstract class ExpressionParser extends PrimaryParser {
  protected override expression(): Node {
    const lambda = this.lambda();
    if (lambda) return lambda;
    const left = this.conditional();
    if (this.is('=')) return this.assignment(left, undefined);
    for (const [sign, combine] of ASSIGNMENTS) if (this.is(sign)) return this.assignment(left, combine);
    return left;
  }

  private assignment(left: Node, combine: Binary | undefined): Node {
    const { assign } = left;
    if (assign === undefined) this.fail('a variable');
    this.at++;
    const right = this.expression();
    return {
      run(scope) {
        const value = combine ? combine(left.run(scope), right.run(scope)) : right.run(scope);
        assign(scope, value);
        return value;
      },
    };
  }

  protected override conditional(): Node {
    const test = this.or();
    const value = soft(test);
    if (this.eat('?:')) {
      const otherwise = this.conditional();
      return { run: (scope) => firstTrue(value(scope), () => otherwise.run(scope)) };
    }
    if (this.eat('??')) {
      const otherwise = this.conditional();
      return { run: (scope) => value(scope) ?? otherwise.run(scope) };
    }
    if (!this.eat('?')) return test;
    this.choices++;
    const then = this.conditional();
    this.choices--;
    this.want(':');
    const otherwise = this.conditional();
    return { run: (scope) => (isTrue(value(scope)) ? then : otherwise).run(scope) };
  }

  private or(): Node {
    let left = this.and();
    while (this.eat('||')) {
      const [a, b] = [left, this.and()];
      left = { run: (scope) => truth(a.run(scope)) || truth(b.run(scope)) };
    }
    return left;
  }

  private and(): Node {
    let left = this.bitwise(0);
    while (this.eat('&&')) {
      const [a, b] = [left, this.bitwise(0)];
      left = { run: (scope) => truth(a.run(scope)) && truth(b.run(scope)) };
    }
    return left;
  }

  private bitwise(level: number): Node {
    const operators = BITS[level];
    return operators ? this.chain(operators, () => this.bitwise(level + 1)) : this.equality();
  }
  private equality(): Node {
    return this.once(EQUALITIES, () => this.once(RELATIONS, () => this.sum()));
  }
  private sum(): Node {
    return this.chain(SUMS, () => this.chain(PRODUCTS, () => this.unary()));
  }

  private chain(operators: ReadonlyMap<string, Binary>, operand: () => Node): Node {
    let left = operand();
    for (;;) {
      const next = this.binary(operators, left, operand);
      if (next === undefined) return left;
      left = next;
    }
  }
  private once(operators: ReadonlyMap<string, Binary>, operand: () => Node): Node {
    const left = operand();
    return this.binary(operators, left, operand) ?? left;
  }
  private binary(operators: ReadonlyMap<string, Binary>, left: Node, operand: () => Node): Node | undefined {
    const { kind, text } = this.peek();
    const combine = kind === 'sign' || kind === 'word' ? operators.get(text) : undefined;
    if (combine === undefined) return undefined;
    this.at++;
    const right = operand();
    return { run: (scope) => combine(left.run(scope), right.run(scope)) };
  }

  private unary(): Node {
    if (this.eat('!')) return this.applied((value) => !truth(value));
    if (this.eat('-')) return this.negated();
    if (this.eat('+')) return this.applied(positive);
    if (this.eat('~')) return this.applied((value) => ~toInteger(value));
    if (this.eat('empty')) return this.measured(isEmpty);
    if (this.eat('size')) return this.measured(size);
    return this.primary();
  }
  private applied(operation: (value: unknown) => unknown): Node {
    const operand = this.unary();
    return { run: (scope) => operation(notNull(operand.run(scope))) };
  }
  /** The literal -2147483648 is an Integer although 2147483648 is a Long. */
  private negated(): Node {
    const { kind, text } = this.peek();
    const operand = this.unary();
    if (kind === 'number' && typeof operand.literal === 'bigint' && !/l$/i.test(text)) {
      const value = narrow(-operand.literal);
      return { run: () => value };
    }
    return { run: (scope) => negate(notNull(operand.run(scope))) };
  }
  private measured(measure: (value: unknown) => unknown): Node {
    const value = quiet(this.unary());
    return { run: (scope) => measure(value(scope)) };
  }
}

const isTrue = (value: unknown): boolean => value !== null && truth(value);

function firstTrue(value: unknown, otherwise: () => unknown): unknown {
  return isTrue(value) ? value : otherwise();
}

function notNull(value: unknown): unknown {
  if (value === null) throw new ScriptError('null operand');
  return value;
}

function positive(value: unknown): unknown {
  if (!isNumber(value)) throw new ScriptError('positivize');
  return value;
}
