import { JavaError, parseBoolean, toDouble, toInt, toLong } from '../java/index.js';
import type { Property, ScalarProperty } from '../jmx/index.js';
import type { Text } from './text.js';
import type { User } from './user.js';

/** Compiles the text of a property; the same property gives the same compiled text each time. */
export type CompileText = (property: ScalarProperty) => Text;
export type Reader<T> = (user: User) => T;

/** How one typed property lies in the file, and what it is when the file does not say. */
export interface Prop<T> {
  /** The key in the plan; older keys follow in `older`. */
  readonly jmx: string;
  readonly older: readonly string[];
  /** For documentation: `text`, `int`, `flag`, `list`, … */
  readonly type: string;
  readonly fallback: T;
  /** For lists and nested elements: the properties of an item. */
  readonly items?: Props;
  /** A value when it is the same for every reader, else a function that evaluates it. */
  bind(property: Property | undefined, compile: CompileText): T | Reader<T>;
}
export type Props = Readonly<Record<string, Prop<unknown>>>;

/** The properties as an element sees them: each read of a property that holds `${…}` evaluates it again. */
export type Values<P extends Props> = { readonly [K in keyof P]: P[K] extends Prop<infer T> ? T : never };

type Older = { readonly older?: readonly string[] };

/**
 * Builders of properties with the coercions of JMeter 5.6.3: the reader's type counts, not the tag's; a number that does
 * not parse is 0 (untrimmed), a flag is true only for `true` in any case; the fallback counts only when the key is absent.
 */
export const prop = {
  text: (jmx: string, fallback = '', { older = [] }: Older = {}): Prop<string> =>
    scalar('text', jmx, fallback, older, (text) => text),
  /** A text that its element reads in its own way; a constant one is read once. */
  parsed: <T>(jmx: string, fallback: T, parse: (text: string) => T): Prop<T> =>
    scalar('text', jmx, fallback, [], parse),
  /** 32-bit; what does not parse is 0. */
  int: (jmx: string, fallback = 0, { older = [] }: Older = {}): Prop<number> =>
    scalar('int', jmx, fallback, older, (text) => toInt(text) ?? 0),
  /** As `int`; a function in it that throws NumberFormatException gives 0 too, since the element's own parsing catches that. */
  forgivingInt: (jmx: string): Prop<number> => {
    const plain = prop.int(jmx);
    return {
      ...plain,
      bind(property, compile) {
        const bound = plain.bind(property, compile);
        return typeof bound === 'number' ? bound : (user) => orZero(() => bound(user));
      },
    };
  },
  /** 64-bit; what does not parse is 0. */
  long: (jmx: string, fallback = 0, { older = [] }: Older = {}): Prop<number> =>
    scalar('long', jmx, fallback, older, (text) => toLong(text) ?? 0),
  /** Floating; what does not parse is 0. */
  number: (jmx: string, fallback = 0, { older = [] }: Older = {}): Prop<number> =>
    scalar('number', jmx, fallback, older, (text) => toDouble(text) ?? 0),
  flag: (jmx: string, fallback = false, { older = [] }: Older = {}): Prop<boolean> =>
    scalar('flag', jmx, fallback, older, parseBoolean, (n) => n > 0),

  /** Whether the key is there at all. */
  present: (jmx: string): Prop<boolean> => ({
    jmx,
    older: [],
    type: 'present',
    fallback: false,
    bind: (property) => property !== undefined,
  }),

  /** A collectionProp of elementProps, each with these properties (Arguments, headers, cookies). */
  list: <I extends Props>(jmx: string, items: I, { older = [] }: Older = {}): Prop<readonly Values<I>[]> => ({
    jmx,
    older,
    type: 'list',
    fallback: [],
    items,
    bind(property, compile) {
      if (property?.kind !== 'collection') return [];
      const readers = property.items.map((item) =>
        bindProps(items, item.kind === 'element' ? item.properties : [], compile),
      );
      if (readers.every((reader) => !reader.dynamic)) return readers.map((reader) => reader.constant);
      return (user) => rowsOf(readers, user);
    },
  }),
  /** A collectionProp of scalars of which each is evaluated when the loop over them comes to it. */
  eachText: (jmx: string, { older = [] }: Older = {}): Prop<Iterable<string>> => ({
    jmx,
    older,
    type: 'texts',
    fallback: [],
    bind(property, compile) {
      const texts = compiledTexts(property, compile);
      const fixed = texts.filter((text) => typeof text === 'string');
      return fixed.length === texts.length ? fixed : (user) => evaluated(texts, user);
    },
  }),
  /** A collectionProp of scalars. */
  texts: (jmx: string, { older = [] }: Older = {}): Prop<readonly string[]> => ({
    jmx,
    older,
    type: 'texts',
    fallback: [],
    bind: (property, compile) => bindTexts(property, compile),
  }),
  /** A collectionProp of collectionProps of scalars (User Parameters); whoever reads a cell evaluates it, as JMeter does. */
  table: (jmx: string, { older = [] }: Older = {}): Prop<readonly (readonly Text[])[]> => ({
    jmx,
    older,
    type: 'table',
    fallback: [],
    bind(property, compile) {
      if (property?.kind !== 'collection') return [];
      return property.items.map((row) =>
        row.kind === 'collection' ? row.items.flatMap((item) => ('text' in item ? [compile(item)] : [])) : [],
      );
    },
  }),
  /** An elementProp with these properties. */
  nested: <I extends Props>(jmx: string, items: I, { older = [] }: Older = {}): Prop<Values<I>> => ({
    jmx,
    older,
    type: 'nested',
    fallback: bindProps(items, [], () => '').constant,
    items,
    bind(property, compile) {
      const reader = bindProps(items, property?.kind === 'element' ? property.properties : [], compile);
      return reader.dynamic ? reader : reader.constant;
    },
  }),
  /** The child tags of an objProp's value, undefined when absent (saveConfig). */
  object: (jmx: string): Prop<ReadonlyMap<string, string> | undefined> => ({
    jmx,
    older: [],
    type: 'object',
    fallback: undefined,
    bind: (property) => (property?.kind === 'object' ? property.fields : undefined),
  }),
};

/** The arguments table that many elements carry: an elementProp `Arguments` with `Arguments.arguments`. */
export const argumentsOf = (jmx: string): Prop<{ readonly rows: readonly Argument[] }> =>
  prop.nested(jmx, { rows: prop.list('Arguments.arguments', argument) });
export const argument = { name: prop.text('Argument.name'), value: prop.text('Argument.value') };
export type Argument = Values<typeof argument>;

/** Reads the values for a user; `constant` is that object when nothing in it depends on the user. */
export interface BoundProps<P extends Props> {
  (user: User): Values<P>;
  readonly dynamic: boolean;
  readonly constant: Values<P>;
}

/** Binds declared properties to what the plan says: constants once, `${…}` as getters over the user. */
export function bindProps<P extends Props>(
  props: P,
  properties: readonly Property[],
  compile: CompileText,
): BoundProps<P> {
  const byName = new Map(properties.map((p) => [p.name, p]));
  const constant: Record<string, unknown> = {};
  let dynamic = false;
  for (const [key, declared] of Object.entries(props)) {
    const found = byName.get(declared.jmx) ?? declared.older.map((name) => byName.get(name)).find(Boolean);
    const bound = declared.bind(found, compile);
    if (typeof bound === 'function') {
      dynamic = true;
      const read = bound as Reader<unknown>;
      Object.defineProperty(constant, key, {
        enumerable: true,
        get(this: { [USER]: User }) {
          return read(this[USER]);
        },
      });
    } else constant[key] = bound;
  }
  const prototype = constant as Values<P>;
  if (!dynamic) return Object.assign(() => prototype, { dynamic, constant: Object.freeze(prototype) });
  // A class with the getters on its prototype: a view is one small object of one hidden class.
  class View {
    declare readonly [USER]: User;
    constructor(user: User) {
      this[USER] = user;
    }
  }
  Object.setPrototypeOf(View.prototype, prototype);
  // It holds nothing but the user, who mostly asks several times in turn.
  let last: View | undefined;
  let asked: User | undefined;
  const read = (user: User): Values<P> => {
    if (asked !== user) {
      asked = user;
      last = new View(user);
    }
    return last as unknown as Values<P>;
  };
  return Object.assign(read, { dynamic, constant: prototype });
}

const USER = Symbol('user');

/** With room for these and no more, and no function made for it: lists are read with every sample. */
function rowsOf<V>(readers: readonly Reader<V>[], user: User): readonly V[] {
  const rows = new Array<V>(readers.length);
  let i = 0;
  for (const read of readers) rows[i++] = read(user);
  return rows;
}

function scalar<T>(
  type: string,
  jmx: string,
  fallback: T,
  older: readonly string[],
  coerce: (text: string) => T,
  fromNumber?: (n: number) => T,
): Prop<T> {
  return {
    jmx,
    older,
    type,
    fallback,
    bind(property, compile) {
      if (property === undefined || !('text' in property)) return fallback;
      if (fromNumber && (property.kind === 'int' || property.kind === 'long')) return fromNumber(Number(property.text));
      const text = compile(property);
      return typeof text === 'string' ? coerce(text) : (user) => coerce(text(user));
    },
  };
}

function orZero(read: () => number): number {
  try {
    return read();
  } catch (error) {
    if (error instanceof JavaError && error.javaClass === 'java.lang.NumberFormatException') return 0;
    throw error;
  }
}

function bindTexts(
  property: Property | undefined,
  compile: CompileText,
): readonly string[] | Reader<readonly string[]> {
  const texts = compiledTexts(property, compile);
  const fixed = texts.filter((text) => typeof text === 'string');
  if (fixed.length === texts.length) return fixed;
  return (user) => texts.map((text) => (typeof text === 'string' ? text : text(user)));
}

const compiledTexts = (property: Property | undefined, compile: CompileText): readonly Text[] =>
  property?.kind === 'collection' ? property.items.flatMap((item) => ('text' in item ? [compile(item)] : [])) : [];

function* evaluated(texts: readonly Text[], user: User): Generator<string> {
  for (const text of texts) yield typeof text === 'string' ? text : text(user);
}
