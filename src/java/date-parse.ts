import type { WeekRule } from './calendar.js';
import type { Field, FieldValues } from './date-fields.js';
import { dateNames } from './date-names.js';
import type { Item, NumberItem, OffsetItem } from './date-pattern.js';
import { type Found, resolveDate, type ToldTime } from './date-resolve.js';
import { type Zone, zoneOf } from './zone.js';

export interface Reading {
  readonly locale: string;
  readonly rule: WeekRule;
  readonly defaults: FieldValues;
  /** What a text without one is seen in. */
  readonly zone: Zone | undefined;
}

/** Reads a whole text strictly by the items of a pattern; undefined when it does not fit or contradicts itself. */
export function parseDate(items: readonly Item[], text: string, reading: Reading): ToldTime | undefined {
  const found: Found = { values: new Map(), zone: undefined };
  if (readAll(items, text, 0, found, reading) !== text.length) return undefined;
  for (const [field, value] of reading.defaults) if (!found.values.has(field)) found.values.set(field, value);
  found.zone ??= reading.zone;
  return resolveDate(found, reading.rule);
}

const NO = -1;

function readAll(items: readonly Item[], text: string, start: number, found: Found, reading: Reading): number {
  let at = start;
  for (const item of items) {
    at = readItem(item, text, at, found, reading);
    if (at === NO) return NO;
  }
  return at;
}

function readItem(item: Item, text: string, at: number, found: Found, reading: Reading): number {
  switch (item.kind) {
    case 'literal':
      return text.startsWith(item.text, at) ? at + item.text.length : NO;
    case 'number':
      return readNumber(item, text, at, found);
    case 'text': {
      const names = dateNames(item.field, reading.locale, item.style, item.standalone);
      const fields = { month: 'M', weekday: 'E', half: 'half', era: 'era' } as const;
      const first = item.field === 'month' || item.field === 'weekday' ? 1 : 0;
      return readName(names, first, fields[item.field], text, at, found);
    }
    case 'quarter': {
      const match = /^Q([1-4])/.exec(text.slice(at));
      return match && !item.long ? put(found, 'Q', Number(match[1]), at + 2) : NO;
    }
    case 'offset':
      return readOffset(item, text, at, found);
    case 'gmt': {
      if (!text.startsWith('GMT', at)) return NO;
      const match = /^GMT([+-]\d\d?(?::\d\d)?)?/.exec(text.slice(at));
      const offset = match?.[1] ? (zoneOf(match[1])?.offsetAt(0) ?? 0) : 0;
      return match ? put(found, 'offset', offset, at + match[0].length) : NO;
    }
    case 'zoneId':
    case 'zoneName':
      return readZone(text, at, found);
    case 'dayPeriod':
      return NO;
    case 'optional': {
      const before = new Map(found.values);
      const end = readAll(item.items, text, at, found, reading);
      if (end !== NO) return end;
      found.values = before;
      return at;
    }
    case 'pad': {
      const window = text.slice(at, at + item.width);
      if (window.length < item.width) return NO;
      const blanks = window.length - window.trimStart().length;
      const end = readItem(item.item, text.slice(0, at + item.width), at + blanks, found, reading);
      return end === at + item.width ? end : NO;
    }
  }
}

/** A field that is told twice must be told the same. */
function put({ values }: Found, field: Field, value: number, end: number): number {
  const old = values.get(field);
  if (old !== undefined && old !== value) return NO;
  values.set(field, value);
  return end;
}

function readNumber(item: NumberItem, text: string, start: number, found: Found): number {
  const { min, max, sign, subsequent, special } = item;
  const signed = /[+-]/.test(text.charAt(start)) ? text.charAt(start) : '';
  // Strict: a plus only where a pad may be exceeded, a minus not where numbers are never negative.
  if (signed !== '' && (sign === 'notNegative' || (signed === '+' && sign === 'normal'))) return NO;
  const from = start + signed.length;
  const widest = max + Math.max(subsequent, 0);
  let end = from;
  while (end < from + widest && isDigit(text.charCodeAt(end))) end++;
  if (subsequent > 0) end = Math.min(end, from + Math.max(min, end - from - subsequent));
  const width = end - from;
  if (width < min) return NO;
  if (sign === 'exceedsPad' && (signed === '+' ? width <= min : signed === '' && width > min)) return NO;
  const digits = Number(text.slice(from, end));
  if (signed === '-' && digits === 0) return NO;
  const value = signed === '-' ? -digits : digits;
  if (special === 'reduced') return put(found, item.field, width === 2 ? 2000 + value : value, end);
  return put(found, item.field, special === 'fraction' ? Number(text.slice(from, end).padEnd(9, '0')) : value, end);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** The longest name that stands here, case and all. */
function readName(
  names: readonly string[],
  first: number,
  field: Field,
  text: string,
  at: number,
  found: Found,
): number {
  let best = NO;
  for (const [i, name] of names.entries())
    if (name !== '' && text.startsWith(name, at) && name.length > (names[best]?.length ?? 0)) best = i;
  return best === NO ? NO : put(found, field, best + first, at + (names[best]?.length ?? 0));
}

function readOffset(
  { colon, optionalMinutes, seconds, zero }: OffsetItem,
  text: string,
  at: number,
  found: Found,
): number {
  if (text.startsWith(zero, at)) return put(found, 'offset', 0, at + zero.length);
  const separator = colon ? ':' : '';
  const minutes = `${separator}(\\d\\d)`;
  const form = `^([+-])(\\d\\d)${optionalMinutes ? `(?:${minutes})?` : minutes}${seconds ? `(?:${minutes})?` : '()'}`;
  const match = new RegExp(form).exec(text.slice(at));
  if (!match) return NO;
  const [hour = 0, minute = 0, second = 0] = match.slice(2, 5).map((part) => Number(part ?? 0));
  if (hour > 18 || minute > 59 || second > 59) return NO;
  const total = hour * 3600 + minute * 60 + second;
  return put(found, 'offset', match[1] === '-' ? -total : total, at + match[0].length);
}

/** The longest zone id or abbreviation that stands here. */
function readZone(text: string, at: number, found: Found): number {
  const match = /^[A-Za-z][\w/+:-]*|^[+-][\d:]+/.exec(text.slice(at));
  for (let length = match?.[0].length ?? 0; length > 0; length--) {
    const zone = zoneOf(text.slice(at, at + length));
    if (!zone) continue;
    found.zone = zone;
    return at + length;
  }
  return NO;
}
