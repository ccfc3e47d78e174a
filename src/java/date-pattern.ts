import type { NamedField, TextStyle } from './date-names.js';
import { JavaError } from './error.js';

/** The letter of a java.time pattern that stands for a number. */
export type NumberField =
  | 'u'
  | 'y'
  | 'Q'
  | 'M'
  | 'D'
  | 'd'
  | 'F'
  | 'E'
  | 'e'
  | 'Y'
  | 'w'
  | 'W'
  | 'H'
  | 'k'
  | 'K'
  | 'h'
  | 'm'
  | 's'
  | 'n'
  | 'A'
  | 'N'
  | 'g';

export interface NumberItem {
  readonly kind: 'number';
  readonly field: NumberField;
  readonly min: number;
  readonly max: number;
  readonly sign: 'normal' | 'notNegative' | 'exceedsPad';
  /** Digits of the numbers that follow without a gap; -1 = exactly as wide as `max`. */
  subsequent: number;
  readonly special?: 'reduced' | 'fraction';
}
export interface OffsetItem {
  readonly kind: 'offset';
  readonly colon: boolean;
  readonly optionalMinutes: boolean;
  readonly seconds: boolean;
  readonly zero: string;
}
/** One piece of a pattern. */
export type Item =
  | { readonly kind: 'literal'; readonly text: string }
  | NumberItem
  | { readonly kind: 'text'; readonly field: NamedField; readonly style: TextStyle; readonly standalone: boolean }
  | { readonly kind: 'quarter'; readonly long: boolean }
  | OffsetItem
  | { readonly kind: 'gmt'; readonly full: boolean }
  | { readonly kind: 'zoneId' }
  | { readonly kind: 'zoneName'; readonly style: 'short' | 'long' | 'shortGeneric' | 'longGeneric' }
  | { readonly kind: 'dayPeriod'; readonly style: TextStyle }
  | { readonly kind: 'optional'; readonly items: readonly Item[] }
  | { readonly kind: 'pad'; readonly width: number; readonly item: Item };

const illegal = (what: string): JavaError => new JavaError('java.lang.IllegalArgumentException', what);

/** Parses a DateTimeFormatter pattern; throws IllegalArgumentException as Java 17 words it. */
export function parseDatePattern(pattern: string): readonly Item[] {
  const open: Builder[] = [];
  let builder = new Builder();
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (/[A-Za-z]/.test(char)) {
      const run = readLetters(pattern, at);
      builder.add(run.item);
      at = run.end - 1;
    } else if (char === "'") {
      const end = quoteEnd(pattern, at);
      builder.add({ kind: 'literal', text: pattern.slice(at + 1, end).replaceAll("''", "'") || "'" });
      at = end;
    } else if (char === '[') {
      open.push(builder);
      builder = new Builder();
    } else if (char === ']') {
      const outer = open.pop();
      if (!outer) throw illegal('Pattern invalid as it contains ] without previous [');
      outer.add({ kind: 'optional', items: builder.items });
      builder = outer;
    } else if (char === '{' || char === '}' || char === '#') {
      throw illegal(`Pattern includes reserved character: '${char}'`);
    } else builder.add({ kind: 'literal', text: char });
  }
  for (let outer = open.pop(); outer; outer = open.pop()) {
    outer.add({ kind: 'optional', items: builder.items });
    builder = outer;
  }
  return builder.items;
}

/** Collects items; numbers side by side share the digits between them (adjacent value parsing). */
class Builder {
  readonly items: Item[] = [];
  #active: NumberItem | undefined;

  add(item: Item): void {
    this.items.push(item);
    if (item.kind !== 'number') {
      this.#active = undefined;
      return;
    }
    if (this.#active === undefined) this.#active = item;
    else if (item.min === item.max && item.sign === 'notNegative') {
      this.#active.subsequent += item.max;
      item.subsequent = -1;
    } else {
      this.#active.subsequent = -1;
      this.#active = item;
    }
  }
}

function quoteEnd(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern.charAt(at) !== "'") continue;
    if (pattern.charAt(at + 1) !== "'") return at;
    at++;
  }
  throw illegal(`Pattern ends with an incomplete string literal: ${pattern}`);
}

function readLetters(pattern: string, start: number): { readonly item: Item; readonly end: number } {
  const letter = pattern.charAt(start);
  let end = start;
  while (pattern.charAt(end) === letter) end++;
  if (letter !== 'p') return { item: itemOf(letter, end - start), end };
  const next = pattern.charAt(end);
  if (!/[A-Za-z]/.test(next) || next === 'p')
    throw illegal(`Pad letter 'p' must be followed by valid pad pattern: ${pattern}`);
  const padded = readLetters(pattern, end);
  return { item: { kind: 'pad', width: end - start, item: padded.item }, end: padded.end };
}

const tooMany = (letter: string): JavaError => illegal(`Too many pattern letters: ${letter}`);

function itemOf(letter: string, count: number): Item {
  const make = LETTERS[letter];
  if (!make) throw illegal(`Unknown pattern letter: ${letter}`);
  return make(count, letter);
}

const number = (
  field: NumberField,
  min: number,
  max: number,
  sign: NumberItem['sign'],
  special?: 'reduced' | 'fraction',
): NumberItem => {
  if (min > 19) throw illegal(`The minimum width must be from 1 to 19 inclusive but was ${min}`);
  return { kind: 'number', field, min, max, sign, subsequent: 0, ...(special && { special }) };
};
const fixed = (field: NumberField, width: number): NumberItem => number(field, width, width, 'notNegative');
const free = (field: NumberField): NumberItem => number(field, 1, 19, 'normal');

type Make = (count: number, letter: string) => Item;
const year =
  (field: NumberField): Make =>
  (count) =>
    count === 2
      ? number(field, 2, 2, 'notNegative', 'reduced')
      : number(field, count, 19, count < 4 ? 'normal' : 'exceedsPad');
const upToTwo =
  (field: NumberField): Make =>
  (count, letter) => {
    if (count > 2) throw tooMany(letter);
    return count === 1 ? free(field) : fixed(field, 2);
  };
const many =
  (field: NumberField, sign: NumberItem['sign']): Make =>
  (count) =>
    number(field, count, 19, sign);
const single =
  (field: NumberField): Make =>
  (count, letter) => {
    if (count > 1) throw tooMany(letter);
    return free(field);
  };
const text = (field: NamedField, style: TextStyle, standalone = false): Item => ({
  kind: 'text',
  field,
  style,
  standalone,
});
const named =
  (field: NamedField, numeric: NumberField, standalone = false): Make =>
  (count, letter) => {
    if (letter === 'c' && count === 2) throw illegal('Invalid pattern "cc"');
    if (count > 5) throw tooMany(letter);
    if (count <= 2) return letter === 'E' ? text(field, 'short') : count === 1 ? free(numeric) : fixed(numeric, 2);
    return text(field, count === 3 ? 'short' : count === 4 ? 'long' : 'narrow', standalone);
  };
const quarter: Make = (count, letter) => {
  if (count > 5) throw tooMany(letter);
  if (count === 2) return fixed('Q', 2);
  // A narrow name is the number.
  if (count === 1 || count === 5) return free('Q');
  return { kind: 'quarter', long: count === 4 };
};
const offset = (count: number, zero: string): OffsetItem => ({
  kind: 'offset',
  colon: count === 3 || count === 5,
  optionalMinutes: count === 1,
  seconds: count > 3,
  zero,
});
const genericName: Make = (count, letter) => {
  if (count !== 1 && count !== 4) throw illegal(`Wrong number of pattern letters: ${letter}`);
  return { kind: 'zoneName', style: count === 1 ? 'shortGeneric' : 'longGeneric' };
};
const limited =
  (max: number, make: (count: number) => Item): Make =>
  (count, letter) => {
    if (count > max) throw tooMany(letter);
    return make(count);
  };

const LETTERS: Readonly<Record<string, Make>> = {
  G: limited(5, (count) => text('era', count < 4 ? 'short' : count === 4 ? 'long' : 'narrow')),
  u: year('u'),
  y: year('y'),
  Y: year('Y'),
  Q: quarter,
  q: quarter,
  M: named('month', 'M'),
  L: named('month', 'M', true),
  E: named('weekday', 'E'),
  e: named('weekday', 'e'),
  c: named('weekday', 'e', true),
  w: upToTwo('w'),
  W: single('W'),
  F: single('F'),
  D: limited(3, (count) => (count === 1 ? free('D') : number('D', count, 3, 'notNegative'))),
  d: upToTwo('d'),
  H: upToTwo('H'),
  k: upToTwo('k'),
  K: upToTwo('K'),
  h: upToTwo('h'),
  m: upToTwo('m'),
  s: upToTwo('s'),
  S: (count) => {
    if (count > 9) throw illegal(`Minimum width must be from 0 to 9 inclusive but was ${count}`);
    return number('n', count, count, 'notNegative', 'fraction');
  },
  A: many('A', 'notNegative'),
  n: many('n', 'notNegative'),
  N: many('N', 'notNegative'),
  g: many('g', 'normal'),
  a: limited(1, () => text('half', 'short')),
  B: (count, letter) => {
    if (count !== 1 && count !== 4 && count !== 5) throw illegal(`Wrong number of pattern letters: ${letter}`);
    return { kind: 'dayPeriod', style: count === 5 ? 'narrow' : 'long' };
  },
  V: (count, letter) => {
    if (count !== 2) throw illegal(`Pattern letter count must be 2: ${letter}`);
    return { kind: 'zoneId' };
  },
  v: genericName,
  z: limited(4, (count) => ({ kind: 'zoneName', style: count === 4 ? 'long' : 'short' })),
  O: (count, letter) => {
    if (count !== 1 && count !== 4) throw illegal(`Pattern letter count must be 1 or 4: ${letter}`);
    return { kind: 'gmt', full: count === 4 };
  },
  X: limited(5, (count) => offset(count, 'Z')),
  x: limited(5, (count) => offset(count, count === 1 ? '+00' : count % 2 === 0 ? '+0000' : '+00:00')),
  Z: limited(5, (count) =>
    count === 4 ? { kind: 'gmt', full: true } : count === 5 ? offset(5, 'Z') : offset(2, '+0000'),
  ),
};
