import { Fifos, INTERRUPTED } from '../../expression/index.js';
import { parseLong } from '../../java/index.js';
import { element, type Named, prop, type User } from '../../model/index.js';

const props = {
  queue: prop.text('FifoName'),
  variable: prop.text('Variable'),
  /** Seconds; empty = for ever. */
  timeout: prop.text('Timeout'),
  hasTimeout: prop.present('Timeout'),
};

/** jp@gc Inter-Thread Communication PreProcessor: takes a value out of a queue, waiting for one; without one the variable goes. */
export const fifoPopPreProcessor = element({
  tag: 'kg.apc.jmeter.modifiers.FifoPopPreProcessor',
  gui: 'kg.apc.jmeter.modifiers.FifoPopPreProcessorGui',
  call: 'fifo.pop',
  looksAtData: false,
  shards: 'alone',
  props,
  testStarted: (_props, { test }) => Fifos.of(test).clear(),
  testEnded: (_props, { test }) => Fifos.of(test).clear(),
  before(given, user) {
    const { queue } = given;
    const taken = Fifos.of(user.test).queue(queue, user.test).take(user, seconds(given, user));
    const store = (value: string | undefined): void => {
      if (value === INTERRUPTED)
        user.test.log.write('WARN', 'k.a.j.m.FifoPopPreProcessor', `Interrupted pop from queue ${queue}`);
      user.variables.putObject(given.variable, value);
    };
    return taken instanceof Promise ? taken.then(store) : store(taken);
  },
});

/** Throws NumberFormatException. */
function seconds({ timeout, hasTimeout }: Named<typeof props>, { test }: User): number {
  if (!hasTimeout) return Fifos.timeout(test);
  return timeout === '' ? Number.POSITIVE_INFINITY : parseLong(timeout);
}
