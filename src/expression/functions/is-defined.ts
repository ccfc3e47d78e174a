import { javaTrim } from '../../java/index.js';
import { fn } from '../function.js';

/** `1` or `0`: whether there is a variable of that name. */
export const isDefined = fn({
  name: '__isDefined',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'name',
  compile:
    ([name]) =>
    (user) =>
      user.variables.getObject(javaTrim(name?.evaluate(user) ?? '')) === undefined ? '0' : '1',
});
