import { javaTrim, parseInteger, toInt } from '../../java/index.js';
import { fn } from '../function.js';

/** The sum of 32-bit numbers, wrapping; the last argument is the variable unless it is a number. */
export const intSum = fn({
  name: '__intSum',
  min: 2,
  max: Number.POSITIVE_INFINITY,
  usage: 'number, …, [variable]',
  compile(args) {
    const numbers = args.slice(0, -1);
    const end = args.at(-1);
    return (user) => {
      const last = javaTrim(end?.evaluate(user) ?? '');
      let sum = 0;
      for (const number of numbers) sum = (sum + parseInteger(number.evaluate(user))) | 0;
      const added = toInt(last);
      if (added !== undefined) return String((sum + added) | 0);
      // Even under an empty name, unlike __longSum.
      user.variables.put(last, String(sum));
      return String(sum);
    };
  },
});
