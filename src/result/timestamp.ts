import { type DateStamp, dateStamp } from './date-stamp.js';

/** How a time stamp is written: as milliseconds or a date; undefined = not at all (`none`, or a pattern Java refuses). */
export type StampFormat = 'ms' | DateStamp | undefined;

/**
 * The format of `timestamp_format`: `ms`, `none` (both in any case) or a SimpleDateFormat pattern in the default zone.
 * A pattern that Java refuses leaves the column in the header and its value out of the rows, as JMeter does.
 */
export function stampFormat(format: string): StampFormat {
  const word = format.toLowerCase();
  if (word === 'none') return undefined;
  return word === 'ms' ? 'ms' : dateStamp(format);
}
