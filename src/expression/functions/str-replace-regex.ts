import { compilePattern, isBad, replaceAll } from '../../java/index.js';
import { fn } from '../function.js';
import { storeUntrimmed } from '../store.js';

/** A text with every match of a Java pattern replaced (`$1` in the replacement is a group). Throws PatternSyntaxException. */
export const strReplaceRegex = fn({
  name: '__strReplaceRegex',
  min: 3,
  max: Number.POSITIVE_INFINITY,
  usage: 'text, pattern, replacement, [variable]',
  compile:
    ([text, source, replacement, variable]) =>
    (user) => {
      const given = text?.evaluate(user) ?? '';
      const pattern = compilePattern(source?.evaluate(user) ?? '', { dialect: 'java' });
      const by = replacement?.evaluate(user) ?? '';
      if (isBad(pattern)) throw pattern.error;
      const value = replaceAll(given, pattern, by);
      storeUntrimmed(user, variable, value);
      return value;
    },
});
