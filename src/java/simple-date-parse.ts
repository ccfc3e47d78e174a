import { DAY, epochDay } from './calendar.js';
import { dateNames } from './date-names.js';
import type { Run } from './simple-date-format.js';
import { localToEpoch, type Zone, zoneOf } from './zone.js';

interface Reading {
  readonly locale: string;
  readonly zone: Zone;
  /** The earliest year that two digits can mean; otherwise the one 80 years ago. */
  readonly firstYear?: number | undefined;
}

/** What was read so far; `at` is where to go on. */
interface Found {
  at: number;
  readonly values: Map<string, number>;
  offset: number | undefined;
}

/** Reads the beginning of a text as a lenient SimpleDateFormat does; undefined when it does not fit. */
export function parseSimple(runs: readonly Run[], text: string, reading: Reading): number | undefined {
  const found: Found = { at: 0, values: new Map(), offset: undefined };
  for (const [i, run] of runs.entries()) {
    if (typeof run === 'string') {
      if (!text.startsWith(run, found.at)) return undefined;
      found.at += run.length;
      continue;
    }
    while (text.charAt(found.at) === ' ' || text.charAt(found.at) === '\t') found.at++;
    // A number that another field follows at once has as many digits as letters.
    const next = runs[i + 1];
    const digits = next !== undefined && typeof next !== 'string' ? run.count : 19;
    if (!readField(run, digits, text, found, reading)) return undefined;
  }
  return moment(found, reading.zone);
}

function readField(
  { letter, count }: Exclude<Run, string>,
  digits: number,
  text: string,
  found: Found,
  { locale, firstYear }: Reading,
): boolean {
  const names = (field: 'month' | 'weekday' | 'half' | 'era', first: number): boolean =>
    readName([...dateNames(field, locale, 'long'), ...dateNames(field, locale, 'short')], first, letter, text, found);
  if (letter === 'G') return names('era', 0);
  if (letter === 'a') return names('half', 0);
  if (letter === 'E') return names('weekday', 1);
  if ((letter === 'M' || letter === 'L') && count > 2) return names('month', 1);
  if (letter === 'z' || letter === 'Z' || letter === 'X') return readZone(text, found);
  return readNumber({ letter, count }, digits, text, found, firstYear);
}

function readNumber(
  { letter, count }: Exclude<Run, string>,
  digits: number,
  text: string,
  found: Found,
  firstYear: number | undefined,
): boolean {
  const match = /^-?\d+/.exec(text.slice(found.at, found.at + digits));
  if (!match) return false;
  let value = Number(match[0]);
  if (letter === 'y' && count <= 2 && /^\d\d$/.test(match[0])) value = century(value, firstYear);
  found.values.set(letter === 'L' ? 'M' : letter, value);
  found.at += match[0].length;
  return true;
}

function century(value: number, first = new Date().getFullYear() - 80): number {
  const year = first - (first % 100) + value;
  return year < first ? year + 100 : year;
}

function readName(names: readonly string[], first: number, letter: string, text: string, found: Found): boolean {
  const rest = text.slice(found.at).toLowerCase();
  let best = -1;
  for (const [i, name] of names.entries())
    if (name !== '' && rest.startsWith(name.toLowerCase()) && name.length > (names[best]?.length ?? 0)) best = i;
  if (best < 0) return false;
  found.values.set(letter === 'L' ? 'M' : letter, (best % (names.length / 2)) + first);
  found.at += names[best]?.length ?? 0;
  return true;
}

const HOURS: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  UT: 0,
  Z: 0,
  WET: 0,
  WEST: 1,
  BST: 1,
  CET: 1,
  CEST: 2,
  MEZ: 1,
  MESZ: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  IST: 5.5,
  JST: 9,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};

function readZone(text: string, found: Found): boolean {
  const rest = text.slice(found.at);
  const match = /^(?:GMT)?[+-]\d\d?(?::?\d\d)?|^[A-Za-z]+/.exec(rest);
  if (!match) return false;
  const hours = HOURS[match[0].toUpperCase()];
  found.offset = hours === undefined ? zoneOf(match[0])?.offsetAt(0) : hours * 3600;
  found.at += match[0].length;
  return found.offset !== undefined;
}

function moment({ values, offset }: Found, zone: Zone): number {
  const value = (letter: string): number | undefined => values.get(letter);
  const year = value('G') === 0 ? 1 - (value('y') ?? 1) : (value('y') ?? 1970);
  const dayOfYear = value('D');
  const day =
    dayOfYear !== undefined && value('d') === undefined
      ? epochDay(year, 1, dayOfYear)
      : epochDay(year, value('M') ?? 1, value('d') ?? 1);
  const half = value('h') ?? value('K');
  const clock = value('k');
  const hour =
    value('H') ?? (clock === undefined ? (half === undefined ? 0 : (half % 12) + 12 * (value('a') ?? 0)) : clock % 24);
  const time = ((hour * 60 + (value('m') ?? 0)) * 60 + (value('s') ?? 0)) * 1000 + (value('S') ?? 0);
  const local = day * DAY + time;
  return offset === undefined ? localToEpoch(zone, local) : local - offset * 1000;
}
