import { hashCode, numberFormat } from '../../java/index.js';
import { type Args, type Method, method } from '../host/host.js';
import { JavaArray, JavaList } from '../value/collection.js';
import { BigDecimal, Character, Double, isNumber, toNumber } from '../value/number.js';
import { ScriptError, textOf } from '../value/value.js';
import { javaPattern } from './compare.js';

type StringMethod = Method<string>;

/** The methods of java.lang.String that scripts use. */
export const stringMethods: ReadonlyMap<string, StringMethod> = new Map<string, StringMethod>([
  ['length', method((s) => s.length)],
  ['isEmpty', method((s) => s === '')],
  ['isBlank', method((s) => s.trim() === '')],
  ['charAt', method((s, a) => new Character(s.charCodeAt(within(a.int(0), s.length - 1))), 1)],
  ['codePointAt', method((s, a) => s.codePointAt(within(a.int(0), s.length - 1)), 1)],
  ['codePointCount', method((s, a) => [...part(s, a)].length, 2)],
  ['substring', method(part, 1, 2)],
  ['subSequence', method(part, 2)],
  ['indexOf', method((s, a) => s.indexOf(character(a), a.count > 1 ? a.int(1) : 0), 1, 2)],
  ['lastIndexOf', method((s, a) => s.lastIndexOf(character(a), a.count > 1 ? a.int(1) : s.length), 1, 2)],
  ['contains', method((s, a) => s.includes(a.text(0)), 1)],
  ['startsWith', method((s, a) => s.startsWith(a.text(0), a.count > 1 ? a.int(1) : 0), 1, 2)],
  ['endsWith', method((s, a) => s.endsWith(a.text(0)), 1)],
  ['equals', method((s, a) => s === a.any(0), 1)],
  ['contentEquals', method((s, a) => s === a.text(0), 1)],
  ['equalsIgnoreCase', method((s, a) => s.toLowerCase() === a.textOrNull(0)?.toLowerCase(), 1)],
  ['compareTo', method((s, a) => compare(s, a.text(0)), 1)],
  ['compareToIgnoreCase', method((s, a) => compare(s.toLowerCase(), a.text(0).toLowerCase()), 1)],
  ['concat', method((s, a) => s + a.text(0), 1)],
  ['replace', method((s, a) => s.replaceAll(replaced(a, 0), () => replaced(a, 1)), 2)],
  ['replaceAll', method((s, a) => substituted(s, a, true), 2)],
  ['replaceFirst', method((s, a) => substituted(s, a, false), 2)],
  ['matches', method((s, a) => javaPattern(a.text(0)).matches(s), 1)],
  ['split', method((s, a) => strings(split(s, a.text(0), a.count > 1 ? a.int(1) : 0)), 1, 2)],
  ['toLowerCase', method((s) => s.toLowerCase())],
  ['toUpperCase', method((s) => s.toUpperCase())],
  ['trim', method((s) => s.replace(/^[\0- ]+|[\0- ]+$/g, ''))],
  ['strip', method((s) => s.trim())],
  ['repeat', method((s, a) => repeated(s, a.int(0)), 1)],
  ['intern', method((s) => s)],
  ['toString', method((s) => s)],
  ['hashCode', method((s) => hashCode(s))],
  ['getBytes', method((s) => new JavaArray('B', [...Buffer.from(s).map((b) => (b << 24) >> 24)]), 0, 1)],
  [
    'toCharArray',
    method(
      (s) =>
        new JavaArray(
          'C',
          [...s].map((c) => new Character(c.charCodeAt(0))),
        ),
    ),
  ],
  ['valueOf', method((_, a) => textOf(a.any(0)), 1)],
  ['join', method((_, a) => joined(a), 2, Number.POSITIVE_INFINITY)],
  ['format', method((_, a) => format(a.text(0), a.from(1).all), 1, Number.POSITIVE_INFINITY)],
  ['formatted', method((s, a) => format(s, a.values), 0, Number.POSITIVE_INFINITY)],
]);

export const strings = (items: readonly string[]): JavaArray => new JavaArray('Ljava.lang.String;', [...items]);

function within(n: number, most: number): number {
  if (n < 0 || n > most) throw new ScriptError(`index ${n}`);
  return n;
}

function part(s: string, a: Args): string {
  const end = a.count > 1 ? within(a.int(1), s.length) : s.length;
  return s.slice(within(a.int(0), end), end);
}

/** A text, or a character by its code. */
function character(a: Args): string {
  const wanted = a.any(0);
  return typeof wanted === 'number'
    ? String.fromCharCode(wanted)
    : wanted instanceof Character
      ? `${wanted}`
      : a.text(0);
}

function replaced(a: Args, i: number): string {
  const value = a.any(i);
  return value instanceof Character ? String(value) : a.text(i);
}

const LIMIT = 10_000_000;
function repeated(s: string, times: number): string {
  if (times < 0 || s.length * times > LIMIT) throw new ScriptError(`repeat ${times}`);
  return s.repeat(times);
}

/** String.compareTo: the difference of the first characters that differ, else of the lengths. */
export function compare(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = a.charCodeAt(i) - b.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Matcher.replaceAll or replaceFirst. */
function substituted(s: string, a: Args, all: boolean): string {
  const pattern = javaPattern(a.text(0));
  let result = '';
  let end = 0;
  for (let match = pattern.find(s); match !== undefined; match = all ? pattern.find(s, match) : undefined) {
    result += s.slice(end, match.start) + filled(a.text(1), match.groups);
    end = match.end;
  }
  return result + s.slice(end);
}

/** Java's `$1` and `\x` in a replacement. */
const filled = (text: string, groups: readonly (string | undefined)[]): string =>
  text.replace(/\\([\s\S])|\$(\d)/g, (_, escaped: string | undefined, group: string) =>
    escaped !== undefined ? escaped : (groups[Number(group)] ?? ''),
  );

/** String.split: no empty texts at the end unless a limit says so, none before a match of no width at the start. */
export function split(s: string, separator: string, limit = 0): string[] {
  const found: string[] = [];
  const pattern = javaPattern(separator);
  let from = 0;
  for (let match = pattern.find(s); match !== undefined; match = pattern.find(s, match)) {
    if (limit > 0 && found.length === limit - 1) break;
    if (match.start === match.end && (match.start === 0 || match.start >= s.length)) continue;
    found.push(s.slice(from, match.start));
    from = match.end;
  }
  found.push(s.slice(from));
  if (limit === 0) while (found.length > 1 && found.at(-1) === '') found.pop();
  return found;
}

/** String.join: the rest of the arguments, or one list. */
export function joined(a: Args): string {
  if (a.count > 2) return a.from(1).all.map(textOf).join(a.text(0));
  const items = a.any(1);
  if (items instanceof JavaArray || items instanceof JavaList) return items.items.map(textOf).join(a.text(0));
  return textOf(items);
}

/** The conversions of java.util.Formatter that plans use: s d f x X c b n %, with flags, width and precision. */
export function format(pattern: string, values: readonly unknown[]): string {
  let next = 0;
  return pattern.replace(
    /%([-0+, ]*)(\d+)?(?:\.(\d+))?([sdfexXcbn%])/g,
    (_, flags: string, width: string | undefined, precision: string | undefined, kind: string) => {
      if (kind === '%') return '%';
      if (kind === 'n') return '\n';
      if (next >= values.length) throw new ScriptError(`Format specifier '%${kind}'`);
      const text = formatted(kind, values[next++], precision === undefined ? undefined : Number(precision), flags);
      const wide = Number(width ?? 0);
      if (flags.includes('-')) return text.padEnd(wide);
      if (!flags.includes('0')) return text.padStart(wide);
      return text.startsWith('-') ? `-${text.slice(1).padStart(wide - 1, '0')}` : text.padStart(wide, '0');
    },
  );
}

function formatted(kind: string, value: unknown, precision: number | undefined, flags: string): string {
  switch (kind) {
    case 's':
    case 'b':
    case 'c':
      return precision === undefined ? textOf(value) : textOf(value).slice(0, precision);
    case 'f':
      if (!(value instanceof Double || value instanceof BigDecimal)) throw new ScriptError('f');
      return signed(grouped(toNumber(value).toFixed(precision ?? 6), flags), flags);
    case 'e':
      if (!(value instanceof Double)) throw new ScriptError('e');
      return signed(value.value.toExponential(precision ?? 6).replace(/([+-])(\d)$/, '$10$2'), flags);
  }
  if (!isNumber(value) || value instanceof Double) throw numberFormat(textOf(value));
  const n = BigInt(toNumber(value));
  if (kind === 'd') return signed(grouped(String(n), flags), flags);
  const hex = BigInt.asUintN(typeof value === 'bigint' ? 64 : 32, n).toString(16);
  return kind === 'X' ? hex.toUpperCase() : hex;
}

const grouped = (text: string, flags: string): string =>
  flags.includes(',') ? text.replace(/\d(?=(?:\d{3})+(?:\.|$))/g, '$&,') : text;

const signed = (text: string, flags: string): string =>
  flags.includes('+') && !text.startsWith('-') ? `+${text}` : text;
