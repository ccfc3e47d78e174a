import { fn } from '../function.js';
import { storeEvenUnnamed } from '../store.js';

/** The third argument when the first two are the same text, else the fourth; only that one is evaluated. */
export const ifEqual = fn({
  name: '__if',
  min: 4,
  max: Number.POSITIVE_INFINITY,
  usage: 'actual, expected, then, else, [variable]',
  compile:
    ([actual, expected, same, other, variable]) =>
    (user) => {
      const equal = actual?.evaluate(user) === expected?.evaluate(user);
      const value = (equal ? same : other)?.evaluate(user) ?? '';
      storeEvenUnnamed(user, variable, value);
      return value;
    },
});
