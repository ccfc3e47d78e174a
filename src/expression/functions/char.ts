import { decodeLong, javaTrim } from '../../java/index.js';
import { fn } from '../function.js';

/** The characters of these numbers (decimal, `0x…`, `#…`, octal with a leading 0), 16 bits each; what is no number is skipped. */
export const char = fn({
  name: '__char',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'number, …',
  compile: (args) => (user) => {
    let text = '';
    for (const arg of args) {
      const number = javaTrim(arg.evaluate(user));
      const code = decodeLong(number);
      if (code === undefined) user.test.log.write('WARN', 'o.a.j.f.CharFunction', `Could not parse ${number}`);
      else text += String.fromCharCode(Number(BigInt.asUintN(16, code)));
    }
    return text;
  },
});
