/** A date, a time or both, on the calendar; the zone in minutes, undefined without one. Parts a type lacks stay at 1 or 0. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** Microseconds within the minute. */
  readonly micros: number;
  readonly zone: number | undefined;
}
/** Months and microseconds; both have the same sign. */
export interface Duration {
  readonly months: number;
  readonly micros: bigint;
}

const DAY = 86_400_000_000n;
const pad = (n: number, width = 2): string => String(Math.abs(n)).padStart(width, '0');

export function momentText(moment: Moment, type: string): string {
  const { year, month, day, hour, minute, zone } = moment;
  const y = `${year < 0 ? '-' : ''}${pad(year, 4)}`;
  const date = `${y}-${pad(month)}-${pad(day)}`;
  const time = `${pad(hour)}:${pad(minute)}:${secondsText(moment.micros)}`;
  return (SHAPES[type]?.({ y, date, time, month, day }) ?? `${date}T${time}`) + zoneText(zone);
}
interface Pieces {
  readonly y: string;
  readonly date: string;
  readonly time: string;
  readonly month: number;
  readonly day: number;
}
const SHAPES: Readonly<Record<string, (pieces: Pieces) => string>> = {
  date: ({ date }) => date,
  time: ({ time }) => time,
  gYear: ({ y }) => y,
  gYearMonth: ({ y, month }) => `${y}-${pad(month)}`,
  gMonth: ({ month }) => `--${pad(month)}`,
  gMonthDay: ({ month, day }) => `--${pad(month)}-${pad(day)}`,
  gDay: ({ day }) => `---${pad(day)}`,
};

function secondsText(micros: number): string {
  const fraction = pad(micros % 1_000_000, 6).replace(/0+$/, '');
  return pad(Math.floor(micros / 1_000_000)) + (fraction === '' ? '' : `.${fraction}`);
}
export function zoneText(zone: number | undefined): string {
  if (zone === undefined) return '';
  if (zone === 0) return 'Z';
  const size = Math.abs(zone);
  return `${zone < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

export function durationText({ months, micros }: Duration, type: string): string {
  const negative = months < 0 || micros < 0n;
  const m = Math.abs(months);
  const size = micros < 0n ? -micros : micros;
  const days = size / DAY;
  const rest = Number(size % DAY);
  const [h, min] = [Math.floor(rest / 3_600_000_000), Math.floor(rest / 60_000_000) % 60];
  const seconds = rest % 60_000_000;
  let text = `${m >= 12 ? `${Math.floor(m / 12)}Y` : ''}${m % 12 ? `${m % 12}M` : ''}${days > 0n ? `${days}D` : ''}`;
  if (rest > 0) {
    text += `T${h ? `${h}H` : ''}${min ? `${min}M` : ''}`;
    if (seconds) text += `${secondsText(seconds).replace(/^0(?=\d)/, '')}S`;
  }
  if (text === '') text = type === 'yearMonthDuration' ? '0M' : 'T0S';
  return `${negative ? '-' : ''}P${text}`;
}

const SHAPE =
  /^(?:(-?\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?|(-?\d{4,})-(\d\d)-(\d\d)|(\d\d):(\d\d):(\d\d)(\.\d+)?|(-?\d{4,})-(\d\d)|(-?\d{4,})|--(\d\d)-(\d\d)|--(\d\d)|---(\d\d))(Z|[+-]\d\d:\d\d)?$/;

/** Reads a date or time type; undefined when the text is none of that type. */
export function parseMoment(text: string, type: string): Moment | undefined {
  const found = SHAPE.exec(text);
  if (found === null) return undefined;
  const n = (i: number): number => Number(found[i] ?? 0);
  const fraction = (i: number): number => Math.round(Number(`0${found[i] ?? ''}`) * 1e6);
  const zone = parseZone(found[22]);
  const base = { year: 1972, month: 1, day: 1, hour: 0, minute: 0, micros: 0, zone };
  const shapes: readonly [index: number, type: string, parts: () => Partial<Moment>][] = [
    [
      1,
      'dateTime',
      () => ({ year: n(1), month: n(2), day: n(3), hour: n(4), minute: n(5), micros: n(6) * 1e6 + fraction(7) }),
    ],
    [8, 'date', () => ({ year: n(8), month: n(9), day: n(10) })],
    [11, 'time', () => ({ hour: n(11), minute: n(12), micros: n(13) * 1e6 + fraction(14) })],
    [15, 'gYearMonth', () => ({ year: n(15), month: n(16) })],
    [17, 'gYear', () => ({ year: n(17) })],
    [18, 'gMonthDay', () => ({ month: n(18), day: n(19) })],
    [20, 'gMonth', () => ({ month: n(20) })],
    [21, 'gDay', () => ({ day: n(21) })],
  ];
  const shape = shapes.find(([index]) => found[index] !== undefined);
  if (shape === undefined || shape[1] !== type) return undefined;
  return checked({ ...base, ...shape[2]() }, type);
}

function parseZone(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4));
  return text.startsWith('-') ? -minutes : minutes;
}

function checked(moment: Moment, type: string): Moment | undefined {
  const { year, month, day, hour, minute, micros, zone } = moment;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (minute > 59 || micros >= 60e6 || Math.abs(zone ?? 0) > 14 * 60) return undefined;
  if (hour < 24) return moment;
  if (hour > 24 || minute > 0 || micros > 0) return undefined;
  // 24:00:00 is the start of the next day.
  return type === 'time' ? { ...moment, hour: 0 } : fromMicros(toMicros(moment), zone);
}

export const daysIn = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;

const DURATION =
  /^(-)?P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(\.\d+)?S)?)?$/;

/** Reads a duration; undefined when it is none. */
export function parseDuration(text: string): Duration | undefined {
  const found = DURATION.exec(text);
  if (found === null) return undefined;
  const big = (i: number): bigint => BigInt(found[i] ?? 0);
  const sign = found[1] === undefined ? 1 : -1;
  const months = Number(found[2] ?? 0) * 12 + Number(found[3] ?? 0);
  const seconds = big(4) * 86400n + big(5) * 3600n + big(6) * 60n + big(7);
  const micros = seconds * 1_000_000n + BigInt(Math.round(Number(`0${found[8] ?? ''}`) * 1e6));
  return { months: sign * months, micros: sign < 0 ? -micros : micros };
}

/** Microseconds since the epoch on the moment's own clock. */
const localMicros = ({ year, month, day, hour, minute, micros }: Moment): bigint =>
  BigInt(dayNumber(year, month, day)) * DAY + BigInt(hour * 60 + minute) * 60_000_000n + BigInt(micros);

function dayNumber(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.floor(date.getTime() / 86_400_000);
}

/** Microseconds since the epoch; without a zone the moment counts as UTC, the implicit zone. */
export const toMicros = (moment: Moment): bigint => localMicros(moment) - BigInt(moment.zone ?? 0) * 60_000_000n;

/** The moment at so many microseconds since the epoch, on the clock of a zone. */
export function fromMicros(micros: bigint, zone: number | undefined): Moment {
  const local = micros + BigInt(zone ?? 0) * 60_000_000n;
  let days = local / DAY;
  let rest = local % DAY;
  if (rest < 0n) {
    rest += DAY;
    days -= 1n;
  }
  const date = new Date(Number(days) * 86_400_000);
  const within = Number(rest);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: Math.floor(within / 3_600_000_000),
    minute: Math.floor(within / 60_000_000) % 60,
    micros: within % 60_000_000,
    zone,
  };
}

/** A moment and a duration: first the months, with the day kept inside the month, then the rest. */
export function addDuration(moment: Moment, { months, micros }: Duration, sign: 1 | -1): Moment {
  const count = moment.year * 12 + moment.month - 1 + sign * months;
  const [year, month] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  const moved = { ...moment, year, month, day: Math.min(moment.day, daysIn(year, month)) };
  return micros === 0n ? moved : fromMicros(toMicros(moved) + (sign > 0 ? micros : -micros), moment.zone);
}
