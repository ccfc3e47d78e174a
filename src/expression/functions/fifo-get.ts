import { Fifos } from '../fifo.js';
import { fn } from '../function.js';
import { storeEvenUnnamed } from '../store.js';

/** The oldest value of a queue, which stays there; nothing when it is empty. */
export const fifoGet = fn({
  name: '__fifoGet',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'queue, [variable]',
  alone: true,
  compile:
    ([queue, variable]) =>
    (user) => {
      const { test } = user;
      const value =
        Fifos.of(test)
          .queue(queue?.evaluate(user) ?? '', test)
          .peek() ?? '';
      storeEvenUnnamed(user, variable, value);
      return value;
    },
});
