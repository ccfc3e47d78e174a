import { Fifos } from '../fifo.js';
import { fn } from '../function.js';
import { storeEvenUnnamed } from '../store.js';

/** How many values a queue holds. */
export const fifoSize = fn({
  name: '__fifoSize',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'queue, [variable]',
  alone: true,
  compile:
    ([queue, variable]) =>
    (user) => {
      const { test } = user;
      const value = String(Fifos.of(test).queue(queue?.evaluate(user) ?? '', test).size);
      storeEvenUnnamed(user, variable, value);
      return value;
    },
});
