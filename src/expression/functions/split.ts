import { javaTrim } from '../../java/index.js';
import { fn } from '../function.js';

/**
 * Splits a text at any of the delimiter's characters into `name_1`, `name_2`, …, counts them in `name_n`, and keeps the
 * text itself in `name`. Empty parts become `?`; one delimiter at the very start gives no part (JOrphanUtils.split).
 */
export const split = fn({
  name: '__split',
  min: 2,
  max: 3,
  usage: 'text, variable, [delimiters]',
  compile:
    ([text, name, delimiters]) =>
    (user) => {
      const whole = text?.evaluate(user) ?? '';
      const variable = javaTrim(name?.evaluate(user) ?? '');
      const found = parts(whole, delimiters?.evaluate(user) || ',');
      const { variables } = user;
      variables.put(variable, whole);
      variables.put(`${variable}_n`, String(found.length));
      for (const [i, part] of found.entries()) variables.put(`${variable}_${i + 1}`, part);
      variables.remove(`${variable}_${found.length + 1}`);
      return whole;
    },
});

function parts(text: string, delimiters: string): string[] {
  const found: string[] = [];
  let part = '';
  let afterDelimiter = false;
  for (const char of text) {
    if (!delimiters.includes(char)) part += char;
    else if (char.length > 1) {
      // A delimiter outside of the basic plane cuts, and then passes for a part (its token has two chars in Java).
      if (part !== '') found.push(part);
      found.push(char);
      part = '';
      afterDelimiter = false;
    } else {
      if (part !== '') found.push(part);
      else if (afterDelimiter) found.push('?');
      part = '';
      afterDelimiter = true;
    }
  }
  if (part !== '') found.push(part);
  else if (afterDelimiter) found.push('?');
  return found;
}
