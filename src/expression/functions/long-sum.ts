import { javaTrim, parseLong, toLong } from '../../java/index.js';
import { fn } from '../function.js';

/** The sum of 64-bit numbers, wrapping; the last argument is the variable unless it is a number. */
export const longSum = fn({
  name: '__longSum',
  min: 2,
  max: Number.POSITIVE_INFINITY,
  usage: 'number, …, [variable]',
  compile(args) {
    const numbers = args.slice(0, -1);
    const end = args.at(-1);
    return (user) => {
      const last = javaTrim(end?.evaluate(user) ?? '');
      const texts = numbers.map((number) => number.evaluate(user));
      const isNumber = toLong(last) !== undefined;
      const sum = add(isNumber ? [...texts, last] : texts);
      if (!isNumber && last !== '') user.variables.put(last, sum);
      return sum;
    };
  },
});

/** Throws NumberFormatException. */
function add(texts: readonly string[]): string {
  let sum = 0;
  for (const text of texts) sum += parseLong(text);
  if (Number.isSafeInteger(sum)) return String(sum);
  return String(
    BigInt.asIntN(
      64,
      texts.reduce((exact, text) => exact + BigInt(text.replace(/^\+/, '')), 0n),
    ),
  );
}
