import { fn } from '../function.js';
import { storeUntrimmed } from '../store.js';

/** The text (UTF-8) that base 64 stands for; either alphabet, other characters skipped, nothing behind the first `=`. */
export const base64Decode = fn({
  name: '__base64Decode',
  min: 1,
  max: 2,
  usage: 'base 64, [variable]',
  compile:
    ([text, variable]) =>
    (user) => {
      const given = text?.evaluate(user) ?? '';
      const end = given.indexOf('=');
      const digits = (end < 0 ? given : given.slice(0, end)).replace(/[^\w+/-]/g, '');
      const value = Buffer.from(digits, 'base64').toString();
      storeUntrimmed(user, variable, value);
      return value;
    },
});
