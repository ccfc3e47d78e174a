import { javaTrim } from '../../java/index.js';
import { fn } from '../function.js';
import { storeUntrimmed } from '../store.js';

/** A variable of the environment, else the default, else its name; all of them trimmed. */
export const env = fn({
  name: '__env',
  min: 1,
  max: 3,
  usage: 'name, [variable], [default]',
  compile:
    ([nameText, variable, fallback]) =>
    (user) => {
      const name = nameText?.evaluate(user) ?? '';
      const otherwise = fallback ? fallback.evaluate(user) : name;
      const value = javaTrim(user.test.environment[name] ?? otherwise);
      storeUntrimmed(user, variable, value);
      return value;
    },
});
