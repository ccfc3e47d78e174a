import { fn } from '../function.js';
import { store } from '../store.js';

/** A text that stands for itself in a pattern: a backslash before all but letters, digits and `_` (Perl5Compiler.quotemeta). */
export const escapeOroRegexpChars = fn({
  name: '__escapeOroRegexpChars',
  min: 1,
  max: 2,
  usage: 'text, [variable]',
  compile:
    ([text, variable]) =>
    (user) => {
      const value = quoted(text?.evaluate(user) ?? '');
      store(user, variable, value);
      return value;
    },
});

/** Java looks at chars: both halves of a surrogate pair get a backslash. */
const quoted = (text: string): string =>
  text.replace(/[^\p{L}\p{Nd}_]|[\u{10000}-\u{10ffff}]/gu, (char) =>
    char.length === 1 ? `\\${char}` : `\\${char.charAt(0)}\\${char.charAt(1)}`,
  );
