import { type SimpleDateFormat, simpleDateFormat, zoneOf } from '../java/index.js';

/** RFC 1123, RFC 1036 and asctime. */
export const HTTP_DATES = ['EEE, dd MMM yyyy HH:mm:ss zzz', 'EEE, dd-MMM-yy HH:mm:ss zzz', 'EEE MMM d HH:mm:ss yyyy'];

/**
 * Reads dates as HttpClient 4.5 does (DateUtils.parseDate): the first pattern that a text begins with counts, quotes around
 * it go away, two-digit years are of this century. The reader gives epoch ms, or undefined for what is no date.
 */
export function dateReader(patterns: readonly string[]): (text: string) => number | undefined {
  // Time zones are slow to make, and most runs read no date.
  let formats: readonly SimpleDateFormat[] | undefined;
  return (text) => {
    formats ??= patterns.map((pattern) => simpleDateFormat(pattern, 'en', zoneOf('GMT'), 2000));
    const bare = text.length > 1 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text;
    for (const format of formats) {
      const date = format.parse(bare);
      if (date !== undefined) return date;
    }
    return undefined;
  };
}
