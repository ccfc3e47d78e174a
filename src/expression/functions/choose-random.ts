import { fn } from '../function.js';
import { store } from '../store.js';

/** One of the values; only the one that is chosen is evaluated. The last argument is always the variable. */
export const chooseRandom = fn({
  name: '__chooseRandom',
  min: 3,
  max: Number.POSITIVE_INFINITY,
  usage: 'value, value, …, variable',
  compile(args) {
    const values = args.slice(0, -1);
    const variable = args.at(-1);
    return (user) => {
      const value = values[Math.floor(user.random() * values.length)]?.evaluate(user) ?? '';
      store(user, variable, value);
      return value;
    };
  },
});
