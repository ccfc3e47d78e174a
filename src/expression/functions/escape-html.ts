import { escapeHtml4 } from '../../java/index.js';
import { fn } from '../function.js';

/** A text with HTML 4's names for the characters that have one; `'` and characters without a name stay. */
export const escapeHtml = fn({
  name: '__escapeHtml',
  min: 1,
  max: 1,
  usage: 'text',
  compile:
    ([text]) =>
    (user) =>
      escapeHtml4(text?.evaluate(user) ?? ''),
});
