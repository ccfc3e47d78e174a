import { fn } from '../function.js';
import { storeUntrimmed } from '../store.js';

/**
 * A text with every occurrence of another one replaced, letter for letter. (Version 2.1 of the plugin took it for a
 * pattern; since 2.2 that is `__strReplaceRegex`.)
 */
export const strReplace = fn({
  name: '__strReplace',
  min: 3,
  max: Number.POSITIVE_INFINITY,
  usage: 'text, search, replacement, [variable]',
  compile:
    ([text, search, replacement, variable]) =>
    (user) => {
      const given = text?.evaluate(user) ?? '';
      const searched = search?.evaluate(user) ?? '';
      const by = replacement?.evaluate(user) ?? '';
      const value = given.replaceAll(searched, () => by);
      storeUntrimmed(user, variable, value);
      return value;
    },
});
