import { type LocalTime, localTime, type WeekRule, weekOfMonth, weekOfYear, weekRule } from './calendar.js';
import { dateNames, languageTag } from './date-names.js';
import { JavaError } from './error.js';
import { parseSimple } from './simple-date-parse.js';
import { offsetText, systemZone, type Zone, zoneName } from './zone.js';

/** A java.text.SimpleDateFormat. */
export interface SimpleDateFormat {
  /** Epoch ms to text. */
  format(epochMs: number): string;
  /** The epoch ms that a text begins with, read leniently (`2021-13-45`, any case); undefined when it does not fit. */
  parse(text: string): number | undefined;
}

/** A run of one pattern letter, or literal text. */
export type Run = { readonly letter: string; readonly count: number } | string;

/**
 * java.text.SimpleDateFormat of Java 17: unlike java.time's patterns, `u` is the day of the week, `S` milliseconds, `E` and
 * `M` take any count, brackets are text. Two digits of a year mean the first such year from `firstYear` on. Throws IllegalArgumentException for
 * a wrong pattern.
 */
export function simpleDateFormat(
  pattern: string,
  locale = 'en',
  zone: Zone = systemZone,
  firstYear?: number,
): SimpleDateFormat {
  const runs = readRuns(pattern);
  const context = { zone, locale: languageTag(locale), rule: weekRule(locale) };
  return {
    format(epochMs) {
      const offset = zone.offsetAt(epochMs);
      const shown: Shown = { ...context, epochMs, offset, local: localTime(epochMs + offset * 1000) };
      let text = '';
      for (const run of runs) text += typeof run === 'string' ? run : (LETTERS[run.letter]?.(shown, run.count) ?? '');
      return text;
    },
    parse: (text) => parseSimple(runs, text, { ...context, firstYear }),
  };
}

interface Shown {
  readonly epochMs: number;
  readonly zone: Zone;
  readonly offset: number;
  readonly local: LocalTime;
  readonly locale: string;
  readonly rule: WeekRule;
}

const illegal = (what: string): JavaError => new JavaError('java.lang.IllegalArgumentException', what);

function readRuns(pattern: string): readonly Run[] {
  const runs: Run[] = [];
  const literal = (text: string): void => {
    const last = runs.at(-1);
    if (typeof last === 'string') runs[runs.length - 1] = last + text;
    else runs.push(text);
  };
  const pieces = pattern.match(/''|'(?:[^']|'')*'|'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  for (const piece of pieces) {
    const letter = piece.charAt(0);
    if (piece === "'") throw illegal('Unterminated quote');
    if (piece === "''") literal("'");
    else if (letter === "'") literal(piece.slice(1, -1).replaceAll("''", "'"));
    else if (!/[A-Za-z]/.test(letter)) literal(piece);
    else {
      if (!LETTERS[letter]) throw illegal(`Illegal pattern character '${letter}'`);
      if (letter === 'X' && piece.length > 3) throw illegal(`invalid ISO 8601 format: length=${piece.length}`);
      runs.push({ letter, count: piece.length });
    }
  }
  return runs;
}

type Print = (shown: Shown, count: number) => string;
const padded =
  (read: (local: LocalTime, rule: WeekRule) => number): Print =>
  ({ local, rule }, count) =>
    String(read(local, rule)).padStart(count, '0');
const year =
  (read: (local: LocalTime, rule: WeekRule) => number): Print =>
  ({ local, rule }, count) => {
    const value = read(local, rule);
    return count === 2 ? String(value % 100).padStart(2, '0') : String(value).padStart(count, '0');
  };
const month =
  (standalone: boolean): Print =>
  ({ local, locale }, count) =>
    count < 3
      ? String(local.month).padStart(count, '0')
      : (dateNames('month', locale, count === 3 ? 'short' : 'long', standalone)[local.month - 1] ?? '');

const LETTERS: Readonly<Record<string, Print>> = {
  G: ({ local, locale }) => dateNames('era', locale, 'short')[Number(local.year > 0)] ?? '',
  y: year((local) => (local.year > 0 ? local.year : 1 - local.year)),
  Y: year((local, rule) => weekOfYear(local, rule).year),
  M: month(false),
  L: month(true),
  w: padded((local, rule) => weekOfYear(local, rule).week),
  W: padded(weekOfMonth),
  D: padded(({ dayOfYear }) => dayOfYear),
  d: padded(({ day }) => day),
  // The how-manieth of its weekday in the month.
  F: padded(({ day }) => Math.ceil(day / 7)),
  E: ({ local, locale }, count) => dateNames('weekday', locale, count < 4 ? 'short' : 'long')[local.weekday - 1] ?? '',
  u: padded(({ weekday }) => weekday),
  a: ({ local, locale }) => dateNames('half', locale, 'short')[local.hour < 12 ? 0 : 1] ?? '',
  H: padded(({ hour }) => hour),
  k: padded(({ hour }) => hour || 24),
  K: padded(({ hour }) => hour % 12),
  h: padded(({ hour }) => hour % 12 || 12),
  m: padded(({ minute }) => minute),
  s: padded(({ second }) => second),
  S: padded(({ milli }) => milli),
  z: ({ zone, epochMs, locale }, count) => zoneName(zone, epochMs, locale, count < 4 ? 'short' : 'long'),
  Z: ({ offset }) => offsetText(Math.trunc(offset / 60) * 60, ''),
  X: ({ offset }, count) => {
    if (offset === 0) return 'Z';
    const text = offsetText(Math.trunc(offset / 60) * 60, count === 3 ? ':' : '');
    return count === 1 ? text.slice(0, 3) : text;
  },
};
