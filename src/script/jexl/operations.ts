import type { JavaArray } from '../value/collection.js';
import type { Operator } from './arithmetic.js';

export type BitOperator = '&' | '|' | '^';
export type Relation = '<' | '<=' | '>' | '>=';

/** What the operators of one version of JEXL do with their values. */
export interface Operations {
  calculate(operator: Operator, left: unknown, right: unknown): unknown;
  bits(operator: BitOperator, left: unknown, right: unknown): unknown;
  complement(value: unknown): unknown;
  negate(value: unknown): unknown;
  /** The value as a condition. */
  truth(value: unknown): boolean;
  equal(left: unknown, right: unknown): boolean;
  less(operator: Relation, left: unknown, right: unknown): boolean;
  matches(left: unknown, right: unknown): boolean;
  isEmpty(value: unknown): boolean;
  size(value: unknown): unknown;
  /** An array literal. */
  array(items: readonly unknown[]): JavaArray;
}
