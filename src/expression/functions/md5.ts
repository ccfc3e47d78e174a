import { createHash } from 'node:crypto';
import { utf8Bytes } from '../../java/index.js';
import { fn } from '../function.js';
import { storeEvenUnnamed } from '../store.js';

/** The MD5 digest of a text (UTF-8), hexadecimal in lower case. */
export const md5 = fn({
  name: '__MD5',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'text, [variable]',
  compile:
    ([text, variable]) =>
    (user) => {
      const value = createHash('md5')
        .update(utf8Bytes(text?.evaluate(user) ?? ''))
        .digest('hex');
      storeEvenUnnamed(user, variable, value);
      return value;
    },
});
