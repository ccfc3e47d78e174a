import { Fifos } from '../fifo.js';
import { fn } from '../function.js';
import { Waiting } from '../waiting.js';

/** Adds a value to a queue and gives it back; a queue that is full makes it wait. */
export const fifoPut = fn({
  name: '__fifoPut',
  min: 2,
  max: Number.POSITIVE_INFINITY,
  usage: 'queue, value',
  alone: true,
  compile([queue, valueText], { engineUser }) {
    // Each occurrence that is compiled empties all queues.
    Fifos.of(engineUser.test).clear();
    const waiting = new Waiting(engineUser.test);
    return (user) => {
      const { test } = user;
      const name = queue?.evaluate(user) ?? '';
      const value = valueText?.evaluate(user) ?? '';
      return waiting.value(user, () => Fifos.of(test).queue(name, test).put(user, value)) ?? '';
    };
  },
});
