import { dateTimeFormat, epochTold, JavaError, parseLong, systemZone, type ToldTime } from '../../java/index.js';
import { fn } from '../function.js';
import { store } from '../store.js';

/**
 * A date in another java.time pattern; without a source pattern it is epoch milliseconds. What does not fit, or lacks what
 * the target pattern shows, gives "" and stores nothing.
 */
export const dateTimeConvert = fn({
  name: '__dateTimeConvert',
  min: 3,
  max: 4,
  usage: 'date, [source format], target format, [variable]',
  compile:
    ([dateText, sourceText, targetText, variable]) =>
    (user) => {
      const date = dateText?.evaluate(user) ?? '';
      const source = sourceText?.evaluate(user) ?? '';
      const target = targetText?.evaluate(user) ?? '';
      let value: string;
      try {
        const format = dateTimeFormat(target);
        value = format.show(read(date, source), systemZone);
      } catch (error) {
        if (!(error instanceof JavaError)) throw error;
        user.test.log.write(
          'ERROR',
          'o.a.j.f.DateTimeConvertFunction',
          `Error calling __dateTimeConvert function with value ${date}, source format ${source}, target format ${target}, ${error}`,
        );
        return '';
      }
      store(user, variable, value);
      return value;
    },
});

/** Throws JavaError. */
function read(date: string, source: string): ToldTime {
  if (source === '') return epochTold(parseLong(date), systemZone);
  const told = dateTimeFormat(source).read(date, { zone: systemZone });
  if (told === undefined)
    throw new JavaError('java.time.format.DateTimeParseException', `Text '${date}' could not be parsed`);
  return told;
}
