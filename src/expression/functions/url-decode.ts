import { urlDecode } from '../../java/index.js';
import { fn } from '../function.js';

/** The text that a form encoded; a bad percent sequence throws IllegalArgumentException. */
export const urldecode = fn({
  name: '__urldecode',
  min: 1,
  max: 1,
  usage: 'text',
  compile:
    ([text]) =>
    (user) =>
      urlDecode(text?.evaluate(user) ?? ''),
});
