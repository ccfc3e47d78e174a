import { fn } from '../function.js';

/** `true` or `false`: whether there is a property of that name. */
export const isPropDefined = fn({
  name: '__isPropDefined',
  min: 1,
  max: 1,
  usage: 'name',
  compile:
    ([name]) =>
    (user) =>
      String(user.test.properties.has(name?.evaluate(user) ?? '')),
});
