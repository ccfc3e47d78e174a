import { JavaRandom, parseBoolean, parseInteger, parseLong, toDouble } from '../../java/index.js';
import { type Args, bind, Host, hostClass, type Method, method } from '../host/host.js';
import { JavaArray, JavaEntry, JavaList, JavaMap, JavaRange, JavaSet } from '../value/collection.js';
import { BigDecimal, BigInteger, Character, Double, isNumber, toNumber } from '../value/number.js';
import { ScriptError, textOf } from '../value/value.js';
import { date, dateFormat, numberPattern, random, stringBuilder } from './objects.js';
import { staticFields, staticMethods } from './statics.js';

/** A java.lang.Class in the hands of a script. */
export class JavaClass {
  constructor(readonly name: string) {}
  find(name: string, count: number): ((args: Args) => unknown) | undefined {
    return bind(classMethods, this, name, count);
  }
  /** A static method of the class. */
  call(name: string, args: Args): unknown {
    const found = bind<unknown>(staticMethods(this.name), null, name, args.count) ?? this.find(name, args.count);
    if (found === undefined) throw new ScriptError(`no method ${name}`);
    return found(args);
  }
  /** Whether the class has a static method of that name. */
  has(name: string): boolean {
    return staticMethods(this.name).has(name);
  }
  constant(name: string): unknown {
    return staticFields(this.name).get(name);
  }
  toString(): string {
    return `class ${this.name}`;
  }
}

const classes = new Map<string, JavaClass>();
function javaClass(name: string): JavaClass {
  let found = classes.get(name);
  if (found === undefined) {
    found = new JavaClass(name);
    if (classes.size < 1000) classes.set(name, found);
  }
  return found;
}

const classMethods: ReadonlyMap<string, Method<JavaClass>> = new Map<string, Method<JavaClass>>([
  ['getName', method((of) => of.name)],
  ['getSimpleName', method((of) => of.name.slice(of.name.lastIndexOf('.') + 1))],
  ['getClass', method(() => javaClass('java.lang.Class'))],
  ['toString', method((of) => String(of))],
  ['forName', method((_, a) => forName(a.text(0)), 1)],
  ['getMethod', method((of, a) => reflected(of, a.text(0)), 1, Number.POSITIVE_INFINITY)],
]);

/** Whether scripts can use the class: make one of it, or call its static methods. */
export const isKnownClass = (name: string): boolean =>
  MAKERS.has(name) || staticMethods(name).size > 0 || staticFields(name).size > 0;

/** Whether the class has such a static method or field. */
export const hasStatic = (name: string, member: string): boolean =>
  staticMethods(name).has(member) || staticFields(name).has(member);

export function forName(name: string): JavaClass {
  if (!isKnownClass(name)) throw new ScriptError(`no class ${name}`);
  return javaClass(name);
}

/** The first argument of invoke is the object, null for a static method. */
const reflectedMethod = hostClass<Method<unknown>>('java.lang.reflect.Method', {
  invoke: method((self, a) => self.call(a.any(0), a.from(1)), 1, Number.POSITIVE_INFINITY),
});

function reflected(of: JavaClass, name: string): Host<Method<unknown>> {
  const found = staticMethods(of.name).get(name);
  if (found === undefined) throw new ScriptError(`no method ${name}`);
  return new Host(reflectedMethod, found);
}

/** The class of a value, as getClass() tells. */
export function classOf(value: unknown): JavaClass {
  return javaClass(classNameOf(value));
}

function classNameOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'java.lang.String';
    case 'boolean':
      return 'java.lang.Boolean';
    case 'number':
      return 'java.lang.Integer';
    case 'bigint':
      return 'java.lang.Long';
  }
  if (value instanceof Double) return value.single ? 'java.lang.Float' : 'java.lang.Double';
  if (value instanceof BigDecimal) return 'java.math.BigDecimal';
  if (value instanceof BigInteger) return 'java.math.BigInteger';
  if (value instanceof Character) return 'java.lang.Character';
  if (value instanceof JavaArray) return `[${value.type}`;
  if (value instanceof JavaList) return value.className;
  if (value instanceof JavaMap) return 'java.util.HashMap';
  if (value instanceof JavaSet) return 'java.util.HashSet';
  if (value instanceof JavaEntry) return 'java.util.HashMap$Node';
  if (value instanceof JavaRange) return `${value}`.replace(/@.*/, '');
  return value instanceof Host ? value.type.name : 'java.lang.Object';
}

/** `new("java.util.Date", …)` for the classes that scripts make; ScriptError for any other. */
export function construct(name: string, args: readonly unknown[]): unknown {
  const make = MAKERS.get(name);
  if (make === undefined) throw new ScriptError(`no class ${name}`);
  return make(args);
}

type Maker = (args: readonly unknown[]) => unknown;
/** From a text, or from a number. */
const numbered =
  (parse: (text: string) => unknown, from: (n: number) => unknown): Maker =>
  ([value]) => {
    if (typeof value === 'string') return parsed(parse, value);
    if (isNumber(value)) return from(toNumber(value));
    throw new ScriptError('constructor');
  };

/** What a constructor throws is an error of the engine, not of the script: silenced. */
function parsed(parse: (text: string) => unknown, text: string): unknown {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    value = undefined;
  }
  if (value === undefined) throw new ScriptError(text);
  return value;
}

const fromBytes = ({ type, items }: JavaArray): string =>
  type === 'B' ? Buffer.from(items.map(Number)).toString() : items.map(textOf).join('');

const doubleOf = (text: string): Double | undefined => {
  const value = toDouble(text);
  return value === undefined ? undefined : new Double(value);
};

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['java.lang.String', ([text = '']) => (text instanceof JavaArray ? fromBytes(text) : textOf(text))],
  ['java.lang.Integer', numbered(parseInteger, Math.trunc)],
  [
    'java.lang.Long',
    numbered(
      (text) => BigInt(parseLong(text)),
      (n) => BigInt(Math.trunc(n)),
    ),
  ],
  ['java.lang.Double', numbered(doubleOf, (n) => new Double(n))],
  ['java.lang.Boolean', ([value]) => (typeof value === 'boolean' ? value : parseBoolean(textOf(value)))],
  ['java.lang.StringBuilder', ([text = '']) => new Host(stringBuilder, { text: textOf(text) })],
  ['java.lang.StringBuffer', ([text = '']) => new Host(stringBuilder, { text: textOf(text) })],
  ['java.math.BigDecimal', ([text]) => parsed((t) => BigDecimal.of(t), textOf(text))],
  ['java.math.BigInteger', ([text]) => parsed((t) => new BigInteger(BigInt(t)), textOf(text))],
  ['java.util.ArrayList', () => new JavaList()],
  ['java.util.LinkedList', () => new JavaList([], 'java.util.LinkedList')],
  ['java.util.HashMap', () => new JavaMap()],
  ['java.util.HashSet', () => new JavaSet()],
  ['java.text.SimpleDateFormat', ([pattern]) => dateFormat(textOf(pattern))],
  ['java.text.DecimalFormat', ([pattern]) => numberPattern(textOf(pattern))],
  ['java.util.Date', ([at]) => new Host(date, isNumber(at) ? toNumber(at) : Date.now())],
  [
    'java.util.Random',
    ([seed]) => new Host(random, new JavaRandom(isNumber(seed) ? toNumber(seed) : Math.trunc(Math.random() * 2 ** 47))),
  ],
]);
