import type { XmlNode } from '../xml/index.js';
import { inOrder } from '../xpath/axes.js';
import { stringOf } from '../xpath/values.js';
import { atomize, cast, itemText, toNumber, truth } from './cast.js';
import {
  type Comparison,
  compareAtomics,
  compareGeneral,
  comparisonOf,
  compute,
  isDefined,
  negated,
  type Operator,
} from './compute.js';
import { saxonError, staticError } from './error.js';
import type { Context, Expression } from './expression.js';
import {
  Atomic,
  boolean,
  EMPTY,
  type Item,
  integer,
  isAtomic,
  isNode,
  isNumeric,
  primitiveOf,
  type Sequence,
  string,
} from './item.js';

function shownItem(item: Item): string {
  if (isAtomic(item))
    return item.type === 'string' || item.type === 'untypedAtomic' ? `"${itemText(item)}"` : itemText(item);
  if (item.kind === 'element') return `<${item.name}>`;
  if (item.kind === 'attribute') return `@${item.name}`;
  return isNode(item)
    ? `${item.kind === 'document' ? 'doc' : item.kind === 'cdata' ? 'text' : item.kind}{${stringOf(item)}}`
    : item.kind;
}

/** `<item>, <item>` or `1, 2`: how Saxon shows what was too much. */
export function shownItems(items: Sequence, most = 3): string {
  const shown = items.slice(0, most).map(shownItem);
  return `(${shown.join(', ')}${most === 3 && items.length > 3 ? ', ...' : ''})`;
}

/** The only value of an operand; undefined when there is none. */
function one(items: Sequence, role: string): Atomic | undefined {
  const values = items.length === 1 && items[0] !== undefined && isAtomic(items[0]) ? [items[0]] : atomize(items);
  if (values.length > 1)
    throw saxonError(`A sequence of more than one item is not allowed as the ${role} ${shownItems(items)} `);
  return values[0];
}

/** Refuses a constant of several items where one is wanted. */
function checkSingle(operand: Expression, role: string): void {
  if ((operand.constant?.length ?? 0) > 1)
    throw staticError(`Required cardinality of ${role} is zero or one; supplied value has cardinality more than one`);
}

/** `a + b` and its kin. */
export function arithmetic(operator: Operator, a: Expression, b: Expression): Expression {
  checkSingle(a, `first operand of '${operator}'`);
  checkSingle(b, `second operand of '${operator}'`);
  const known = a.type !== undefined && b.type !== undefined && a.type !== 'node' && b.type !== 'node';
  if (known && a.type && b.type && a.single && b.single && !isDefined(a.type, b.type))
    throw staticError(`Arithmetic operator is not defined for arguments of types (xs:${a.type}, xs:${b.type})`);
  const run = (context: Context): Sequence => {
    const x = one(a.run(context), `first operand of '${operator}'`);
    const y = one(b.run(context), `second operand of '${operator}'`);
    return x === undefined || y === undefined ? EMPTY : [compute(operator, x, y)];
  };
  const positional = a.positional || b.positional;
  const type =
    a.type && b.type && isNumeric(a.type) && isNumeric(b.type) ? resultType(operator, a.type, b.type) : undefined;
  return { type, single: a.single && b.single, positional, run };
}
function resultType(operator: Operator, a: string, b: string): string {
  const types = [primitiveOf(a), primitiveOf(b)];
  for (const type of ['double', 'float']) if (types.includes(type)) return operator === 'idiv' ? 'integer' : type;
  return operator === 'idiv' || (operator !== 'div' && !types.includes('decimal')) ? 'integer' : 'decimal';
}

export function negation(operand: Expression, sign: string): Expression {
  if (operand.type === 'string')
    throw staticError(
      `The required item type of the operand of '${sign}' is xs:numeric. The required type is a union type allowing any of (xs:double, xs:float, xs:decimal), but the supplied type xs:string is not any of these`,
    );
  return {
    type: operand.type === 'node' ? undefined : operand.type,
    single: operand.single,
    positional: operand.positional,
    run(context) {
      const value = one(operand.run(context), `operand of '${sign}'`);
      if (value === undefined) return EMPTY;
      if (sign === '-') return [negated(value)];
      return [value.type === 'untypedAtomic' ? cast(value, 'double') : value];
    },
  };
}

export function range(a: Expression, b: Expression): Expression {
  for (const [operand, role] of [
    [a, 'first'],
    [b, 'second'],
  ] as const)
    if (operand.type === 'string')
      throw staticError(
        `The required item type of the ${role} operand of 'to' is xs:integer. The supplied value is of type xs:string`,
      );
  return {
    type: 'integer',
    positional: a.positional || b.positional,
    run(context) {
      const x = whole(one(a.run(context), "first operand of 'to'"));
      const y = whole(one(b.run(context), "second operand of 'to'"));
      if (x === undefined || y === undefined || x > y) return EMPTY;
      return Array.from({ length: Number(y - x) + 1 }, (_, i) => integer(x + BigInt(i)));
    },
  };
}
function whole(value: Atomic | undefined): bigint | undefined {
  if (value === undefined) return undefined;
  const { value: number } = value.type === 'untypedAtomic' ? cast(value, 'integer') : value;
  if (typeof number === 'bigint') return number;
  throw saxonError(
    `The required item type of the operand of 'to' is xs:integer; the supplied value ${itemText(value)} is of type xs:${value.type}`,
  );
}

export const concatenation = (a: Expression, b: Expression): Expression => ({
  type: 'string',
  single: true,
  positional: a.positional || b.positional,
  run(context) {
    const text = (operand: Expression, role: string): string => {
      const value = one(operand.run(context), role);
      return value === undefined ? '' : itemText(value);
    };
    return [string(text(a, "first operand of '||'") + text(b, "second operand of '||'"))];
  },
});

const of = (a: Expression, b: Expression, run: (context: Context) => boolean): Expression => ({
  type: 'boolean',
  single: true,
  positional: a.positional || b.positional,
  run: (context) => [boolean(run(context))],
});

export const either = (a: Expression, b: Expression): Expression =>
  of(a, b, (context) => truth(a.run(context)) || truth(b.run(context)));
export const both = (a: Expression, b: Expression): Expression =>
  of(a, b, (context) => truth(a.run(context)) && truth(b.run(context)));

/** `eq` and its kin, and `is`, `<<`, `>>`. */
export function valueComparison(operator: string, a: Expression, b: Expression): Expression {
  if (operator === 'is' || operator === '<<' || operator === '>>') return nodeComparison(operator, a, b);
  checkSingle(a, `first operand of '${operator}'`);
  checkComparable(operator, a, b);
  const comparison = valueOperator(operator);
  return {
    type: 'boolean',
    positional: a.positional || b.positional,
    run(context) {
      const x = one(a.run(context), `first operand of '${operator}'`);
      const y = one(b.run(context), `second operand of '${operator}'`);
      return x === undefined || y === undefined ? EMPTY : [boolean(compareAtomics(comparison, x, y))];
    },
  };
}
const valueOperator = (operator: string): Comparison =>
  (['eq', 'ne', 'lt', 'le', 'gt'] as const).find((name) => name === operator) ?? 'ge';

/** Two constants that can never be compared. */
function checkComparable(operator: string, a: Expression, b: Expression): void {
  const [x, y] = [a.constant?.[0], b.constant?.[0]];
  if (x === undefined || y === undefined || !isAtomic(x) || !isAtomic(y)) return;
  const kind = ({ type }: Atomic): string => (isNumeric(type) ? 'numeric' : primitiveOf(type));
  if (kind(x) !== kind(y) && a.shown && b.shown)
    throw staticError(`In {${a.shown} ${operator} ${b.shown}}: cannot compare xs:${x.type} to xs:${y.type}`);
}

function nodeComparison(operator: string, a: Expression, b: Expression): Expression {
  const node = (operand: Expression, context: Context): XmlNode | undefined => {
    const [item] = operand.run(context);
    if (item !== undefined && !isNode(item))
      throw saxonError(`The required item type of the operand of '${operator}' is node()`);
    return item;
  };
  return {
    type: 'boolean',
    run(context) {
      const [x, y] = [node(a, context), node(b, context)];
      if (x === undefined || y === undefined) return EMPTY;
      return [boolean(operator === 'is' ? x === y : operator === '<<' ? x.order < y.order : x.order > y.order)];
    },
  };
}

/** `=` and its kin: one pair that fits is enough. */
export function generalComparison(sign: string, a: Expression, b: Expression): Expression {
  const operator = comparisonOf(sign) ?? 'eq';
  checkComparable(sign, a, b);
  const text = b.constant?.[0];
  if (operator === 'eq' && b.constant?.length === 1 && text instanceof Atomic && text.type === 'string')
    return withText(a, b, String(text.value));
  return of(a, b, (context) => {
    const left = a.run(context);
    if (left.length === 0) return false;
    const [x, y] = [atomize(left), atomize(b.run(context))];
    return x.some((p) => y.some((q) => compareGeneral(operator, p, q)));
  });
}
/** Nodes against a text, the usual case, without a value made for each. */
const withText = (a: Expression, b: Expression, text: string): Expression =>
  of(a, b, (context) =>
    a
      .run(context)
      .some((item) =>
        isNode(item)
          ? stringOf(item) === text
          : atomize([item]).some((value) => compareGeneral('eq', value, string(text))),
      ),
  );

/** `union`, `intersect`, `except`. */
export function setOperation(operator: string, a: Expression, b: Expression): Expression {
  const shown = operator === 'union' ? '|' : operator;
  for (const [operand, role] of [
    [a, 'first'],
    [b, 'second'],
  ] as const)
    if (operand.constant !== undefined && operand.constant.length > 0)
      throw staticError(
        `The required item type of the ${role} operand of '${shown}' is node(). The supplied value is an atomic value`,
      );
  return {
    type: 'node',
    positional: a.positional || b.positional,
    run(context) {
      const x = nodes(a.run(context), `first operand of '${shown}'`);
      const y = nodes(b.run(context), `second operand of '${shown}'`);
      if (operator === 'union') return inOrder([...x, ...y]);
      const other = new Set(y);
      return inOrder(x.filter((node) => other.has(node) === (operator === 'intersect')));
    },
  };
}
function nodes(items: Sequence, role: string): XmlNode[] {
  return items.map((item) => {
    if (isNode(item)) return item;
    throw saxonError(
      `The required item type of the ${role} is node(); the supplied value ${shownItem(item)} is an atomic value`,
    );
  });
}

/** A number as an index into something. */
export const indexOf = (value: Atomic): number => toNumber(value.value);
