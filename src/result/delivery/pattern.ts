/** UUIDs and other long hexadecimal numbers that stand alone; numbers wherever they stand. */
const IDS = /(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8,})(?![0-9a-z])|\d+/gi;

/** Topics that differ in ids alone have one pattern, with `*` in their place. */
export const patternOf = (topic: string): string => topic.replace(IDS, '*').replace(/\*{2,}/g, '*');
