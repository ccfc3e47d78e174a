import { dateStamp } from './date-stamp.js';

/** How a time stamp becomes text; undefined = the column has no value (format `none`, or a pattern Java refuses). */
export type StampFormat = ((ms: number) => string | number) | undefined;

/**
 * The format of `timestamp_format`: `ms`, `none` (both in any case) or a SimpleDateFormat pattern in the default zone.
 * A pattern that Java refuses leaves the column in the header and its value out of the rows, as JMeter does.
 */
export function stampFormat(format: string): StampFormat {
  const word = format.toLowerCase();
  if (word === 'none') return undefined;
  if (word === 'ms') return milliseconds();
  return dateStamp(format);
}

/** Milliseconds as text; the engine's samples come in the order of time, so the digits of the second are made once. */
function milliseconds(): (ms: number) => string {
  let second = Number.NaN;
  let digits = '';
  return (ms) => {
    const now = Math.floor(ms / 1000);
    if (now !== second) {
      if (!(now > 0)) return String(ms);
      second = now;
      digits = String(now);
    }
    return digits + (THREE[ms - now * 1000] ?? '');
  };
}

const THREE = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0'));
