import { javaTrim } from '../../java/index.js';
import { fn } from '../function.js';

/** A property's value, trimmed; else the default, else the name. The variable's name is not trimmed. */
export const property = fn({
  name: '__property',
  min: 1,
  max: 3,
  usage: 'name, [variable], [default]',
  compile:
    ([name, variable, fallback]) =>
    (user) => {
      const key = name?.evaluate(user) ?? '';
      const value = javaTrim(user.test.properties.get(key, fallback ? fallback.evaluate(user) : key));
      const target = variable?.evaluate(user) ?? '';
      if (target !== '') user.variables.put(target, value);
      return value;
    },
});
