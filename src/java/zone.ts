/** A time zone: java.time.ZoneId. */
export interface Zone {
  /** `Europe/Berlin`, `+02:00`, `Z`. */
  readonly id: string;
  /** Whether the offset never changes (a ZoneOffset). */
  readonly fixed: boolean;
  /** Seconds east of Greenwich at that moment (epoch ms). */
  offsetAt(epochMs: number): number;
}

/** The zone of this process. */
export const systemZone: Zone = {
  get id() {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    return timeZone === 'UTC' ? 'Etc/UTC' : timeZone;
  },
  fixed: false,
  offsetAt: (epochMs) => -60 * new Date(epochMs).getTimezoneOffset(),
};

/** A ZoneOffset, in seconds. */
export const fixedZone = (seconds: number): Zone => ({
  id: seconds === 0 ? 'Z' : offsetText(seconds, ':'),
  fixed: true,
  offsetAt: () => seconds,
});

/** The zone of an id (`UTC`, `GMT+1`, `+02:00`, `America/New_York`); undefined when there is none. */
export function zoneOf(id: string): Zone | undefined {
  if (id === 'Z') return fixedZone(0);
  const offset = /^(UTC|GMT|UT)?([+-])(\d\d?)(?::?(\d\d))?$/.exec(id);
  if (offset) {
    const seconds = Number(`${offset[2]}${Number(offset[3]) * 3600 + Number(offset[4] ?? 0) * 60}`);
    return { ...fixedZone(seconds), id: (offset[1] ?? '') + offsetText(seconds, ':') };
  }
  try {
    return namedZone(id);
  } catch {
    return undefined;
  }
}

/** The moment of a local time in a zone: the earlier one where clocks go back, later by the gap where they go forward. */
export function localToEpoch(zone: Zone, localMs: number): number {
  const before = zone.offsetAt(localMs - 86_400_000);
  const after = zone.offsetAt(localMs + 86_400_000);
  const valid = (offset: number): boolean => zone.offsetAt(localMs - offset * 1000) === offset;
  return localMs - (valid(before) || !valid(after) ? before : after) * 1000;
}

/** `+0200`, or with a separator `+02:00`; seconds only when there are some. */
export function offsetText(seconds: number, separator: string): string {
  const total = Math.abs(seconds);
  const two = (n: number): string => String(Math.trunc(n)).padStart(2, '0');
  const rest = total % 60 === 0 ? '' : separator + two(total % 60);
  return `${seconds < 0 ? '-' : '+'}${two(total / 3600)}${separator}${two((total / 60) % 60)}${rest}`;
}

type NameStyle = 'short' | 'long' | 'shortGeneric' | 'longGeneric';

/** The zone's name at that moment as Java's `z` and `v` show it: `CET`, `Central European Standard Time`. */
export function zoneName(zone: Zone, epochMs: number, locale: string, style: NameStyle): string {
  if (zone.fixed) return zone.id;
  const name = (tag: string): string =>
    new Intl.DateTimeFormat(tag, { timeZone: zone.id, timeZoneName: style })
      .formatToParts(epochMs)
      .find(({ type }) => type === 'timeZoneName')?.value ?? zone.id;
  const own = name(locale);
  if (!style.startsWith('short') || ABBREVIATION.test(own)) return own;
  // Unlike JavaScript, Java shows an abbreviation even where the locale does not use it.
  const other = ABBREVIATING.map(name).find((found) => ABBREVIATION.test(found));
  return other ?? (style === 'short' ? own : zoneName(zone, epochMs, locale, 'short'));
}

const ABBREVIATION = /^[A-Z]{1,5}$/;
const ABBREVIATING = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA', 'en-NZ', 'en-CA'];

/** Throws RangeError when there is no such zone. */
function namedZone(id: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: id,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return {
    id,
    fixed: false,
    offsetAt(epochMs) {
      const found = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]));
      const part = (type: Intl.DateTimeFormatPartTypes): number => found.get(type) ?? 0;
      const local = Date.UTC(
        part('year'),
        part('month') - 1,
        part('day'),
        part('hour'),
        part('minute'),
        part('second'),
      );
      return Math.round((local - Math.floor(epochMs / 1000) * 1000) / 1000);
    },
  };
}
