import { type DateTimeFormat, dateTimeFormat, JavaError, javaTrim, systemZone } from '../../java/index.js';
import type { User } from '../../model/index.js';
import { fn } from '../function.js';

/**
 * The current time: epoch milliseconds, or those divided (`/1000`), or by a java.time pattern or the name of a
 * property's one (`YMD` = `time.YMD`). Format and variable are evaluated once, when the plan is compiled.
 * A wrong pattern throws IllegalArgumentException each time.
 */
export const time = fn({
  name: '__time',
  min: 0,
  max: 2,
  usage: '[format], [variable]',
  compile([formatText, variableText], { engineUser }) {
    const format = formatText?.evaluate(engineUser) ?? '';
    const variable = javaTrim(variableText?.evaluate(engineUser) ?? '');
    const now = clock(format === '' ? '/1' : alias(format, engineUser));
    if (variable === '') return now;
    return (user) => {
      const value = now(user);
      user.variables.put(variable, value);
      return value;
    };
  },
});

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['YMD', 'yyyyMMdd'],
  ['HMS', 'HHmmss'],
  ['YMDHMS', 'yyyyMMdd-HHmmss'],
  ['USER1', ''],
  ['USER2', ''],
]);

function alias(format: string, { test }: User): string {
  const pattern = ALIASES.get(format);
  return pattern === undefined ? format : javaTrim(test.properties.get(`time.${format}`, pattern));
}

function clock(pattern: string): (user: User) => string {
  if (/^\/\d+$/.test(pattern)) {
    const divisor = Number(pattern.slice(1));
    if (divisor === 0)
      return () => {
        throw new JavaError('java.lang.ArithmeticException', '/ by zero');
      };
    return ({ test }) => String(Math.floor(test.clock.now() / divisor));
  }
  let format: DateTimeFormat;
  try {
    format = dateTimeFormat(pattern);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    return () => {
      throw new JavaError(error.javaClass, `Unable to parse date format ${pattern}`);
    };
  }
  // Within one millisecond the text is the same.
  let at = Number.NaN;
  let text = '';
  return ({ test }) => {
    const now = test.clock.now();
    if (now !== at) {
      at = now;
      text = format.format({ epochMs: now, zone: systemZone });
    }
    return text;
  };
}
