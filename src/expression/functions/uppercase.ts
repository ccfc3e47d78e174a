import { fn } from '../function.js';
import { storeEvenUnnamed } from '../store.js';

/** A text in upper case. */
export const uppercase = fn({
  name: '__uppercase',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'text, [variable]',
  compile:
    ([text, variable]) =>
    (user) => {
      const value = (text?.evaluate(user) ?? '').toUpperCase();
      storeEvenUnnamed(user, variable, value);
      return value;
    },
});
