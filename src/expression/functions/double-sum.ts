import { doubleToString, javaTrim, parseDouble, toDouble } from '../../java/index.js';
import { fn } from '../function.js';

/** The sum of 64-bit floating numbers; the last argument is the variable unless it is a number. Throws NumberFormatException. */
export const doubleSum = fn({
  name: '__doubleSum',
  min: 2,
  max: Number.POSITIVE_INFINITY,
  usage: 'number, …, [variable]',
  compile(args) {
    const numbers = args.slice(0, -1);
    const end = args.at(-1);
    return (user) => {
      const last = javaTrim(end?.evaluate(user) ?? '');
      let sum = 0;
      for (const number of numbers) sum += parseDouble(number.evaluate(user));
      const added = toDouble(last);
      const value = doubleToString(sum + (added ?? 0));
      if (added === undefined && last !== '') user.variables.put(last, value);
      return value;
    };
  },
});
