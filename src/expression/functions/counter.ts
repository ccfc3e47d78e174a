import { parseBoolean } from '../../java/index.js';
import { fn } from '../function.js';
import { store } from '../store.js';

/** Counts its evaluations from 1: `TRUE` = for each user on its own, else over all users; each occurrence by itself. */
export const counter = fn({
  name: '__counter',
  min: 1,
  max: 2,
  usage: 'TRUE = per user, [variable]',
  alone: ([perUser]) => typeof perUser?.text !== 'string' || !parseBoolean(perUser.text),
  compile([perUser, variable]) {
    const key = {};
    const all = { count: 0 };
    return (user) => {
      const own = parseBoolean(perUser?.evaluate(user) ?? '');
      const counted = own ? user.state(key, () => ({ count: 0 })) : all;
      // AtomicInteger: 32 bits, wrapping.
      counted.count = (counted.count + 1) | 0;
      const value = String(counted.count);
      store(user, variable, value);
      return value;
    };
  },
});
