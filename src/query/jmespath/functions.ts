import { JavaError, toDouble } from '../../java/index.js';
import type { Document } from '../jackson/document.js';
import {
  double,
  isArray,
  isNumber,
  isObject,
  type Json,
  jsonText,
  keysOf,
  member,
  sameJson,
  toNumber,
  valuesOf,
} from '../jackson/value.js';
import { compare, type Search, typeOf } from './search.js';

/** An argument `&expression`. */
export interface Reference {
  readonly expression: Search;
}
type Argument = Json | Reference;

/** What an argument must be: types in JMESPath's words, `any value`, `expression`, or a list of such. */
type Constraint =
  | readonly string[]
  | 'any value'
  | 'expression'
  | { readonly arrayOf: readonly string[] | 'any value' };

export interface Function {
  readonly name: string;
  readonly takes: readonly Constraint[];
  /** One or more of the last one. */
  readonly many: boolean;
  call(args: readonly Argument[], document: Document): Json;
}

/** The function of that name. */
export const functionNamed = (name: string): Function | undefined => FUNCTIONS.get(name);

/** Why that many arguments cannot be. */
export function arityFault({ name, takes, many }: Function, count: number): string | undefined {
  const what = `invalid arity calling "${name}"`;
  if (many) return count > 0 ? undefined : `${what} (expected at least 1 but was ${count})`;
  return count === takes.length ? undefined : `${what} (expected ${takes.length} but was ${count})`;
}

/** Calls a function; throws ArgumentTypeException as jmespath-java words it. */
export function callFunction(called: Function, args: readonly Argument[], document: Document): Json {
  args.forEach((arg, i) => {
    const constraint = called.takes[i] ?? called.takes.at(-1);
    if (constraint !== undefined) check(called.name, constraint, arg);
  });
  return called.call(args, document);
}

const isReference = (arg: Argument): arg is Reference =>
  typeof arg === 'object' && arg !== null && 'expression' in arg && typeof arg.expression === 'function';
const nameOf = (arg: Argument): string => (isReference(arg) ? 'expression' : typeOf(arg));

function check(name: string, constraint: Constraint, arg: Argument): void {
  if (constraint === 'expression' || constraint === 'any value') {
    if (isReference(arg) !== (constraint === 'expression')) throw wrongType(name, constraint, nameOf(arg));
  } else if ('arrayOf' in constraint) checkList(name, constraint.arrayOf, arg);
  else if (isReference(arg) || !constraint.includes(typeOf(arg)))
    throw wrongType(name, either(constraint), nameOf(arg));
}

function checkList(name: string, of: readonly string[] | 'any value', arg: Argument): void {
  const expected = `array of ${of === 'any value' ? of : either(of)}`;
  if (isReference(arg) || !isArray(arg)) throw wrongType(name, expected, nameOf(arg));
  const types = [...new Set(arg.map(typeOf))];
  if (types.length > 1) throw wrongType(name, expected, `array containing ${inWords(types, 'and')}`);
  const [type] = types;
  if (of !== 'any value' && type !== undefined && !of.includes(type))
    throw wrongType(name, expected, `array containing ${type}`);
}

const wrongType = (name: string, expected: string, actual: string): JavaError =>
  new JavaError(
    'io.burt.jmespath.function.ArgumentTypeException',
    `Invalid argument type calling "${name}": expected ${expected} but was ${actual}`,
  );
const either = (types: readonly string[]): string => inWords(types, 'or');
const inWords = (words: readonly string[], last: string): string =>
  words.length === 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;

const NUMBER = ['number'];
const STRING = ['string'];
const OBJECT = ['object'];
const NUMBERS = { arrayOf: NUMBER };
const SORTABLE = { arrayOf: ['number', 'string'] };
const OBJECTS = { arrayOf: OBJECT };

/** What the constraints have let through. */
const value = (arg: Argument | undefined): Json => (arg === undefined || isReference(arg) ? null : arg);
const items = (arg: Argument | undefined): readonly Json[] => {
  const list = value(arg);
  return isArray(list) ? list : [];
};
const text = (arg: Argument | undefined): string => {
  const found = value(arg);
  return typeof found === 'string' ? found : jsonText(found);
};
const number = (arg: Argument | undefined): number => {
  const found = value(arg);
  return isNumber(found) ? toNumber(found) : 0;
};

const one = (name: string, takes: Constraint, call: Function['call']): Function => ({
  name,
  takes: [takes],
  many: false,
  call,
});
const two = (name: string, first: Constraint, second: Constraint, call: Function['call']): Function => ({
  name,
  takes: [first, second],
  many: false,
  call,
});
const many = (name: string, takes: Constraint, call: Function['call']): Function => ({
  name,
  takes: [takes],
  many: true,
  call,
});

const ALL: readonly Function[] = [
  one('abs', NUMBER, ([n]) => double(Math.abs(number(n)))),
  one('avg', NUMBERS, ([list]) => (items(list).length === 0 ? null : double(sum(list) / items(list).length))),
  two('contains', ['array', 'string'], 'any value', ([where, what], document) => {
    const [haystack, needle] = [value(where), value(what)];
    document.mustBeSure(needle);
    if (!isArray(haystack)) return text(haystack).includes(text(needle));
    document.mustBeSure(haystack);
    return haystack.some((item) => sameJson(item, needle));
  }),
  one('ceil', NUMBER, ([n]) => double(Math.ceil(number(n)))),
  two('ends_with', STRING, STRING, ([whole, end]) => text(whole).endsWith(text(end))),
  one('floor', NUMBER, ([n]) => double(Math.floor(number(n)))),
  two('join', STRING, { arrayOf: STRING }, ([glue, parts]) => items(parts).map(text).join(text(glue))),
  one('keys', OBJECT, ([object], document) => keysOf(enumerated(object, document))),
  one('length', ['string', 'array', 'object'], ([of]) => {
    const found = value(of);
    return isObject(found) ? keysOf(found).length : isArray(found) ? found.length : text(found).length;
  }),
  two('map', 'expression', { arrayOf: 'any value' }, ([each, list], document) =>
    items(list).map((item) => searchBy(each, item, document)),
  ),
  one('max', SORTABLE, ([list]) => extreme(items(list), compare, 1)),
  two('max_by', OBJECTS, 'expression', ([list, by], document) => extremeBy('max_by', list, by, document, 1)),
  many('merge', OBJECT, (objects, document) => {
    const merged = new Map<string, Json>();
    for (const given of objects) {
      const object = enumerated(given, document);
      for (const key of keysOf(object)) merged.set(key, member(object, key) ?? null);
    }
    return merged;
  }),
  one('min', SORTABLE, ([list]) => extreme(items(list), compare, -1)),
  two('min_by', OBJECTS, 'expression', ([list, by], document) => extremeBy('min_by', list, by, document, -1)),
  many('not_null', 'any value', (args) => args.map(value).find((arg) => arg !== null) ?? null),
  one('reverse', ['array', 'string'], ([of]) => {
    const found = value(of);
    return isArray(found) ? [...found].reverse() : [...text(found)].reverse().join('');
  }),
  one('sort', SORTABLE, ([list]) => [...items(list)].sort(compare)),
  two('sort_by', OBJECTS, 'expression', ([list, by], document) =>
    ranked('sort_by', list, by, document)
      .sort((a, b) => compare(a.rank, b.rank))
      .map(({ item }) => item),
  ),
  two('starts_with', STRING, STRING, ([whole, start]) => text(whole).startsWith(text(start))),
  one('sum', NUMBERS, ([list]) => double(sum(list))),
  one('to_array', 'any value', ([of]) => {
    const found = value(of);
    return isArray(found) ? found : [found];
  }),
  one('to_string', 'any value', ([of], document) => {
    document.mustBeSure(value(of));
    return text(of);
  }),
  one('to_number', 'any value', ([of]) => {
    const found = value(of);
    return isNumber(found) ? found : typeof found === 'string' ? parsed(found) : null;
  }),
  one('type', 'any value', ([of]) => typeOf(value(of))),
  one('values', OBJECT, ([object], document) => valuesOf(enumerated(object, document))),
];
const FUNCTIONS: ReadonlyMap<string, Function> = new Map(ALL.map((called) => [called.name, called]));

const sum = (list: Argument | undefined): number => items(list).reduce<number>((total, n) => total + number(n), 0);

function enumerated(
  given: Argument | undefined,
  document: Document,
): ReadonlyMap<string, Json> | Readonly<Record<string, Json>> {
  const object = value(given);
  document.enumerate(object);
  return isObject(object) ? object : {};
}

const searchBy = (by: Argument | undefined, item: Json, document: Document): Json =>
  by !== undefined && isReference(by) ? by.expression(item, document) : null;

/** The first of the greatest (1) or least (-1). */
function extreme<T>(list: readonly T[], order: (a: T, b: T) => number, sign: 1 | -1): T | null {
  let found: T | undefined;
  for (const item of list) if (found === undefined || order(item, found) * sign > 0) found = item;
  return found ?? null;
}

interface Ranked {
  readonly item: Json;
  readonly rank: Json;
}
const extremeBy = (
  name: string,
  list: Argument | undefined,
  by: Argument | undefined,
  document: Document,
  sign: 1 | -1,
): Json => extreme(ranked(name, list, by, document), (a, b) => compare(a.rank, b.rank), sign)?.item ?? null;

/** The items with what they are ordered by: all numbers, or all strings, as the first one says. */
function ranked(name: string, list: Argument | undefined, by: Argument | undefined, document: Document): Ranked[] {
  let expected: string | undefined;
  return items(list).map((item) => {
    const rank = searchBy(by, item, document);
    const type = typeOf(rank);
    if (expected === undefined && type !== 'number' && type !== 'string')
      throw wrongType(name, 'number or string', type);
    expected ??= type;
    if (type !== expected) throw wrongType(name, expected, type);
    return { item, rank };
  });
}

/** Double.parseDouble, whole numbers as a long. */
function parsed(given: string): Json {
  const number = toDouble(given);
  if (number === undefined) return null;
  return Number.isNaN(number) || !(Number.isInteger(number) || Math.abs(number) === Infinity)
    ? double(number)
    : asLong(number);
}

function asLong(number: number): Json {
  if (Number.isSafeInteger(number)) return number + 0;
  if (number >= 2 ** 63) return 2n ** 63n - 1n;
  return number <= -(2 ** 63) ? -(2n ** 63n) : BigInt(number);
}
