import type { DateTimeFormat } from '../../java/index.js';
import { dateTimeFormat, type Field, JavaError, javaTrim, localeName, localToday, toldDay } from '../../java/index.js';
import type { User } from '../../model/index.js';
import { fn } from '../function.js';
import { store } from '../store.js';

/**
 * A day between two, the last one not included, in a java.time pattern (`yyyy-MM-dd`); no start is today. A date that does
 * not fit counts as 1970-01-01; an end before the start gives "".
 * Throws IllegalArgumentException when both are the same day, DateTimeException for a pattern with a time.
 */
export const randomDate = fn({
  name: '__RandomDate',
  min: 3,
  max: 5,
  usage: '[format], [start], end, [locale], [variable]',
  compile([formatText, startText, endText, localeText, variable]) {
    // One that was given stays for evaluations that give none.
    let locale = 'en';
    return (user) => {
      const given = javaTrim(localeText?.evaluate(user) ?? '');
      if (given !== '') locale = localeName(given);
      const format = formatOf(javaTrim(formatText?.evaluate(user) ?? '') || 'yyyy-MM-dd', locale, user);
      if (format === undefined) return '';
      const from = javaTrim(startText?.evaluate(user) ?? '');
      const start = from === '' ? localToday(user.test.clock.now()) : dayOf(from, format, 'Start', user);
      const end = dayOf(javaTrim(endText?.evaluate(user) ?? ''), format, 'End', user);
      const value = between(start, end, format, user);
      if (value === undefined) return '';
      store(user, variable, value);
      return value;
    };
  },
});

const CATEGORY = 'o.a.j.f.RandomDate';

function formatOf(pattern: string, locale: string, user: User): DateTimeFormat | undefined {
  try {
    return dateTimeFormat(pattern, locale);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    user.test.log.write('ERROR', CATEGORY, `Format date pattern '${pattern}' is invalid ${error}`);
    return undefined;
  }
}

/** Days since 1970-01-01. */
function dayOf(text: string, format: DateTimeFormat, which: string, user: User): number {
  const year = new Date(user.test.clock.now()).getFullYear();
  const defaults: ReadonlyMap<Field, number> = new Map<Field, number>([
    ['d', 1],
    ['M', 1],
    ['y', year],
  ]);
  const day = format.read(text, { defaults })?.day;
  if (day === undefined) user.test.log.write('ERROR', CATEGORY, `Failed to parse ${which} Date '${text}'`);
  return day ?? 0;
}

/** Undefined when the end comes first. */
function between(start: number, end: number, format: DateTimeFormat, user: User): string | undefined {
  if (end < start) {
    user.test.log.write('ERROR', CATEGORY, 'End Date must be greater than Start Date');
    return undefined;
  }
  if (end === start) throw new JavaError('java.lang.IllegalArgumentException', 'bound must be greater than origin');
  return format.show(toldDay(start + Math.floor(user.random() * (end - start))));
}
