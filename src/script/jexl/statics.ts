import { createHash, randomUUID } from 'node:crypto';
import { numberFormat, parseInteger, parseLong, toDouble, urlDecode, urlEncode } from '../../java/index.js';
import { type Args, Host, hostClass, type Method, method } from '../host/host.js';
import { JavaArray, JavaList, JavaMap } from '../value/collection.js';
import { BigDecimal, BigInteger, Double, isNumber, toNumber } from '../value/number.js';
import { ScriptError, sameValue, textOf } from '../value/value.js';
import { compare, format, joined } from './strings.js';

/** The static methods of Java classes that scripts use. */
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

const MANY = Number.POSITIVE_INFINITY;
type Statics = readonly (readonly [string, Method<unknown>])[];

/** An Integer from Integers, else a Double. */
const picks = (of: (...values: number[]) => number, count: number): Method<unknown> =>
  method((_, a) => {
    const values = Array.from({ length: count }, (_, i) => number(a, i));
    const result = of(...values);
    return a.values.every((value) => typeof value === 'number') && Number.isInteger(result)
      ? result
      : new Double(result);
  }, count);
const real = (of: (...values: number[]) => number, count = 1): Method<unknown> =>
  method((_, a) => new Double(of(...Array.from({ length: count }, (_, i) => number(a, i)))), count);

const math: Statics = [
  ['abs', picks(Math.abs, 1)],
  ['max', picks(Math.max, 2)],
  ['min', picks(Math.min, 2)],
  ['random', real(Math.random, 0)],
  ...(['floor', 'ceil', 'sqrt', 'cbrt', 'log', 'log10', 'exp', 'sin', 'cos', 'tan', 'atan'] as const).map(
    (name) => [name, real(Math[name])] as const,
  ),
  ['signum', real(Math.sign)],
  ['pow', real(Math.pow, 2)],
  ['toRadians', real((x) => (x / 180) * Math.PI)],
  ['toDegrees', real((x) => (x * 180) / Math.PI)],
  ['round', method((_, a) => BigInt(Math.floor(number(a, 0) + 0.5)), 1)],
  ['floorMod', method((_, a) => ((a.int(0) % a.int(1)) + a.int(1)) % a.int(1), 2)],
  ['floorDiv', method((_, a) => Math.floor(a.int(0) / a.int(1)), 2)],
];

const integer: Statics = [
  ['parseInt', method((_, a) => parseInteger(a.text(0)), 1)],
  ['valueOf', method((_, a) => (isNumber(a.any(0)) ? a.int(0) : parseInteger(a.text(0))), 1)],
  ['toString', method((self, a) => textOf(a.count === 1 ? a.int(0) : self), 0, 1)],
  ['toHexString', method((_, a) => (a.int(0) >>> 0).toString(16), 1)],
  ['toBinaryString', method((_, a) => (a.int(0) >>> 0).toString(2), 1)],
  ['toOctalString', method((_, a) => (a.int(0) >>> 0).toString(8), 1)],
  ['max', method((_, a) => Math.max(a.int(0), a.int(1)), 2)],
  ['min', method((_, a) => Math.min(a.int(0), a.int(1)), 2)],
  ['compare', method((_, a) => Math.sign(a.int(0) - a.int(1)), 2)],
];

const long: Statics = [
  ['parseLong', method((_, a) => BigInt(parseLong(a.text(0))), 1)],
  ['valueOf', method((_, a) => (isNumber(a.any(0)) ? BigInt(a.int(0)) : BigInt(parseLong(a.text(0)))), 1)],
  ['toString', method((_, a) => textOf(a.int(0)), 1)],
  ['toHexString', method((_, a) => BigInt.asUintN(64, BigInt(a.int(0))).toString(16), 1)],
];

const double: Statics = [
  ['parseDouble', method((_, a) => doubleOf(a.text(0)), 1)],
  ['parseFloat', method((_, a) => doubleOf(a.text(0)), 1)],
  ['valueOf', method((_, a) => (isNumber(a.any(0)) ? new Double(number(a, 0)) : doubleOf(a.text(0))), 1)],
  ['toString', method((_, a) => String(new Double(number(a, 0))), 1)],
];
function doubleOf(text: string): Double {
  const value = toDouble(text);
  if (value === undefined) throw numberFormat(text);
  return new Double(value);
}

const flag = (_: unknown, a: Args): boolean => textOf(a.any(0)).toLowerCase() === 'true';

const text: Statics = [
  ['valueOf', method((_, a) => textOf(a.any(0)), 1)],
  ['format', method((_, a) => format(a.text(0), a.from(1).all), 1, MANY)],
  ['join', method((_, a) => joined(a), 2, MANY)],
];

const system: Statics = [
  ['currentTimeMillis', method(() => BigInt(Date.now()))],
  ['nanoTime', method(() => BigInt(Math.round(performance.now() * 1e6)))],
  ['getProperty', method(property, 1, 2)],
  ['lineSeparator', method(() => '\n')],
];
/** One of the JVM's own that is not known here is an error, not null. */
function property(_: unknown, a: Args): string | null {
  const name = a.text(0);
  const value = PROPERTIES.get(name);
  if (value === undefined && /^(?:java|user|os|sun)\./.test(name)) throw new ScriptError(`no system property ${name}`);
  return value ?? (a.count > 1 ? a.textOrNull(1) : null);
}
const PROPERTIES = new Map([
  ['file.separator', '/'],
  ['path.separator', ':'],
  ['line.separator', '\n'],
  ['java.version', '17.0.9'],
  ['os.name', 'Linux'],
]);

const bytesOf = (value: unknown): Buffer =>
  value instanceof JavaArray ? Buffer.from(value.items.map(Number)) : Buffer.from(textOf(value), 'latin1');
const byteArray = (bytes: Uint8Array): JavaArray =>
  new JavaArray(
    'B',
    Array.from(bytes, (byte) => (byte << 24) >> 24),
  );

const encoder = (url: boolean, padding: boolean): Host<null> =>
  new Host(
    hostClass<null>('java.util.Base64$Encoder', {
      encodeToString: method((_, a) => {
        const plain = bytesOf(a.any(0)).toString(url ? 'base64url' : 'base64');
        if (!url) return padding ? plain : plain.replace(/=+$/, '');
        return padding ? plain.padEnd(Math.ceil(plain.length / 4) * 4, '=') : plain;
      }, 1),
      withoutPadding: method(() => encoder(url, false)),
    }),
    null,
  );
const decoder: Host<null> = new Host(
  hostClass<null>('java.util.Base64$Decoder', {
    decode: method((_, a) => byteArray(Buffer.from(bytesOf(a.any(0)).toString('latin1'), 'base64')), 1),
  }),
  null,
);
const base64: Statics = [
  ['getEncoder', method(() => encoder(false, true))],
  ['getUrlEncoder', method(() => encoder(true, true))],
  ['getDecoder', method(() => decoder)],
  ['getUrlDecoder', method(() => decoder)],
];

const uuid: Statics = [
  ['randomUUID', method(() => randomUUID())],
  ['fromString', method((_, a) => a.text(0).toLowerCase(), 1)],
  ['nameUUIDFromBytes', method((_, a) => nameUuid(bytesOf(a.any(0))), 1)],
];
/** Version 3: the MD5 of the bytes with the version and variant set. */
function nameUuid(bytes: Buffer): string {
  const hash = createHash('md5').update(bytes).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x30;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const itemsOf = (value: unknown): unknown[] =>
  value instanceof JavaArray || value instanceof JavaList ? value.items : [value];
const natural = (a: unknown, b: unknown): number =>
  isNumber(a) && isNumber(b) ? toNumber(a) - toNumber(b) : compare(textOf(a), textOf(b));

const arrays: Statics = [
  [
    'asList',
    method(
      (_, a) => new JavaList([...(a.count === 1 ? itemsOf(a.any(0)) : a.all)], 'java.util.Arrays$ArrayList'),
      0,
      MANY,
    ),
  ],
  ['toString', method((_, a) => `[${itemsOf(a.any(0)).map(textOf).join(', ')}]`, 1)],
  ['sort', method((_, a) => itemsOf(a.any(0)).sort(natural) && null, 1)],
];
const collections: Statics = [
  ['emptyList', method(() => new JavaList())],
  ['emptyMap', method(() => new JavaMap())],
  ['sort', method((_, a) => itemsOf(a.any(0)).sort(natural) && null, 1)],
  ['reverse', method((_, a) => itemsOf(a.any(0)).reverse() && null, 1)],
  ['max', method((_, a) => itemsOf(a.any(0)).reduce((x, y) => (natural(x, y) >= 0 ? x : y)), 1)],
  ['min', method((_, a) => itemsOf(a.any(0)).reduce((x, y) => (natural(x, y) <= 0 ? x : y)), 1)],
];

const STATICS: ReadonlyMap<string, ReadonlyMap<string, Method<unknown>>> = new Map(
  Object.entries<Statics>({
    'java.lang.Integer': integer,
    'java.lang.Long': long,
    'java.lang.Double': double,
    'java.lang.Float': double,
    'java.lang.Boolean': [
      ['parseBoolean', method(flag, 1)],
      ['valueOf', method(flag, 1)],
    ],
    'java.lang.String': text,
    'java.lang.Math': math,
    'java.lang.System': system,
    'java.util.UUID': uuid,
    'java.util.Base64': base64,
    'java.util.Arrays': arrays,
    'java.util.Collections': collections,
    'java.util.Objects': [['equals', method((_, a) => sameValue(a.any(0), a.any(1)), 2)]],
    'java.net.URLEncoder': [['encode', method((_, a) => urlEncode(a.text(0)), 1, 2)]],
    'java.net.URLDecoder': [['decode', method((_, a) => urlDecode(a.text(0)), 1, 2)]],
    'java.math.BigDecimal': [['valueOf', method((_, a) => BigDecimal.of(textOf(a.any(0))), 1)]],
    'java.math.BigInteger': [['valueOf', method((_, a) => new BigInteger(BigInt(a.int(0))), 1)]],
    'java.math.RoundingMode': [],
  }).map(([name, statics]) => [name, new Map(statics)]),
);

/** The old numbers of the rounding modes, which setScale understands. */
const ROUNDING = { UP: 0, DOWN: 1, CEILING: 2, FLOOR: 3, HALF_UP: 4, HALF_DOWN: 5, HALF_EVEN: 6, UNNECESSARY: 7 };

const FIELDS: ReadonlyMap<string, ReadonlyMap<string, unknown>> = new Map(
  Object.entries({
    'java.lang.Integer': { MAX_VALUE: 2147483647, MIN_VALUE: -2147483648 },
    'java.lang.Long': { MAX_VALUE: 9223372036854775807n, MIN_VALUE: -9223372036854775808n },
    'java.lang.Double': { MAX_VALUE: new Double(Number.MAX_VALUE), MIN_VALUE: new Double(Number.MIN_VALUE) },
    'java.lang.Math': { PI: new Double(Math.PI), E: new Double(Math.E) },
    'java.lang.Boolean': { TRUE: true, FALSE: false },
    'java.math.RoundingMode': ROUNDING,
    'java.math.BigDecimal': {
      ZERO: new BigDecimal(0n, 0),
      ONE: new BigDecimal(1n, 0),
      TEN: new BigDecimal(10n, 0),
      ...Object.fromEntries(Object.entries(ROUNDING).map(([name, value]) => [`ROUND_${name}`, value])),
    },
    'java.math.BigInteger': { ZERO: new BigInteger(0n), ONE: new BigInteger(1n), TEN: new BigInteger(10n) },
  }).map(([name, fields]) => [name, new Map(Object.entries<unknown>(fields))]),
);
