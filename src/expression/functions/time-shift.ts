import {
  type DateTimeFormat,
  dateTimeFormat,
  type Field,
  JavaError,
  javaTrim,
  localeName,
  parseDuration,
  systemZone,
  toLong,
  type ZonedTime,
} from '../../java/index.js';
import type { User } from '../../model/index.js';
import { fn } from '../function.js';

/**
 * A date plus a duration (`P1DT2H`, ISO 8601; a wrong one is ignored), by a java.time pattern or in epoch milliseconds.
 * No date, or one that does not fit, is now. Format, locale and variable are evaluated once, when the plan is compiled.
 */
export const timeShift = fn({
  name: '__timeShift',
  min: 4,
  max: 5,
  usage: '[format], [date], [duration], [locale], [variable]',
  compile(args, { engineUser }) {
    const [formatText, date, amount] = args;
    const pattern = javaTrim(formatText?.evaluate(engineUser) ?? '');
    const locale = localeName(args.length === 5 ? javaTrim(args[3]?.evaluate(engineUser) ?? '') : '');
    const variable = javaTrim(args.at(-1)?.evaluate(engineUser) ?? '');
    const format = patternOf(pattern, locale);
    return (user) => {
      const shift = javaTrim(amount?.evaluate(user) ?? '');
      const text = javaTrim(date?.evaluate(user) ?? '');
      if (format instanceof JavaError) {
        user.test.log.write('ERROR', CATEGORY, `Format date pattern '${pattern}' is invalid ${format}`);
        return '';
      }
      const { epochMs, zone } = read(text, format, user);
      const shifted = { epochMs: epochMs + duration(shift, user), zone };
      const value = format ? format.format(shifted) : String(shifted.epochMs);
      if (variable !== '') user.variables.put(variable, value);
      return value;
    };
  },
});

const CATEGORY = 'o.a.j.f.TimeShift';

function patternOf(pattern: string, locale: string): DateTimeFormat | JavaError | undefined {
  if (pattern === '') return undefined;
  try {
    return dateTimeFormat(pattern, locale);
  } catch (error) {
    if (error instanceof JavaError) return error;
    throw error;
  }
}

function read(text: string, format: DateTimeFormat | undefined, user: User): ZonedTime {
  const now = { epochMs: user.test.clock.now(), zone: systemZone };
  if (text === '') return now;
  if (format) {
    const told = format.parse(text, defaults(now));
    if (told) return told;
  } else {
    const epochMs = toLong(text);
    if (epochMs !== undefined) return { epochMs, zone: systemZone };
  }
  user.test.log.write('ERROR', CATEGORY, `Failed to parse the date '${text}' to shift`);
  return now;
}

/** What a date lacks. The milliseconds contradict a fraction of a second in the date: such a date is never read. */
function defaults({ epochMs, zone }: ZonedTime): ReadonlyMap<Field, number> {
  const offset = zone.offsetAt(epochMs);
  return new Map<Field, number>([
    ['n', 0],
    ['milli', 0],
    ['s', 0],
    ['m', 0],
    ['H', 0],
    ['d', 1],
    ['M', 1],
    ['y', new Date(epochMs + offset * 1000).getUTCFullYear()],
    ['offset', offset],
  ]);
}

function duration(text: string, user: User): number {
  if (text === '') return 0;
  const ms = parseDuration(text);
  if (ms === undefined)
    user.test.log.write('ERROR', CATEGORY, `Failed to parse the amount duration '${text}' to shift`);
  return ms ?? 0;
}
