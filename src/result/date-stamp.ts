import { dateTimeFormat, ENGLISH_DAYS, ENGLISH_MONTHS, systemZone } from '../java/index.js';

/** Formats a moment (epoch ms) in the zone of this process. */
export type DateStamp = (ms: number) => string;

/**
 * The format of a SimpleDateFormat pattern as commons-lang's FastDateFormat, which JMeter 5.6.3 stamps its rows with,
 * prints it in English; undefined for a pattern that SimpleDateFormat refuses. Unlike in java.time `S` is the number of
 * milliseconds, not a fraction, and `u` the day of the week.
 */
export function dateStamp(pattern: string): DateStamp | undefined {
  const parts: ((date: Date) => string)[] = [];
  let rest = pattern;
  while (rest !== '') {
    const token = TOKEN.exec(rest)?.[0];
    if (token === undefined) return undefined;
    rest = rest.slice(token.length);
    const part = /^[A-Za-z]/.test(token) ? field(token.charAt(0), token.length) : literal(token);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return remembered((ms) => {
    const date = new Date(ms);
    let text = '';
    for (const part of parts) text += part(date);
    return text;
  });
}

/** A quoted text, a run of one letter, or a run of other characters. */
const TOKEN = /^(?:'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+)/;

function literal(token: string): () => string {
  const inner = token.startsWith("'") ? token.slice(1, -1).replaceAll("''", "'") || (token === "''" ? "'" : '') : token;
  return () => inner;
}

type Part = (date: Date) => string;
const NUMBERS: Readonly<Record<string, (d: Date) => number>> = {
  d: (d) => d.getDate(),
  H: (d) => d.getHours(),
  k: (d) => d.getHours() || 24,
  K: (d) => d.getHours() % 12,
  h: (d) => d.getHours() % 12 || 12,
  m: (d) => d.getMinutes(),
  s: (d) => d.getSeconds(),
  S: (d) => d.getMilliseconds(),
  u: (d) => d.getDay() || 7,
  D: (d) => dayOfYear(d),
  F: (d) => Math.floor((d.getDate() - 1) / 7) + 1,
  W: (d) => weekOf(d.getDate(), d.getDay()),
  w: (d) => (weekYear(d) > d.getFullYear() ? 1 : weekOf(dayOfYear(d), d.getDay())),
};

/** What a letter repeated `length` times prints; undefined for a letter that means nothing. */
function field(letter: string, length: number): Part | undefined {
  const number = NUMBERS[letter];
  if (number !== undefined) return (d) => String(number(d)).padStart(length, '0');
  switch (letter) {
    case 'y':
      return year(length, (d) => d.getFullYear());
    case 'Y':
      return year(length, weekYear);
    case 'M':
    case 'L':
      return month(length);
    case 'E':
      return (d) => name(ENGLISH_DAYS[d.getDay()] ?? '', length >= 4);
    case 'a':
      return (d) => (d.getHours() < 12 ? 'AM' : 'PM');
    case 'G':
      return () => 'AD';
    case 'z': {
      const zone = dateTimeFormat(length >= 4 ? 'zzzz' : 'z');
      return (d) => zone.format({ epochMs: d.getTime(), zone: systemZone });
    }
    case 'Z':
      return (d) => offset(d, length > 1 ? ':' : '', length === 2);
    case 'X':
      return length > 3 ? undefined : (d) => offset(d, length === 3 ? ':' : '', true).slice(0, length === 1 ? 3 : 6);
    default:
      return undefined;
  }
}

const year =
  (length: number, of: (d: Date) => number): Part =>
  (d) =>
    length === 2 ? two(of(d) % 100) : String(of(d)).padStart(Math.max(4, length), '0');

function month(length: number): Part {
  if (length < 3) return (d) => String(d.getMonth() + 1).padStart(length, '0');
  return (d) => name(ENGLISH_MONTHS[d.getMonth()] ?? '', length >= 4);
}

function offset(d: Date, separator: string, zForZero: boolean): string {
  const minutes = -d.getTimezoneOffset();
  if (minutes === 0 && zForZero) return 'Z';
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${separator}${two(size % 60)}`;
}

const two = (n: number): string => String(n).padStart(2, '0');
const name = (full: string, long: boolean): string => (long ? full : full.slice(0, 3));
const dayOfYear = (d: Date): number =>
  Math.round((Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) - Date.UTC(d.getFullYear(), 0, 1)) / 86_400_000) + 1;
/** Weeks begin on Sunday and the first one may be short, as in Java's English locale. */
const weekOf = (day: number, weekday: number): number =>
  Math.floor((day - 1 + ((weekday - day + 1 + 371) % 7)) / 7) + 1;
/** The year whose first week this day's week is, when it holds a New Year's Day. */
const weekYear = (d: Date): number =>
  new Date(d.getFullYear(), d.getMonth(), d.getDate() + 6 - d.getDay()).getFullYear();

/** Many samples fall into the same millisecond. */
function remembered(format: DateStamp): DateStamp {
  let last = Number.NaN;
  let text = '';
  return (ms) => {
    if (ms === last) return text;
    text = format(ms);
    last = ms;
    return text;
  };
}
