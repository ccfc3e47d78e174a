import { bits, calculate, negate, toInteger, truth } from './arithmetic.js';
import { equal, isEmpty, less, matches, size } from './compare.js';
import { arrayOf } from './members.js';
import type { Operations } from './operations.js';

/** JexlArithmetic and the operators of commons-jexl3 3.2.1, strict. */
export const operations3: Operations = {
  calculate,
  bits,
  complement: (value) => ~toInteger(value),
  negate,
  truth,
  equal,
  less,
  matches,
  isEmpty,
  size,
  array: (items) => arrayOf(items, COMPONENTS),
};

/** Classes whose arrays are of the primitive type. */
const COMPONENTS: ReadonlyMap<string, string> = new Map([
  ['java.lang.Integer', 'I'],
  ['java.lang.Long', 'J'],
  ['java.lang.Double', 'D'],
  ['java.lang.Float', 'F'],
  ['java.lang.Boolean', 'Z'],
  ['java.lang.Character', 'C'],
]);
