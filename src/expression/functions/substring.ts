import { JavaError, javaTrim, parseInteger } from '../../java/index.js';
import { fn } from '../function.js';
import { storeUntrimmed } from '../store.js';

/** A part of a text; the end is not in it. Throws NumberFormatException and StringIndexOutOfBoundsException. */
export const substring = fn({
  name: '__substring',
  min: 3,
  max: Number.POSITIVE_INFINITY,
  usage: 'text, begin from 0, end, [variable]',
  compile:
    ([text, beginText, endText, variable]) =>
    (user) => {
      const given = text?.evaluate(user) ?? '';
      const begin = parseInteger(javaTrim(beginText?.evaluate(user) ?? ''));
      const end = parseInteger(javaTrim(endText?.evaluate(user) ?? ''));
      if (begin < 0 || begin > end || end > given.length)
        throw new JavaError(
          'java.lang.StringIndexOutOfBoundsException',
          `begin ${begin}, end ${end}, length ${given.length}`,
        );
      const value = given.slice(begin, end);
      storeUntrimmed(user, variable, value);
      return value;
    },
});
