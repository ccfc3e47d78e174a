import { JavaError } from './error.js';

export type TextStyle = 'short' | 'long' | 'narrow';
/** What has a name: era (0, 1), month (1…12), day of the week (1 = Monday), half of the day (0, 1). */
export type NamedField = 'era' | 'month' | 'weekday' | 'half';

/** The names of a field, by their number less the field's first; `standalone` as in a calendar's headline. */
export function dateNames(field: NamedField, locale: string, style: TextStyle, standalone = false): readonly string[] {
  const key = `${field} ${locale} ${style} ${standalone}`;
  let names = known.get(key);
  if (names === undefined) {
    names = NAMES[field](locale, style, standalone);
    known.set(key, names);
  }
  return names;
}

/** LocaleUtils.toLocale; an empty one is English. Throws IllegalArgumentException. */
export function localeName(text: string): string {
  if (text === '' || /^[a-z]{2,3}([_-]([A-Z]{2}|\d{3})?([_-].+)?)?$/.test(text)) return text || 'en';
  throw new JavaError('java.lang.IllegalArgumentException', `Invalid locale format: ${text}`);
}

/** A Java locale (`en_GB`) as JavaScript wants it; English when it is not well formed. */
export function languageTag(locale: string): string {
  const tag = locale.replaceAll('_', '-');
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

type Namer = (locale: string, style: TextStyle, standalone: boolean) => readonly string[];
const known = new Map<string, readonly string[]>();
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const NAMES: Readonly<Record<NamedField, Namer>> = {
  month: (locale, style, standalone) =>
    upTo(12).map((i) => {
      const at = Date.UTC(2018, i, 1);
      const inDate = part(locale, { month: style, day: 'numeric' }, 'month', at);
      // Some languages write a number within a date; the name then stands alone.
      return standalone || style === 'narrow' || /\d/.test(inDate)
        ? part(locale, { month: style }, 'month', at)
        : inDate;
    }),
  // 2018-01-01 was a Monday.
  weekday: (locale, style, standalone) =>
    upTo(7).map((i) => {
      const at = Date.UTC(2018, 0, 1 + i);
      if (standalone || style === 'narrow') return part(locale, { weekday: style }, 'weekday', at);
      return part(locale, { weekday: style, day: 'numeric', month: 'short' }, 'weekday', at);
    }),
  half: (locale) =>
    [3, 15].map(
      (hour) =>
        part(locale, { hour: 'numeric', hour12: true }, 'dayPeriod', Date.UTC(2018, 0, 1, hour)) ||
        (hour < 12 ? 'AM' : 'PM'),
    ),
  era: (locale, style) =>
    locale === 'en' || locale.startsWith('en-')
      ? ENGLISH_ERAS[style]
      : [-5000, 2018].map((year) => {
          const date = new Date(0);
          date.setUTCFullYear(year);
          return part(locale, { era: style, year: 'numeric' }, 'era', date.getTime());
        }),
};

const ENGLISH_ERAS = { short: ['BC', 'AD'], long: ['Before Christ', 'Anno Domini'], narrow: ['B', 'A'] } as const;

function part(
  locale: string,
  options: Intl.DateTimeFormatOptions,
  type: Intl.DateTimeFormatPartTypes,
  at: number,
): string {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return format.formatToParts(at).find((found) => found.type === type)?.value ?? '';
}
