import { ENGLISH_DAYS, ENGLISH_MONTHS } from '../../java/index.js';
import { saxonError } from './error.js';
import { presented, suffix } from './format-integer.js';
import type { Moment } from './moment.js';

/** fn:format-date and its kin in English (XPath Functions 3.1 §9.8). */
export function formatMoment(moment: Moment, picture: string, type: string): string {
  let result = '';
  for (let at = 0; at < picture.length; at++) {
    const char = picture.charAt(at);
    if ((char === '[' || char === ']') && picture.charAt(at + 1) === char) {
      result += char;
      at++;
    } else if (char === '[') {
      const end = picture.indexOf(']', at);
      if (end < 0) throw saxonError("Date format contains a '[' with no matching ']'");
      result += component(moment, picture.slice(at + 1, end).replace(/\s/g, ''), type);
      at = end;
    } else if (char === ']') throw saxonError("Date format contains a ']' with no matching '['");
    else result += char;
  }
  return result;
}

const DEFAULTS: Readonly<Record<string, string>> = {
  m: '01',
  s: '01',
  F: 'n',
  P: 'n',
  C: 'n',
  E: 'n',
  Z: '01:01',
  z: '01:01',
};

function component(moment: Moment, marker: string, type: string): string {
  const found = /^([YMDdWwFHhPmsfZzCE])([^,]*?)([otac]?)(?:,(.+))?$/.exec(marker);
  if (found === null) throw saxonError(`Unknown component in format-${type} picture: [${marker}]`);
  const [, name = '', format = '', modifier = '', width = ''] = found;
  if (type === 'time' ? /[YMDdWwFE]/.test(name) : type === 'date' && /[HhPmsf]/.test(name))
    throw saxonError(
      `In format-${type}(): an xs:${type} value does not contain ${type === 'time' ? 'a date' : 'a time'} component`,
    );
  // A lone `o`, `t`, `a` or `c` is a format of its own.
  const token = format === '' && modifier === 'a' ? 'a' : format || (DEFAULTS[name] ?? '1');
  if (name === 'Z' || name === 'z') return zone(moment.zone, name, token);
  if (name === 'P') return cased(moment.hour < 12 ? 'a.m.' : 'p.m.', token);
  if (name === 'C' || name === 'E') return name === 'C' ? 'Gregorian' : 'AD';
  if (name === 'f') return fraction(moment.micros, token);
  return numbered(name, partOf(moment, name), token, modifier, width);
}

function partOf(moment: Moment, name: string): number {
  const { year, month, day, hour, minute, micros } = moment;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const start = new Date(0);
  start.setUTCFullYear(year, 0, 1);
  switch (name) {
    case 'Y':
      return Math.abs(year);
    case 'M':
      return month;
    case 'D':
      return day;
    case 'd':
      return Math.round((date.getTime() - start.getTime()) / 86_400_000) + 1;
    case 'F':
      return date.getUTCDay() === 0 ? 7 : date.getUTCDay();
    case 'W':
      return isoWeek(date);
    case 'w':
      return Math.ceil((day + ((new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7)) / 7);
    case 'H':
      return hour;
    case 'h':
      return hour % 12 || 12;
    case 'm':
      return minute;
    default:
      return Math.floor(micros / 1_000_000);
  }
}
function isoWeek(date: Date): number {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * 86_400_000);
  return Math.ceil(((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
}

function numbered(name: string, value: number, token: string, modifier: string, width: string): string {
  const [, most] = width.split('-');
  if (/^(?:N|n|Nn)$/.test(token)) {
    const word = name === 'M' ? ENGLISH_MONTHS[value - 1] : name === 'F' ? ENGLISH_DAYS[value % 7] : undefined;
    if (word !== undefined)
      return cased(most === undefined || most === '*' ? word : word.slice(0, Math.max(3, Number(most))), token);
  }
  const plain = /^(?:N|n|Nn)$/.test(token) ? '1' : token;
  let shown = value;
  // A year is cut to the width that is asked for.
  if (name === 'Y' && (plain.length === 2 || most === '2')) shown = value % 100;
  const text = presented(shown, plain, false);
  const least = Number(width.split('-')[0]);
  return text.padStart(Number.isNaN(least) ? 0 : least, '0') + (modifier === 'o' ? suffix(shown) : '');
}

const cased = (word: string, token: string): string =>
  token === 'N'
    ? word.toUpperCase()
    : token === 'n'
      ? word.toLowerCase()
      : word.charAt(0).toUpperCase() + word.slice(1);

function fraction(micros: number, token: string): string {
  const digits = String(micros % 1_000_000).padStart(6, '0');
  if (/^[0-9#]+$/.test(token) && token.length > 1) return digits.slice(0, token.length);
  return digits.replace(/0+$/, '') || '0';
}

function zone(minutes: number | undefined, name: string, token: string): string {
  if (minutes === undefined) return '';
  const size = Math.abs(minutes);
  const pad = (n: number): string => String(n).padStart(2, '0');
  const sign = minutes < 0 ? '-' : '+';
  const colon = token.includes(':') || !/^\d{4}$/.test(token) ? ':' : '';
  return `${name === 'z' ? 'GMT' : ''}${sign}${pad(Math.floor(size / 60))}${colon}${pad(size % 60)}`;
}
