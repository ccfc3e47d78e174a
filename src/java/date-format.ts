import { type LocalTime, localTime, type WeekRule, weekRule } from './calendar.js';
import { type FieldValues, fieldValue } from './date-fields.js';
import { dateNames, languageTag, type NamedField } from './date-names.js';
import { parseDate } from './date-parse.js';
import { type Item, type NumberItem, type OffsetItem, parseDatePattern } from './date-pattern.js';
import { offsetText, type Zone, zoneName } from './zone.js';

/** A moment and the zone it is seen in: java.time.ZonedDateTime. */
export interface ZonedTime {
  readonly epochMs: number;
  readonly zone: Zone;
}

/** A java.time.format.DateTimeFormatter. */
export interface DateTimeFormat {
  format(time: ZonedTime): string;
  /** The moment a text tells, fields it lacks taken from `defaults`; undefined when it does not fit the pattern. */
  parse(text: string, defaults?: FieldValues): ZonedTime | undefined;
}

/**
 * DateTimeFormatter.ofPattern of Java 17; the locale as Java writes it (`en_GB`).
 * Throws IllegalArgumentException for a wrong pattern.
 */
export function dateTimeFormat(pattern: string, locale = 'en'): DateTimeFormat {
  const items = parseDatePattern(pattern);
  const context: Printing = { locale: languageTag(locale), rule: weekRule(locale) };
  return {
    format(time) {
      const offset = time.zone.offsetAt(time.epochMs);
      const shown: Shown = { ...time, ...context, offset, local: localTime(time.epochMs + offset * 1000) };
      return print(items, shown);
    },
    parse: (text, defaults) => parseDate(items, text, { ...context, defaults: defaults ?? new Map() }),
  };
}

interface Printing {
  readonly locale: string;
  readonly rule: WeekRule;
}
interface Shown extends Printing, ZonedTime {
  readonly offset: number;
  readonly local: LocalTime;
}

function print(items: readonly Item[], shown: Shown): string {
  let text = '';
  for (const item of items) text += printItem(item, shown);
  return text;
}

function printItem(item: Item, shown: Shown): string {
  const { local, locale, offset } = shown;
  switch (item.kind) {
    case 'literal':
      return item.text;
    case 'number':
      return printNumber(item, fieldValue(item.field, local, shown.rule));
    case 'text':
      return dateNames(item.field, locale, item.style, item.standalone)[nameIndex(item.field, local)] ?? '';
    case 'quarter':
      return item.long
        ? (QUARTERS[fieldValue('Q', local, shown.rule) - 1] ?? '')
        : `Q${fieldValue('Q', local, shown.rule)}`;
    case 'offset':
      return printOffset(item, offset);
    case 'gmt':
      return printGmt(offset, item.full);
    case 'zoneId':
      return shown.zone.id;
    case 'zoneName':
      return zoneName(shown.zone, shown.epochMs, locale, item.style);
    case 'dayPeriod':
      return dayPeriod(local, locale, item.style);
    case 'optional':
      return print(item.items, shown);
    case 'pad':
      return printItem(item.item, shown).padStart(item.width);
  }
}

const QUARTERS = ['1st quarter', '2nd quarter', '3rd quarter', '4th quarter'];

const nameIndex = (field: NamedField, local: LocalTime): number => {
  if (field === 'month') return local.month - 1;
  if (field === 'weekday') return local.weekday - 1;
  return field === 'half' ? Math.trunc(local.hour / 12) : Number(local.year > 0);
};

function printNumber({ min, sign, special }: NumberItem, value: number): string {
  if (special === 'fraction') return String(value).padStart(9, '0').slice(0, min);
  if (special === 'reduced') return String(Math.abs(value) % 100).padStart(2, '0');
  const digits = String(Math.abs(value)).padStart(min, '0');
  if (value < 0) return `-${digits}`;
  return sign === 'exceedsPad' && digits.length > min ? `+${digits}` : digits;
}

function printOffset({ colon, optionalMinutes, seconds, zero }: OffsetItem, offset: number): string {
  if (offset === 0) return zero;
  const separator = colon ? ':' : '';
  const whole = offsetText(seconds ? offset : Math.trunc(offset / 60) * 60, separator);
  return optionalMinutes && Math.trunc(offset / 60) % 60 === 0 ? whole.slice(0, 3) : whole;
}

function printGmt(offset: number, full: boolean): string {
  if (offset === 0) return 'GMT';
  const text = offsetText(offset, ':');
  return `GMT${full ? text : text.replace(/^([+-])0/, '$1').replace(/:00$/, '')}`;
}

const dayPeriod = ({ hour, minute }: LocalTime, locale: string, style: 'short' | 'long' | 'narrow'): string =>
  new Intl.DateTimeFormat(locale, { hour: 'numeric', hour12: true, dayPeriod: style, timeZone: 'UTC' })
    .formatToParts(hour * 3_600_000 + minute * 60_000)
    .find(({ type }) => type === 'dayPeriod')?.value ?? '';
