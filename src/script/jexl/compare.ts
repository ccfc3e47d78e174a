import { type CompiledPattern, compareDecimals, compilePattern, numberFormat, toLong } from '../../java/index.js';
import { holds, JavaMap, JavaSet, sizeOf } from '../value/collection.js';
import { BigDecimal, BigInteger, Double, isNumber, toNumber } from '../value/number.js';
import { ScriptError, sameValue, textOf } from '../value/value.js';
import { isIntegral, toDecimal, toDouble, toInteger, truth } from './arithmetic.js';
import type { Operations, Relation } from './operations.js';

/** `==`: null equals only null; with a flag both are flags; with a number both are numbers. */
export function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (typeof left === 'boolean' || typeof right === 'boolean') return truth(left) === truth(right);
  if (isComparedAsNumber(left, right)) return order(left, right) === 0;
  if (typeof left === 'string' || typeof right === 'string') return textOf(left) === textOf(right);
  return sameObject(left, right);
}

/** Object.equals of Java, of maps and sets too. */
export function sameObject(left: unknown, right: unknown): boolean {
  if (left instanceof JavaMap && right instanceof JavaMap) return sameMaps(left, right);
  if (left instanceof JavaSet && right instanceof JavaSet) return sameMaps(left.map, right.map);
  return sameValue(left, right);
}

const isComparedAsNumber = (left: unknown, right: unknown): boolean =>
  isNumber(left) || isNumber(right) || isIntegral(left) || isIntegral(right);

const sameMaps = (a: JavaMap, b: JavaMap): boolean =>
  a.size === b.size && a.entries().every(([key, value]) => b.has(key) && sameValue(b.get(key), value));

/** `<` and its kin; with a null only `<=` and `>=` of two nulls hold. */
export const less: Operations['less'] = relation(order);

export function relation(order: (left: unknown, right: unknown) => number): Operations['less'] {
  return (operator, left, right) => {
    if (left === right) return operator.length === 2;
    if (left === null || right === null) return false;
    return holdsFor(operator, order(left, right));
  };
}

function holdsFor(operator: Relation, sign: number): boolean {
  if (operator === '<') return sign < 0;
  if (operator === '<=') return sign <= 0;
  return operator === '>' ? sign > 0 : sign >= 0;
}

/** JexlArithmetic.compare; NaN compares as less than any number and more than none. */
function order(left: unknown, right: unknown): number {
  if (left instanceof BigDecimal || right instanceof BigDecimal)
    return compareDecimals(toDecimal(left), toDecimal(right));
  if (left instanceof BigInteger || right instanceof BigInteger) return sign(toInteger(left), toInteger(right));
  if (left instanceof Double || right instanceof Double) return orderOfDoubles(toDouble(left), toDouble(right));
  // Here a text must be a whole number: "1.5" > 1 is an error that leaves the script.
  if (isIntegral(left) || isIntegral(right)) return sign(toLongValue(left), toLongValue(right));
  if (typeof left === 'string' || typeof right === 'string') return sign(textOf(left), textOf(right));
  if (typeof left === 'boolean' && typeof right === 'boolean') return sign(Number(left), Number(right));
  throw new ScriptError('not comparable');
}

export function orderOfDoubles(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  return Number.isNaN(b) ? 1 : sign(a, b);
}

function toLongValue(value: unknown): bigint {
  if (typeof value === 'string' && value !== '' && toLong(value) === undefined) throw numberFormat(value);
  return toInteger(value);
}

export const sign = <T extends number | bigint | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** A pattern of a script: `~/a.c/`. */
export class JexlPattern {
  readonly #pattern: CompiledPattern;
  constructor(readonly source: string) {
    this.#pattern = javaPattern(source);
  }
  matches(text: string): boolean {
    return this.#pattern.matches(text);
  }
  toString(): string {
    return this.source;
  }
}

/** java.util.regex, as all patterns of scripts. */
export function javaPattern(source: string): CompiledPattern {
  const pattern = compilePattern(source, { dialect: 'java' });
  if ('error' in pattern) throw new ScriptError(String(pattern.error));
  return pattern;
}

/** `=~`: the whole text matches, or the container holds the value. */
export function matches(left: unknown, right: unknown): boolean {
  if (left === null || right === null) return left === right;
  if (right instanceof JexlPattern) return right.matches(textOf(left));
  if (typeof right === 'string') return javaPattern(right).matches(textOf(left));
  return holds(right, left) ?? equal(left, right);
}

/** `=^` and `=$`: only texts start and end with something; a list has no such operator. */
export function startsOrEnds(end: boolean, left: unknown, right: unknown): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left !== 'string') {
    if (isNumber(left) || typeof left === 'boolean') return false;
    throw new ScriptError('=^');
  }
  return end ? left.endsWith(textOf(right)) : left.startsWith(textOf(right));
}

/** `empty`: null, "", 0, NaN and what holds nothing. */
export function isEmpty(value: unknown): boolean {
  if (value === null) return true;
  if (isNumber(value)) return toNumber(value) === 0 || Number.isNaN(toNumber(value));
  return sizeOf(value) === 0;
}

/** `size`: 0 for null and numbers, 1 for objects that have none. */
export const size = (value: unknown): number =>
  sizeOf(value) ?? (value === null || isNumber(value) || typeof value === 'boolean' ? 0 : 1);
