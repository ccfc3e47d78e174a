import { DAY, daysInMonth, daysInYear, epochDay, localTime, type WeekRule } from './calendar.js';
import { type Field, fieldValue } from './date-fields.js';
import { fixedZone, localToEpoch, type Zone } from './zone.js';

/** What a text told. */
export interface Found {
  values: Map<Field, number>;
  zone: Zone | undefined;
}

/** What fields tell together, as far as they do. */
export interface ToldTime {
  /** Days since 1970-01-01. */
  readonly day?: number;
  /** Milliseconds of the day; with a day it may be a whole day's (24:00). */
  readonly time?: number;
  readonly zone?: Zone;
  /** Epoch ms; there only with day, time and an offset or a zone. */
  readonly instant?: number;
  /** What was told or follows, each by itself. */
  readonly values: ReadonlyMap<Field, number>;
}

/**
 * What fields tell together (java.time's smart resolving); undefined when they contradict each other or are out of range.
 * An offset decides the instant; the zone, if any, is kept for showing it.
 */
export function resolveDate({ values, zone }: Found, rule: WeekRule): ToldTime | undefined {
  const fields = new Fields(values);
  if (!fields.inRange() || !fields.resolveTime() || !fields.resolveYear()) return undefined;
  const day = fields.day();
  const time = fields.milliOfDay();
  if (day !== undefined && !agrees(values, day, rule)) return undefined;
  const offset = values.get('offset');
  const seen = zone ?? (offset === undefined ? undefined : fixedZone(offset));
  const instant = day === undefined || time === undefined ? undefined : instantOf(day * DAY + time, offset, zone);
  return {
    values,
    ...(day !== undefined && { day }),
    ...(time !== undefined && { time }),
    ...(seen && { zone: seen }),
    ...(instant !== undefined && { instant }),
  };
}

const instantOf = (local: number, offset: number | undefined, zone: Zone | undefined): number | undefined =>
  offset !== undefined ? local - offset * 1000 : zone && localToEpoch(zone, local);

/** What else was told of the date must be so. */
function agrees(values: ReadonlyMap<Field, number>, day: number, rule: WeekRule): boolean {
  const local = localTime(day * DAY);
  for (const [field, value] of values)
    if (isDateField(field) && field !== 'd' && fieldValue(field, local, rule) !== value) return false;
  return true;
}

const DATE_FIELDS = ['u', 'Y', 'Q', 'M', 'D', 'd', 'F', 'E', 'e', 'w', 'W', 'g'] as const;
const isDateField = (field: Field): field is (typeof DATE_FIELDS)[number] =>
  DATE_FIELDS.some((known) => known === field);

const RANGES: readonly (readonly [field: Field, low: number, high: number])[] = [
  ['M', 1, 12],
  ['d', 1, 31],
  ['k', 1, 24],
  ['h', 1, 12],
  ['K', 0, 11],
  ['H', 0, 24],
  ['m', 0, 59],
  ['s', 0, 59],
];

class Fields {
  constructor(readonly values: Map<Field, number>) {}

  /** Takes a field out: what it told is told by another one from now on. */
  #take(field: Field): number | undefined {
    const value = this.values.get(field);
    this.values.delete(field);
    return value;
  }

  /** Sets a field that follows from others; false when it was told otherwise. */
  #derive(field: Field, value: number): boolean {
    const old = this.values.get(field);
    this.values.set(field, value);
    return old === undefined || old === value;
  }

  #within(field: Field, low: number, high: number): boolean {
    const value = this.values.get(field);
    return value === undefined || (value >= low && value <= high);
  }

  inRange(): boolean {
    return RANGES.every(([field, low, high]) => this.#within(field, low, high));
  }

  resolveTime(): boolean {
    const { values } = this;
    const clock = this.#take('k');
    if (clock !== undefined && !this.#derive('H', clock % 24)) return false;
    const clockHalf = this.#take('h');
    if (clockHalf !== undefined && !this.#derive('K', clockHalf % 12)) return false;
    if (values.has('K') && values.has('half')) {
      const hour = (this.#take('half') ?? 0) * 12 + (this.#take('K') ?? 0);
      if (!this.#derive('H', hour)) return false;
    }
    return this.#resolveDayTime() && this.#agreeingMilli();
  }

  /** `A` and `N` tell all of the time. */
  #resolveDayTime(): boolean {
    const nanos = this.values.get('N');
    const milli = this.values.get('A') ?? (nanos === undefined ? undefined : Math.trunc(nanos / 1_000_000));
    if (milli === undefined) return true;
    if (milli >= DAY) return false;
    const rest = nanos === undefined ? (milli % 1000) * 1_000_000 : nanos % 1_000_000_000;
    return (
      this.#derive('H', Math.trunc(milli / 3_600_000)) &&
      this.#derive('m', Math.trunc(milli / 60_000) % 60) &&
      this.#derive('s', Math.trunc(milli / 1000) % 60) &&
      this.#derive('n', rest)
    );
  }

  /** A default for the milliseconds contradicts a fraction that was read: why `__timeShift` never reads `SSS`. */
  #agreeingMilli(): boolean {
    const milli = this.values.get('milli');
    const nanos = this.values.get('n');
    return milli === undefined || nanos === undefined || Math.trunc(nanos / 1_000_000) === milli;
  }

  resolveYear(): boolean {
    const ofEra = this.#take('y');
    if (ofEra === undefined) return true;
    if (ofEra < 1) return false;
    const era = this.#take('era');
    const year = this.values.get('u');
    const positive = era === undefined ? year === undefined || year > 0 : era === 1;
    return this.#derive('u', positive ? ofEra : 1 - ofEra);
  }

  /** The epoch day; a day beyond the month's last one is the last one, but never beyond 31. */
  day(): number | undefined {
    const { values } = this;
    const modified = values.get('g');
    if (modified !== undefined && !values.has('u')) return modified - 40_587;
    const year = values.get('u');
    const month = values.get('M');
    const day = values.get('d');
    if (year === undefined) return undefined;
    if (month !== undefined && day !== undefined) return epochDay(year, month, Math.min(day, daysInMonth(year, month)));
    const ofYear = values.get('D');
    if (ofYear === undefined || ofYear < 1 || ofYear > daysInYear(year)) return undefined;
    return epochDay(year, 1, ofYear);
  }

  /** 24:00 is the next day's beginning. */
  milliOfDay(): number | undefined {
    const { values } = this;
    const hour = values.get('H');
    if (hour === undefined || (values.has('s') && !values.has('m'))) return undefined;
    const minute = values.get('m') ?? 0;
    const second = values.get('s') ?? 0;
    const milli = Math.trunc((values.get('n') ?? 0) / 1_000_000);
    const midnight = hour === 24 && minute === 0 && second === 0 && milli === 0;
    if (hour === 24 && !midnight) return undefined;
    return ((hour * 60 + minute) * 60 + second) * 1000 + milli;
  }
}
