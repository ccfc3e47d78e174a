import { Fifos } from '../fifo.js';
import { fn } from '../function.js';
import { storeOrRemove } from '../store.js';
import { Waiting } from '../waiting.js';

/** Takes the oldest value out of a queue, waiting for one; the text `null`, and no variable, when none came in time. */
export const fifoPop = fn({
  name: '__fifoPop',
  min: 1,
  max: Number.POSITIVE_INFINITY,
  usage: 'queue, [variable]',
  alone: true,
  compile([queue, variable], { engineUser }) {
    const waiting = new Waiting(engineUser.test);
    return (user) => {
      const { test } = user;
      const name = queue?.evaluate(user) ?? '';
      const value = waiting.value(user, () => {
        const fifo = Fifos.of(test).queue(name, test);
        if (user.journal !== undefined || fifo.size > 0) return fifo.take(user, Fifos.timeout(test));
        test.log.write('ERROR', 'k.a.j.f.FifoPop', `The queue ${name} is empty, and here nothing can wait for it`);
        return undefined;
      });
      storeOrRemove(user, variable, value);
      return value ?? 'null';
    };
  },
});
