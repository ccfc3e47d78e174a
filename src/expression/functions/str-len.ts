import { fn } from '../function.js';
import { storeEvenUnnamed } from '../store.js';

/** The length of a text in UTF-16 units. */
export const strLen = fn({
  name: '__strLen',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'text, [variable]',
  compile:
    ([text, variable]) =>
    (user) => {
      const value = String(text?.evaluate(user).length ?? 0);
      storeEvenUnnamed(user, variable, value);
      return value;
    },
});
