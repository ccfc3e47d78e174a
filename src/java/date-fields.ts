import { epochDay, type LocalTime, localWeekday, type WeekRule, weekOfMonth, weekOfYear } from './calendar.js';
import type { NumberField } from './date-pattern.js';

/** What a text can tell beside the numbers: era, half of the day, the offset in seconds; `milli` is a default's only. */
export type Field = NumberField | 'era' | 'half' | 'offset' | 'milli';
export type FieldValues = ReadonlyMap<Field, number>;

/** The number a pattern letter shows of a local time. */
export function fieldValue(field: NumberField, local: LocalTime, rule: WeekRule): number {
  const read = VALUES[field];
  return read(local, rule);
}

const milliOfDay = ({ hour, minute, second, milli }: LocalTime): number =>
  ((hour * 60 + minute) * 60 + second) * 1000 + milli;

const quarterOf = ({ month }: LocalTime): number => Math.ceil(month / 3);

const VALUES: Readonly<Record<NumberField, (local: LocalTime, rule: WeekRule) => number>> = {
  u: ({ year }) => year,
  y: ({ year }) => (year > 0 ? year : 1 - year),
  Y: (local, rule) => weekOfYear(local, rule).year,
  Q: quarterOf,
  M: ({ month }) => month,
  D: ({ dayOfYear }) => dayOfYear,
  d: ({ day }) => day,
  F: ({ day }) => ((day - 1) % 7) + 1,
  E: ({ weekday }) => weekday,
  e: ({ weekday }, rule) => localWeekday(weekday, rule),
  w: (local, rule) => weekOfYear(local, rule).week,
  W: weekOfMonth,
  H: ({ hour }) => hour,
  k: ({ hour }) => hour || 24,
  K: ({ hour }) => hour % 12,
  h: ({ hour }) => hour % 12 || 12,
  m: ({ minute }) => minute,
  s: ({ second }) => second,
  n: ({ milli }) => milli * 1_000_000,
  A: milliOfDay,
  N: (local) => milliOfDay(local) * 1_000_000,
  // Modified Julian day: 0 is 1858-11-17.
  g: ({ year, month, day }) => epochDay(year, month, day) + 40_587,
};
