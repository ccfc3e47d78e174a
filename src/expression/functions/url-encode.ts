import { urlEncode } from '../../java/index.js';
import { fn } from '../function.js';

/** The text as a form writes it: UTF-8, blanks as `+`. */
export const urlencode = fn({
  name: '__urlencode',
  min: 1,
  max: 1,
  usage: 'text',
  compile:
    ([text]) =>
    (user) =>
      urlEncode(text?.evaluate(user) ?? ''),
});
