import { JavaRange } from '../value/collection.js';
import { isNumber } from '../value/number.js';
import { ScriptError } from '../value/value.js';
import { toInteger } from './arithmetic.js';
import { startsOrEnds } from './compare.js';
import { narrow } from './lexer.js';
import type { Lexicon } from './lexicon.js';
import { type Node, quiet, type Scope, soft } from './node.js';
import type { Operations } from './operations.js';
import { PrimaryParser } from './primaries.js';

type Binary = (left: unknown, right: unknown) => unknown;
type Table = ReadonlyMap<string, Binary>;

/** The binary operators of one version; a sign that its lexicon does not have never gets here. */
interface Tables {
  readonly assignments: Table;
  /** Do not chain: `1 < 2 < 3` does not parse. */
  readonly relations: Table;
  readonly equalities: Table;
  /** From the weakest to the strongest. */
  readonly bits: readonly Table[];
  readonly sums: Table;
  readonly products: Table;
}

const known = new Map<Operations, Tables>();
function tablesOf(operations: Operations): Tables {
  const tables = known.get(operations) ?? makeTables(operations);
  known.set(operations, tables);
  return tables;
}

function makeTables({ calculate, bits, equal, less, matches }: Operations): Tables {
  const table = <T extends string>(names: readonly T[], of: (name: T) => Binary): Table =>
    new Map(names.map((name) => [name, of(name)]));
  const sum = table(['+', '-'], (o) => (a, b) => calculate(o, a, b));
  const product = table(['*', '/', '%'], (o) => (a, b) => calculate(o, a, b));
  const bit = (['|', '^', '&'] as const).map((name) => table([name], (o) => (a, b) => bits(o, a, b)));
  return {
    assignments: new Map([sum, product, ...bit].flatMap((of) => [...of]).map(([name, of]) => [`${name}=`, of])),
    relations: new Map<string, Binary>([
      ...table(['<', '<=', '>', '>='], (o) => (a, b) => less(o, a, b)),
      ['=~', matches],
      ['!~', (a, b) => !matches(a, b)],
      ['=^', (a, b) => startsOrEnds(false, a, b)],
      ['!^', (a, b) => !startsOrEnds(false, a, b)],
      ['=$', (a, b) => startsOrEnds(true, a, b)],
      ['!$', (a, b) => !startsOrEnds(true, a, b)],
    ]),
    equalities: new Map<string, Binary>([
      ['==', equal],
      ['!=', (a, b) => !equal(a, b)],
      ['..', (a, b) => new JavaRange(Number(toInteger(a)), Number(toInteger(b)))],
    ]),
    bits: bit,
    sums: sum,
    products: product,
  };
}

/** Expressions, by descent: assignment, `? :`, or, and, bits, equality, relation, sum, product, unary. */
export abstract class ExpressionParser extends PrimaryParser {
  readonly #tables: Tables;

  constructor(script: string, lexicon: Lexicon, operations: Operations) {
    super(script, lexicon, operations);
    this.#tables = tablesOf(operations);
  }

  protected override expression(): Node {
    const lambda = this.lambda();
    if (lambda) return lambda;
    const left = this.conditional();
    if (this.is('=')) return this.assignment(left, undefined);
    for (const [sign, combine] of this.#tables.assignments) if (this.is(sign)) return this.assignment(left, combine);
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
      return { run: (scope) => this.firstTrue(value(scope), () => otherwise.run(scope)) };
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
    return { run: (scope) => (this.isTrue(value(scope)) ? then : otherwise).run(scope) };
  }

  protected isTrue(value: unknown): boolean {
    return value !== null && this.operations.truth(value);
  }
  protected firstTrue(value: unknown, otherwise: () => unknown): unknown {
    return this.isTrue(value) ? value : otherwise();
  }

  protected or(): Node {
    const { truth } = this.operations;
    let left = this.and();
    while (this.eat('||')) {
      const [a, b] = [left, this.and()];
      left = { run: (scope) => truth(a.run(scope)) || truth(b.run(scope)) };
    }
    return left;
  }

  private and(): Node {
    const { truth } = this.operations;
    let left = this.bitwise(0);
    while (this.eat('&&')) {
      const [a, b] = [left, this.bitwise(0)];
      left = { run: (scope) => truth(a.run(scope)) && truth(b.run(scope)) };
    }
    return left;
  }

  private bitwise(level: number): Node {
    const operators = this.#tables.bits[level];
    return operators ? this.chain(operators, () => this.bitwise(level + 1)) : this.equality();
  }
  private equality(): Node {
    return this.once(this.#tables.equalities, () => this.once(this.#tables.relations, () => this.sum()));
  }
  private sum(): Node {
    return this.chain(this.#tables.sums, () => this.chain(this.#tables.products, () => this.unary()));
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
    if (ALSO_NULL.has(text)) return { run: (scope) => combine(left.run(scope), right.run(scope)) };
    const [a, b] = [valued(left), valued(right)];
    return { run: (scope) => combine(a(scope), b(scope)) };
  }

  protected unary(): Node {
    const { truth, complement } = this.operations;
    if (this.eat('!')) return this.applied((value) => !truth(value));
    if (this.eat('-')) return this.negated();
    if (this.eat('+')) return this.applied(positive);
    if (this.eat('~')) return this.applied(complement);
    return this.measuring() ?? this.primary();
  }
  /** `empty x`, `size x`. */
  protected measuring(): Node | undefined {
    if (this.eat('empty')) return this.measured(this.operations.isEmpty);
    return this.eat('size') ? this.measured(this.operations.size) : undefined;
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
    return { run: (scope) => this.operations.negate(notNull(operand.run(scope))) };
  }
  private measured(measure: (value: unknown) => unknown): Node {
    const value = quiet(this.unary());
    return { run: (scope) => measure(value(scope)) };
  }
}

/** Only these compare a variable that is null. */
const ALSO_NULL = new Set(['==', '!=', 'eq', 'ne']);

const valued = (node: Node): ((scope: Scope) => unknown) => node.operand ?? ((scope) => node.run(scope));

function notNull(value: unknown): unknown {
  if (value === null) throw new ScriptError('null operand');
  return value;
}

function positive(value: unknown): unknown {
  if (!isNumber(value)) throw new ScriptError('positivize');
  return value;
}
