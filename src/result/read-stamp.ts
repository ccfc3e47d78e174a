import { simpleDateFormat, toLong } from '../java/index.js';
import { dateStamp } from './date-stamp.js';

/**
 * Reads time stamps (epoch ms) by the pattern of `timestamp_format`, as milliseconds, or as one of the dates that
 * CSVSaveService tries besides; undefined for any other text.
 */
export function stampReader(format: string): (text: string) => number | undefined {
  // Neither `ms` nor `none` is to be read as a pattern, and one that Java refuses reads nothing.
  const own = /^(ms|none)$/i.test(format) || !dateStamp(format) ? undefined : simpleDateFormat(format);
  return (text) => own?.parse(text) ?? toLong(text) ?? date(text);
}

/** Date, time, and the milliseconds if there are any. */
const DATE = /^(\d+)([/-])(\d+)\2(\d+) (\d+):(\d+):(\d+)(\.\d+)?/;

function date(text: string): number | undefined {
  const [, first, sign, second, third, hour, minute, secondOfMinute, milli] = DATE.exec(text) ?? [];
  if (Number(hour) > 23 || Number(minute) > 59 || Number(secondOfMinute) > 59) return undefined;
  const time = milli === undefined ? 'HH:mm:ss' : 'HH:mm:ss.SSS';
  if (isDay(second, third)) return known(`yyyy${sign}MM${sign}dd ${time}`).parse(text);
  // What JMeter wrote in its first years.
  return sign === '/' && isDay(first, second) ? known('MM/dd/yy HH:mm:ss').parse(text) : undefined;
}

const isDay = (month: string | undefined, day: string | undefined): boolean =>
  Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;

const formats = new Map<string, ReturnType<typeof simpleDateFormat>>();
function known(pattern: string): ReturnType<typeof simpleDateFormat> {
  const format = formats.get(pattern) ?? simpleDateFormat(pattern);
  formats.set(pattern, format);
  return format;
}
