import { fn } from '../function.js';

/** Sets a property for the whole run; gives its old value when the third argument is `true`, else nothing. */
export const setProperty = fn({
  name: '__setProperty',
  min: 2,
  max: 3,
  usage: 'name, value, [true to get the old value]',
  compile:
    ([name, value, wantsOld]) =>
    (user) => {
      const { properties } = user.test;
      const key = name?.evaluate(user) ?? '';
      const text = value?.evaluate(user) ?? '';
      // A missing old value is Java's null, which shows as text; a system property of that name is none.
      const old = properties.set(key, text) ?? 'null';
      return wantsOld?.evaluate(user).toLowerCase() === 'true' ? old : '';
    },
});
