import { fn } from '../function.js';
import { storeEvenUnnamed } from '../store.js';

/** A text in lower case. */
export const lowercase = fn({
  name: '__lowercase',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'text, [variable]',
  compile:
    ([text, variable]) =>
    (user) => {
      const value = (text?.evaluate(user) ?? '').toLowerCase();
      storeEvenUnnamed(user, variable, value);
      return value;
    },
});
