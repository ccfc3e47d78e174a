import { DAY, type LocalTime, localTime, type WeekRule, weekRule } from './calendar.js';
import { type Field, type FieldValues, fieldValue } from './date-fields.js';
import { dateNames, languageTag, type NamedField } from './date-names.js';
import { parseDate } from './date-parse.js';
import { type Item, type NumberItem, type OffsetItem, parseDatePattern } from './date-pattern.js';
import type { ToldTime } from './date-resolve.js';
import { JavaError } from './error.js';
import { fixedZone, offsetText, systemZone, type Zone, zoneName } from './zone.js';

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
  /** What a text tells, be it a moment or less; undefined when it does not fit the pattern. */
  read(text: string, given?: { readonly defaults?: FieldValues; readonly zone?: Zone }): ToldTime | undefined;
  /** Shows a moment in `zone`, or the parts of a date that is none. Throws DateTimeException when the pattern shows more. */
  show(told: ToldTime, zone?: Zone): string;
}

/**
 * DateTimeFormatter.ofPattern of Java 17; the locale as Java writes it (`en_GB`).
 * Throws IllegalArgumentException for a wrong pattern.
 */
export function dateTimeFormat(pattern: string, locale = 'en'): DateTimeFormat {
  const items = parseDatePattern(pattern);
  const context: Printing = { locale: languageTag(locale), rule: weekRule(locale) };
  const format = (time: ZonedTime): string => {
    const offset = time.zone.offsetAt(time.epochMs);
    return print(items, { ...time, ...context, offset, local: localTime(time.epochMs + offset * 1000) });
  };
  const read: DateTimeFormat['read'] = (text, { defaults = new Map(), zone } = {}) =>
    parseDate(items, text, { ...context, defaults, zone });
  return {
    format,
    read,
    parse(text, defaults = new Map()) {
      const told = read(text, { defaults });
      return told?.instant === undefined || !told.zone ? undefined : { epochMs: told.instant, zone: told.zone };
    },
    show(told, zone) {
      // In the zone that it is seen in already Java shows what was told as it is, with the offset that was told, if any.
      return told.instant === undefined || zone === undefined || (told.day !== undefined && told.zone?.id === zone.id)
        ? print(items, shownParts(told, context, zone))
        : format({ epochMs: told.instant, zone });
    },
  };
}

/** A moment that is known in full. */
export const epochTold = (epochMs: number, zone: Zone): ToldTime => ({ instant: epochMs, zone, values: new Map() });

/** A day without time or zone: java.time.LocalDate, in days since 1970-01-01. */
export const toldDay = (day: number): ToldTime => ({ day, values: new Map() });

/** The day that a moment falls on in the zone of this process, in days since 1970-01-01. */
export const localToday = (epochMs: number): number =>
  Math.floor((epochMs + systemZone.offsetAt(epochMs) * 1000) / DAY);

interface Printing {
  readonly locale: string;
  readonly rule: WeekRule;
}
interface Shown extends Printing, ZonedTime {
  readonly offset: number;
  readonly local: LocalTime;
  /** Without a moment nobody knows whether it is summer time: zones have their generic names. */
  readonly timeless?: boolean;
  /** Set when only a part of a moment is known: whether an item can be shown. */
  readonly knows?: (item: Item) => boolean;
}

function shownParts(told: ToldTime, context: Printing, zone: Zone | undefined): Shown {
  const { day, time, values } = told;
  const local = localTime((day ?? 0) * DAY + (time ?? 0));
  const part = (field: Field, known: number): number => values.get(field) ?? known;
  const { year, month, hour, minute, second } = local;
  return {
    ...context,
    epochMs: told.instant ?? 0,
    zone: zone ?? fixedZone(0),
    offset: part('offset', 0),
    // What was told by itself, such as a year without a day, is shown by itself.
    local: {
      ...local,
      ...(day === undefined && { year: part('u', year), month: part('M', month), day: part('d', 1) }),
      ...(day === undefined && { weekday: part('E', 1) }),
      ...(time === undefined && {
        hour: part('H', part('half', 0) * 12 + part('K', hour)),
        minute: part('m', minute),
        second: part('s', second),
      }),
    },
    timeless: told.instant === undefined,
    knows: (item) => knows(item, told, zone),
  };
}

function knows(item: Item, { day, time, values }: ToldTime, zone: Zone | undefined): boolean {
  const has = (field: Field): boolean => values.has(field) || (isTimeField(field) ? time : day) !== undefined;
  switch (item.kind) {
    case 'number':
      return has(item.field);
    case 'text':
      return has(({ month: 'M', weekday: 'E', half: 'half', era: 'era' } as const)[item.field]);
    case 'quarter':
      return has('Q');
    case 'offset':
    case 'gmt':
      return values.has('offset');
    case 'zoneId':
    case 'zoneName':
      return zone !== undefined;
    case 'dayPeriod':
      return time !== undefined;
    case 'pad':
      return knows(item.item, { day, time, values } as ToldTime, zone);
    default:
      return true;
  }
}

const TIME_FIELDS: ReadonlySet<Field> = new Set(['H', 'k', 'K', 'h', 'm', 's', 'n', 'A', 'N', 'half']);
const isTimeField = (field: Field): boolean => TIME_FIELDS.has(field);

function print(items: readonly Item[], shown: Shown): string {
  let text = '';
  for (const item of items) {
    if (shown.knows?.(item) === false) throw new JavaError(UNSUPPORTED, `Unsupported field: ${item.kind}`);
    text += printItem(item, shown);
  }
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
      return zoneName(shown.zone, shown.epochMs, locale, shown.timeless ? GENERIC[item.style] : item.style);
    case 'dayPeriod':
      return dayPeriod(local, locale, item.style);
    case 'optional':
      return printOptional(item.items, shown);
    case 'pad':
      return printItem(item.item, shown).padStart(item.width);
  }
}

const GENERIC = {
  short: 'shortGeneric',
  long: 'longGeneric',
  shortGeneric: 'shortGeneric',
  longGeneric: 'longGeneric',
} as const;

const UNSUPPORTED = 'java.time.temporal.UnsupportedTemporalTypeException';

/** Nothing when a part of it is not known. */
function printOptional(items: readonly Item[], shown: Shown): string {
  try {
    return print(items, shown);
  } catch (error) {
    if (error instanceof JavaError && error.javaClass === UNSUPPORTED) return '';
    throw error;
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
