import { atom, text } from './arguments.js';
import { saxonError } from './error.js';
import { formatMoment } from './format-moment.js';
import { Atomic, type AtomicValue, EMPTY, integer, string } from './item.js';
import { type Duration, fromMicros, type Moment, parseMoment, toMicros } from './moment.js';
import { define, type Signature } from './signature.js';

const isMoment = (value: AtomicValue | undefined): value is Moment => typeof value === 'object' && 'zone' in value;
const isDuration = (value: AtomicValue | undefined): value is Duration =>
  typeof value === 'object' && 'months' in value;
const DAY = 86_400_000_000n;

/** A part of a moment or a duration, () of (). */
function part(name: string, type: string, take: (value: Moment) => Atomic | undefined): Signature {
  return define(name, `${type}?`, undefined, ([a]) => {
    const value = atom(a)?.value;
    const taken = isMoment(value) ? take(value) : undefined;
    return taken === undefined ? EMPTY : [taken];
  });
}
function durationPart(name: string, take: (value: Duration) => Atomic): Signature {
  return define(name, 'duration?', undefined, ([a]) => {
    const value = atom(a)?.value;
    return isDuration(value) ? [take(value)] : EMPTY;
  });
}
const seconds = (micros: number | bigint): Atomic => new Atomic('decimal', { unscaled: BigInt(micros), scale: 6 });
const zone = ({ zone: minutes }: Moment): Atomic | undefined =>
  minutes === undefined
    ? undefined
    : new Atomic('dayTimeDuration', { months: 0, micros: BigInt(minutes) * 60_000_000n });

const PARTS: readonly Signature[] = ['dateTime', 'date', 'time'].flatMap((type) => {
  const date =
    type === 'time'
      ? []
      : [
          part(`year-from-${type}`, type, ({ year }) => integer(year)),
          part(`month-from-${type}`, type, ({ month }) => integer(month)),
          part(`day-from-${type}`, type, ({ day }) => integer(day)),
        ];
  const time =
    type === 'date'
      ? []
      : [
          part(`hours-from-${type}`, type, ({ hour }) => integer(hour)),
          part(`minutes-from-${type}`, type, ({ minute }) => integer(minute)),
          part(`seconds-from-${type}`, type, ({ micros }) => seconds(micros)),
        ];
  return [...date, ...time, part(`timezone-from-${type}`, type, zone), adjusting(type), formatting(type)];
});

/** Functions on dates and times (XPath Functions 3.1 §8, §9). The implicit zone is UTC. */
export const TIME_FUNCTIONS: readonly Signature[] = [
  ...PARTS,
  durationPart('years-from-duration', ({ months }) => integer(Math.trunc(months / 12))),
  durationPart('months-from-duration', ({ months }) => integer(months % 12)),
  durationPart('days-from-duration', ({ micros }) => integer(micros / DAY)),
  durationPart('hours-from-duration', ({ micros }) => integer((micros / 3_600_000_000n) % 24n)),
  durationPart('minutes-from-duration', ({ micros }) => integer((micros / 60_000_000n) % 60n)),
  durationPart('seconds-from-duration', ({ micros }) => seconds(micros % 60_000_000n)),
  define('current-dateTime', '', 'dateTimeStamp', (_, { now }) => [
    new Atomic('dateTimeStamp', fromMicros(BigInt(now) * 1000n, 0)),
  ]),
  define('current-date', '', 'date', (_, { now }) => [
    new Atomic('date', { ...fromMicros(BigInt(now) * 1000n, 0), hour: 0, minute: 0, micros: 0 }),
  ]),
  define('current-time', '', 'time', (_, { now }) => [
    new Atomic('time', { ...fromMicros(BigInt(now) * 1000n, 0), year: 1972, month: 1, day: 1 }),
  ]),
  define('implicit-timezone', '', 'dayTimeDuration', () => [new Atomic('dayTimeDuration', { months: 0, micros: 0n })]),
  define('dateTime', 'date?, time?', undefined, ([a, b]) => {
    const [date, time] = [atom(a)?.value, atom(b)?.value];
    if (!isMoment(date) || !isMoment(time)) return EMPTY;
    return [
      new Atomic('dateTime', {
        ...date,
        hour: time.hour,
        minute: time.minute,
        micros: time.micros,
        zone: date.zone ?? time.zone,
      }),
    ];
  }),
  define('parse-ietf-date', 'string?', undefined, ([a = EMPTY]) => (a.length === 0 ? EMPTY : [ietf(text(a))])),
];

function adjusting(type: string): Signature {
  return define(`adjust-${type}-to-timezone`, `${type}?, [dayTimeDuration?]`, undefined, ([a, b]) => {
    const value = atom(a);
    if (value === undefined || !isMoment(value.value)) return EMPTY;
    const wanted = b === undefined ? 0 : atom(b)?.value;
    const minutes = isDuration(wanted) ? Number(wanted.micros / 60_000_000n) : wanted === undefined ? undefined : 0;
    const moment = value.value;
    const moved =
      minutes === undefined || moment.zone === undefined
        ? { ...moment, zone: minutes }
        : fromMicros(toMicros(moment), minutes);
    const shape =
      type === 'date' ? { hour: 0, minute: 0, micros: 0 } : type === 'time' ? { year: 1972, month: 1, day: 1 } : {};
    return [new Atomic(value.type, { ...moved, ...shape })];
  });
}

function formatting(type: string): Signature {
  return define(`format-${type}`, `${type}?, string, [string?], [string?], [string?]`, undefined, ([a, picture]) => {
    const value = atom(a)?.value;
    return isMoment(value) ? [string(formatMoment(value, text(picture), type))] : EMPTY;
  });
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
function ietf(source: string): Atomic {
  const found =
    /^(?:[a-z]+,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{2,4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*(GMT|UTC?|Z|[+-]\d{2}:?\d{2}))?/i.exec(
      source.trim(),
    );
  const month = MONTHS.indexOf((found?.[2] ?? '').toLowerCase()) + 1;
  if (found === null || month === 0) throw saxonError(`Invalid IETF date value ${source}`);
  const [, day = '', , year = '', hour = '', minute = '', second = '00', offset = 'Z'] = found;
  const name = /^[+-]/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(-2)}` : 'Z';
  const full = year.length === 2 ? `19${year}` : year;
  const pad = (part: string | number): string => String(part).padStart(2, '0');
  const moment = parseMoment(`${full}-${pad(month)}-${pad(day)}T${pad(hour)}:${minute}:${second}${name}`, 'dateTime');
  if (moment === undefined) throw saxonError(`Invalid IETF date value ${source}`);
  return new Atomic('dateTime', moment);
}
