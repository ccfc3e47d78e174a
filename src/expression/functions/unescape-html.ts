import { unescapeHtml4 } from '../../java/index.js';
import { fn } from '../function.js';

/** A text with the characters that HTML 4's names and numbers stand for. */
export const unescapeHtml = fn({
  name: '__unescapeHtml',
  min: 1,
  max: 1,
  usage: 'text',
  compile:
    ([text]) =>
    (user) =>
      unescapeHtml4(text?.evaluate(user) ?? ''),
});
