import { Fifos } from '../../expression/index.js';
import { element, prop } from '../../model/index.js';

/** jp@gc Inter-Thread Communication PostProcessor: adds a value to a queue; one that is full makes it wait. */
export const fifoPutPostProcessor = element({
  tag: 'kg.apc.jmeter.modifiers.FifoPutPostProcessor',
  gui: 'kg.apc.jmeter.modifiers.FifoPutPostProcessorGui',
  call: 'fifo.put',
  shards: 'alone',
  props: {
    queue: prop.text('FifoName'),
    value: prop.text('Value'),
  },
  testStarted: (_props, { test }) => Fifos.of(test).clear(),
  testEnded: (_props, { test }) => Fifos.of(test).clear(),
  after({ queue, value }, user) {
    const put = Fifos.of(user.test).queue(queue, user.test).put(user, value);
    if (put instanceof Promise) return put.then(() => undefined);
  },
});
