import { utf8Bytes } from '../../java/index.js';
import { fn } from '../function.js';
import { storeUntrimmed } from '../store.js';

/** The base 64 of a text (UTF-8). */
export const base64Encode = fn({
  name: '__base64Encode',
  min: 1,
  max: 2,
  usage: 'text, [variable]',
  compile:
    ([text, variable]) =>
    (user) => {
      const value = utf8Bytes(text?.evaluate(user) ?? '').toString('base64');
      storeUntrimmed(user, variable, value);
      return value;
    },
});
