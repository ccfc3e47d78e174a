import { DAY, daysInMonth, daysInYear, epochDay, localTime, type WeekRule } from './calendar.js';
import { type Field, fieldValue } from './date-fields.js';
import type { ZonedTime } from './date-format.js';
import { fixedZone, localToEpoch, type Zone } from './zone.js';

/** What a text told. */
export interface Found {
  values: Map<Field, number>;
  zone: Zone | undefined;
}

/**
 * The moment that fields tell together (java.time's smart resolving); undefined when they contradict each other, are out
 * of range, or leave the moment open. An offset decides the instant; the zone, if any, is kept for showing it.
 */
export function resolveDate({ values, zone }: Found, rule: WeekRule): ZonedTime | undefined {
  const fields = new Fields(values);
  if (!fields.resolveTime() || !fields.resolveYear()) return undefined;
  const day = fields.day();
  const time = fields.milliOfDay();
  if (day === undefined || time === undefined) return undefined;
  const local = localTime(day * DAY);
  // What else was told of the date must be so.
  for (const [field, value] of values)
    if (isDateField(field) && field !== 'd' && fieldValue(field, local, rule) !== value) return undefined;
  const offset = values.get('offset');
  if (offset !== undefined) return { epochMs: day * DAY + time - offset * 1000, zone: zone ?? fixedZone(offset) };
  return zone && { epochMs: localToEpoch(zone, day * DAY + time), zone };
}

const DATE_FIELDS = ['u', 'Y', 'Q', 'M', 'D', 'd', 'F', 'E', 'e', 'w', 'W', 'g'] as const;
const isDateField = (field: Field): field is (typeof DATE_FIELDS)[number] =>
  DATE_FIELDS.some((known) => known === field);

class Fields {
  constructor(readonly values: Map<Field, number>) {}

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

  resolveTime(): boolean {
    if (!this.#within('k', 1, 24) || !this.#within('h', 1, 12) || !this.#within('K', 0, 11)) return false;
    const { values } = this;
    const clock = values.get('k');
    if (clock !== undefined && !this.#derive('H', clock % 24)) return false;
    const clockHalf = values.get('h');
    if (clockHalf !== undefined && !this.#derive('K', clockHalf % 12)) return false;
    const hour = values.get('K');
    const half = values.get('half');
    if (hour !== undefined && half !== undefined && !this.#derive('H', half * 12 + hour)) return false;
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
    const ofEra = this.values.get('y');
    if (ofEra === undefined) return true;
    if (ofEra < 1) return false;
    const era = this.values.get('era');
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
    if (year === undefined || !this.#within('M', 1, 12) || !this.#within('d', 1, 31)) return undefined;
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
    if ((hour > 23 && !midnight) || minute > 59 || second > 59) return undefined;
    return ((hour * 60 + minute) * 60 + second) * 1000 + milli;
  }
}
