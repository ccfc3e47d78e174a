import { fn } from '../function.js';

/** The variable whose name is computed; when it is not defined the default, else the name itself. */
export const variable = fn({
  name: '__V',
  min: 1,
  max: 2,
  usage: 'name, [default]',
  compile:
    ([name, fallback]) =>
    (user) => {
      const key = name?.evaluate(user) ?? '';
      const otherwise = fallback ? fallback.evaluate(user) : key;
      return user.variables.get(key) ?? otherwise;
    },
});
