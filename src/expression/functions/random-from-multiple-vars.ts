import { javaTrim, parseInteger } from '../../java/index.js';
import type { User } from '../../model/index.js';
import { fn } from '../function.js';
import { store } from '../store.js';

/**
 * One of the values of these variables: of one with a `_matchNr` above 0 each `name_1`, `name_2`, … counts, of others
 * the value itself unless it is empty. Nothing to choose from gives "".
 */
export const randomFromMultipleVars = fn({
  name: '__RandomFromMultipleVars',
  min: 1,
  max: 2,
  usage: 'name|name|…, [variable]',
  compile:
    ([names, variable]) =>
    (user) => {
      const pool = javaTrim(names?.evaluate(user) ?? '')
        .split('|')
        .flatMap((name) => (name === '' ? [] : valuesOf(name, user)));
      const value = pool.length === 0 ? '' : pool[Math.floor(user.random() * pool.length)];
      if (value !== undefined) store(user, variable, value);
      else if (variable !== undefined) user.variables.remove(javaTrim(variable.evaluate(user)));
      // A match that is not there is Java's null, which shows as text.
      return value ?? 'null';
    },
});

/** Throws NumberFormatException. */
function valuesOf(name: string, { variables }: User): readonly (string | undefined)[] {
  const text = variables.get(`${name}_matchNr`);
  const count = text ? parseInteger(text) : 0;
  if (count > 0) return Array.from({ length: count }, (_, i) => variables.get(`${name}_${i + 1}`));
  const value = variables.get(name);
  return value ? [value] : [];
}
