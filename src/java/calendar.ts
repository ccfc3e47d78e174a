/** A local date and time. */
export interface LocalTime {
  /** Proleptic; 0 is 1 BC. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly milli: number;
  /** 1 = Monday. */
  readonly weekday: number;
  readonly dayOfYear: number;
}

export const DAY = 86_400_000;

/** The local time at `localMs`: epoch ms plus the zone's offset. */
export function localTime(localMs: number): LocalTime {
  const date = new Date(localMs);
  const year = date.getUTCFullYear();
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    milli: date.getUTCMilliseconds(),
    weekday: date.getUTCDay() || 7,
    dayOfYear: epochDay(year, date.getUTCMonth() + 1, date.getUTCDate()) - epochDay(year, 1, 1) + 1,
  };
}

/** Days since 1970-01-01; month and day may overflow. */
export function epochDay(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / DAY);
}

export const daysInYear = (year: number): number => epochDay(year + 1, 1, 1) - epochDay(year, 1, 1);
export const daysInMonth = (year: number, month: number): number =>
  epochDay(year, month + 1, 1) - epochDay(year, month, 1);

/** How a region counts weeks. */
export interface WeekRule {
  /** 1 = Monday. */
  readonly firstDay: number;
  /** Days the first week of a year must have in it. */
  readonly minDays: number;
}

/** The rule of a locale in Java 17, which knows regions only: `fr` counts as `en_US` does. */
export function weekRule(locale: string): WeekRule {
  const region = /[-_]([A-Z]{2})\b/.exec(locale)?.[1];
  if (region === undefined) return { firstDay: 7, minDays: 1 };
  const firstDay = SUNDAY.includes(region) ? 7 : SATURDAY.includes(region) ? 6 : region === 'MV' ? 5 : 1;
  return { firstDay, minDays: FOUR_DAYS.includes(region) ? 4 : 1 };
}

const SUNDAY =
  'AG AS BD BR BS BT BW BZ CA CN CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW';
const SATURDAY = 'AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY';
const FOUR_DAYS =
  'AD AN AT AX BE BG CH CZ DE DK EE ES FI FJ FO FR GB GF GG GI GP GR HU IE IM IS IT JE LI LT LU MC MQ NL NO PL PT RE RU SE SJ SK SM VA';

/** The day of the week counted from the rule's first day, from 1. */
export const localWeekday = (weekday: number, { firstDay }: WeekRule): number => ((weekday - firstDay + 7) % 7) + 1;

/** The week of the month, 0 before the first whole one. */
export const weekOfMonth = ({ day, weekday }: LocalTime, rule: WeekRule): number => week(day, weekday, rule, day);

/** Week and year of the week-based calendar (java.time.temporal.WeekFields). */
export function weekOfYear(time: LocalTime, rule: WeekRule): { readonly year: number; readonly week: number } {
  const { year, dayOfYear, weekday } = time;
  const found = week(dayOfYear, weekday, rule, dayOfYear);
  if (found === 0) {
    const last = localTime((epochDay(year, 1, 1) - 1) * DAY);
    return { year: year - 1, week: week(last.dayOfYear, last.weekday, rule, last.dayOfYear) };
  }
  const next = week(dayOfYear, weekday, rule, daysInYear(year) + rule.minDays);
  return found >= next ? { year: year + 1, week: found - next + 1 } : { year, week: found };
}

/** The week that `counted` falls in, told from one day of the period and its weekday. */
function week(day: number, weekday: number, rule: WeekRule, counted: number): number {
  const start = (((day - localWeekday(weekday, rule)) % 7) + 7) % 7;
  const offset = start + 1 > rule.minDays ? 7 - start : -start;
  return Math.floor((7 + offset + (counted - 1)) / 7);
}
