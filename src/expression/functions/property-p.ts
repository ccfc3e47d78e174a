import { javaTrim } from '../../java/index.js';
import { fn } from '../function.js';

/** A property's value, trimmed; `1` when it is not defined and no default is given. The default is trimmed too. */
export const propertyP = fn({
  name: '__P',
  min: 1,
  max: 2,
  usage: 'name, [default]',
  compile:
    ([name, fallback]) =>
    (user) => {
      const key = name?.evaluate(user) ?? '';
      return javaTrim(user.test.properties.get(key, fallback ? fallback.evaluate(user) : '1'));
    },
});
