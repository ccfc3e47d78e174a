import { fn } from '../function.js';
import { writeLog } from '../write-log.js';

/** Writes a text to the run log and gives it back. */
export const log = fn({
  name: '__log',
  min: 1,
  max: 4,
  usage: 'text, [level], [exception], [comment]',
  compile:
    ([text, level, exception, comment]) =>
    (user) => {
      const line = {
        text: text?.evaluate(user) ?? '',
        level: level?.evaluate(user) ?? '',
        exception: exception?.evaluate(user) || undefined,
        comment: comment?.evaluate(user) ?? '',
      };
      writeLog(user, 'o.a.j.f.LogFunction', line);
      return line.text;
    },
});
