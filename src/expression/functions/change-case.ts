import { capitalize } from '../../java/index.js';
import { fn } from '../function.js';
import { store } from '../store.js';

/** A text in upper case (also without a mode), in lower case, or with its first character raised; other modes change nothing. */
export const changeCase = fn({
  name: '__changeCase',
  min: 1,
  max: 3,
  usage: 'text, [UPPER | LOWER | CAPITALIZE], [variable]',
  compile:
    ([text, mode, variable]) =>
    (user) => {
      const given = text?.evaluate(user) ?? '';
      const asked = mode?.evaluate(user) || 'UPPER';
      const change = MODES[asked.toUpperCase()];
      if (change === undefined)
        user.test.log.write('ERROR', 'o.a.j.f.ChangeCase', `Unknown mode ${asked}, returning ${given} unchanged`);
      const value = change === undefined ? given : change(given);
      store(user, variable, value);
      return value;
    },
});

const MODES: Readonly<Record<string, (text: string) => string>> = {
  UPPER: (text) => text.toUpperCase(),
  LOWER: (text) => text.toLowerCase(),
  CAPITALIZE: capitalize,
};
