import { fn } from '../function.js';

/** `true` or `false`: whether there is a variable of that name. */
export const isVarDefined = fn({
  name: '__isVarDefined',
  min: 1,
  max: 1,
  usage: 'name',
  compile:
    ([name]) =>
    (user) =>
      String(user.variables.get(name?.evaluate(user) ?? '') !== undefined),
});
