import { fn } from '../function.js';
import { writeLog } from '../write-log.js';

/** Writes a text to the run log and gives nothing. */
export const logn = fn({
  name: '__logn',
  min: 1,
  max: 3,
  usage: 'text, [level], [exception]',
  compile:
    ([text, level, exception]) =>
    (user) => {
      writeLog(user, 'o.a.j.f.LogFunction2', {
        text: text?.evaluate(user) ?? '',
        level: level?.evaluate(user) ?? '',
        // An empty one counts, unlike with __log.
        exception: exception?.evaluate(user),
        comment: '',
      });
      return '';
    },
});
