import { compareDecimals, JavaError } from '../../../java/index.js';
import { Args, Host } from '../../host/host.js';
import { holds, JavaArray, sizeOf } from '../../value/collection.js';
import { BigDecimal, BigInteger, Double, isNumber } from '../../value/number.js';
import { ScriptError, textOf } from '../../value/value.js';
import {
  decimals,
  doubles,
  integers,
  isIntegral,
  narrowInteger,
  negate,
  type Operator,
  wholeOf,
} from '../arithmetic.js';
import { javaPattern, orderOfDoubles, relation, sameObject, sign } from '../compare.js';
import { narrow } from '../lexer.js';
import { arrayOf } from '../members.js';
import type { Operations } from '../operations.js';
import { toDecimal, toDouble, toInteger, toLong } from './conversions.js';

/** JexlArithmetic and Interpreter of commons-jexl 2.1.1, strict: what goes wrong is thrown. */
export const operations2: Operations = {
  calculate,
  bits(operator, left, right) {
    const a = toLong(left);
    const b = toLong(right);
    return operator === '&' ? a & b : operator === '|' ? a | b : a ^ b;
  },
  complement: (value) => ~toLong(value),
  negate,
  truth,
  equal,
  less: relation(order),
  matches,
  isEmpty,
  size: (value) => sizeOf(value) ?? sizeMethod(value),
  array: (items) => arrayOf(items, COMPONENTS),
};

function sizeMethod(value: unknown): unknown {
  const method = value instanceof Host ? value.find('size', 0) : undefined;
  return method ? method(new Args([], false)) : failed('size');
}

/** Only arrays of numbers are of the primitive type. */
const COMPONENTS: ReadonlyMap<string, string> = new Map([
  ['java.lang.Integer', 'I'],
  ['java.lang.Long', 'J'],
  ['java.lang.Double', 'D'],
  ['java.lang.Float', 'F'],
]);

function failed(why: string): never {
  throw new ScriptError(why);
}

/** What cannot be added as numbers is joined as texts. */
function calculate(operator: Operator, left: unknown, right: unknown): unknown {
  if (left === null || right === null) failed('null operand');
  if (operator !== '+') return calculated(operator, left, right);
  try {
    return calculated(operator, left, right);
  } catch (thrown) {
    if (thrown instanceof JavaError) return joined(left) + joined(right);
    throw thrown;
  }
}
const joined = (value: unknown): string =>
  value instanceof Double && !value.single && Number.isNaN(value.value) ? '' : textOf(value);

/** Double if one is (Float too, texts with a point or an e), else BigDecimal if one is, else integers. */
function calculated(operator: Operator, left: unknown, right: unknown): unknown {
  const divides = operator === '/' || operator === '%';
  if (isFloating(left) || isFloating(right)) {
    const a = toDouble(left);
    const b = toDouble(right);
    if (divides && b === 0) failed(operator);
    return new Double(doubles(operator, a, b));
  }
  if (left instanceof BigDecimal || right instanceof BigDecimal)
    return narrowDecimal(left, right, decimals(operator, toDecimal(left), toDecimal(right)));
  const a = toInteger(left);
  const b = toInteger(right);
  return narrowInteger(left, right, operator === '%' ? modulo(a, b) : integers(operator, a, b));
}

const isFloating = (value: unknown): boolean =>
  value instanceof Double || (typeof value === 'string' && /[.eE]/.test(value));

/** BigInteger.mod: never negative, and an error for a modulus that is not positive. */
function modulo(a: bigint, b: bigint): bigint {
  if (b <= 0n) failed('%');
  const rest = a % b;
  return rest < 0n ? rest + b : rest;
}

function narrowDecimal(left: unknown, right: unknown, result: BigDecimal): unknown {
  const whole = isIntegral(left) || isIntegral(right) ? wholeOf(result) : undefined;
  return whole === undefined || whole !== BigInt.asIntN(64, whole) ? result : narrow(whole);
}

/** Objects that are neither texts, numbers nor flags are false. */
function truth(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null) failed('null condition');
  if (typeof value === 'string') return value !== '' && value !== 'false';
  if (!isNumber(value)) return false;
  const n = toDouble(value);
  return n !== 0 && !Number.isNaN(n);
}

function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (typeof left === 'boolean' || typeof right === 'boolean') return truth(left) === truth(right);
  return ordered(left, right) ? order(left, right) === 0 : sameObject(left, right);
}

const ordered = (left: unknown, right: unknown): boolean => isOrdered(left) || isOrdered(right);
const isOrdered = (value: unknown): boolean => isNumber(value) || isIntegral(value) || typeof value === 'string';

function order(left: unknown, right: unknown): number {
  if (left instanceof BigDecimal || right instanceof BigDecimal)
    return compareDecimals(toDecimal(left), toDecimal(right));
  if (left instanceof BigInteger || right instanceof BigInteger) return sign(toInteger(left), toInteger(right));
  if (left instanceof Double || right instanceof Double) return orderOfDoubles(toDouble(left), toDouble(right));
  if (isIntegral(left) || isIntegral(right)) return sign(toLong(left), toLong(right));
  if (typeof left === 'string' || typeof right === 'string') return sign(joined(left), joined(right));
  if (typeof left === 'boolean' && typeof right === 'boolean') return sign(Number(left), Number(right));
  return failed('not comparable');
}

/** `=~`: the whole text matches, or the container holds the value. */
function matches(left: unknown, right: unknown): boolean {
  if (right === null) failed('=~');
  if (typeof right === 'string') return left !== null && javaPattern(right).matches(textOf(left));
  return holds(right, left) ?? equal(left, right);
}

/** `empty`: null, "", and what holds nothing; an array of a primitive type is an error (a ClassCastException). */
function isEmpty(value: unknown): boolean {
  if (value === null) return true;
  if (value instanceof JavaArray && !/^[L[]/.test(value.type)) failed('empty');
  return sizeOf(value) === 0;
}
