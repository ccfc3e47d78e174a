import { messageDigest, parseBoolean, utf8Bytes } from '../../java/index.js';
import { fn } from '../function.js';
import { store } from '../store.js';

/**
 * The hexadecimal digest of a text (UTF-8) with a salt behind it; capitals only for `true`. An algorithm that Java does not
 * know gives the text `null` and stores nothing.
 */
export const digest = fn({
  name: '__digest',
  min: 2,
  max: 5,
  usage: 'algorithm, text, [salt], [true = capitals], [variable]',
  compile:
    ([algorithm, text, salt, upper, variable]) =>
    (user) => {
      const name = algorithm?.evaluate(user) ?? '';
      const message = utf8Bytes(text?.evaluate(user) ?? '');
      const behind = utf8Bytes(salt?.evaluate(user) ?? '');
      const hash = messageDigest(name);
      if (hash === undefined) {
        user.test.log.write('ERROR', 'o.a.j.f.DigestEncodeFunction', `${name} MessageDigest not available`);
        return 'null';
      }
      const hex = hash(Buffer.concat([message, behind])).toString('hex');
      const value = parseBoolean(upper?.evaluate(user) ?? '') ? hex.toUpperCase() : hex;
      store(user, variable, value);
      return value;
    },
});
