import { randomUUID } from 'node:crypto';
import { parseInteger, parseLong, toDouble } from '../../java/index.js';
import { type Args, type Method, method } from '../host/host.js';
import { Double, isNumber, toNumber } from '../value/number.js';
import { ScriptError, textOf } from '../value/value.js';
import { format } from './strings.js';

/** The static methods of Java classes that scripts can reach by `"".getClass().forName(…).getMethod(…).invoke(…)`. */
export const staticMethods = (className: string): ReadonlyMap<string, Method<unknown>> =>
  STATICS.get(className) ?? NONE;

/** The static fields, by class. */
export const staticFields = (className: string): ReadonlyMap<string, unknown> => FIELDS.get(className) ?? new Map();

const NONE: ReadonlyMap<string, Method<unknown>> = new Map();

const number = (a: Args, i: number): number => {
  const value = a.any(i);
  if (!isNumber(value)) throw new ScriptError('no number');
  return toNumber(value);
};

const integer: readonly [string, Method<unknown>][] = [
  ['parseInt', method((_, a) => parseInteger(a.text(0)), 1)],
  ['valueOf', method((_, a) => (isNumber(a.any(0)) ? a.any(0) : parseInteger(a.text(0))), 1)],
  ['toString', method((self, a) => textOf(a.count === 1 ? a.any(0) : self), 0, 1)],
  ['toHexString', method((_, a) => (a.int(0) >>> 0).toString(16), 1)],
  ['toBinaryString', method((_, a) => (a.int(0) >>> 0).toString(2), 1)],
  ['max', method((_, a) => Math.max(a.int(0), a.int(1)), 2)],
  ['min', method((_, a) => Math.min(a.int(0), a.int(1)), 2)],
];

const STATICS: ReadonlyMap<string, ReadonlyMap<string, Method<unknown>>> = new Map([
  ['java.lang.Integer', new Map(integer)],
  ['java.lang.Long', new Map([['parseLong', method((_, a) => BigInt(parseLong(a.text(0))), 1)]])],
  ['java.lang.Double', new Map([['parseDouble', method((_, a) => new Double(toDouble(a.text(0)) ?? Number.NaN), 1)]])],
  ['java.lang.Boolean', new Map([['parseBoolean', method((_, a) => a.text(0).toLowerCase() === 'true', 1)]])],
  [
    'java.lang.String',
    new Map([
      ['valueOf', method((_, a) => textOf(a.any(0)), 1)],
      ['format', method((_, a) => format(a.text(0), a.values.slice(1)), 1, Number.POSITIVE_INFINITY)],
    ]),
  ],
  [
    'java.lang.Math',
    new Map([
      ['abs', method((_, a) => Math.abs(a.int(0)), 1)],
      ['max', method((_, a) => Math.max(a.int(0), a.int(1)), 2)],
      ['min', method((_, a) => Math.min(a.int(0), a.int(1)), 2)],
      ['random', method(() => new Double(Math.random()))],
      ['floor', method((_, a) => new Double(Math.floor(number(a, 0))), 1)],
      ['ceil', method((_, a) => new Double(Math.ceil(number(a, 0))), 1)],
      ['round', method((_, a) => BigInt(Math.floor(number(a, 0) + 0.5)), 1)],
    ]),
  ],
  ['java.lang.System', new Map([['currentTimeMillis', method(() => BigInt(Date.now()))]])],
  ['java.util.UUID', new Map([['randomUUID', method(() => randomUUID())]])],
]);

const FIELDS: ReadonlyMap<string, ReadonlyMap<string, unknown>> = new Map([
  [
    'java.lang.Integer',
    new Map([
      ['MAX_VALUE', 2147483647],
      ['MIN_VALUE', -2147483648],
    ]),
  ],
]);
