import { JavaError } from '../../java/index.js';
import { type Awaitable, element, type Named, type Placed, prop, type Test, type User } from '../../model/index.js';
import { Barrier } from './barrier.js';

const props = {
  /** 0 = as many as the group has; the size of the barrier is that of the start of the test. */
  groupSize: prop.int('groupSize'),
  /** Milliseconds; 0 = until the user's schedule ends. */
  timeout: prop.long('timeoutInMs'),
};

/** Synchronizing Timer: users wait until so many of them are here, and go on together. It adds no delay. */
export const syncTimer = element({
  tag: 'SyncTimer',
  gui: 'TestBeanGUI',
  call: 'rendezvous',
  props,
  shards: 'alone',
  testStarted(settings: Named<typeof props>, user, self) {
    const { groupSize } = settings;
    // The bean is prepared whole.
    void settings.timeout;
    if (groupSize < 0) throw new JavaError('java.lang.IllegalArgumentException');
    barrierOf(self, user.test).size = groupSize;
  },
  threadStarted(_props, user, self) {
    const barrier = barrierOf(self, user.test);
    // The first thread says how many there are.
    if (barrier.size === 0) barrier.size = user.groupSize;
  },
  delay,
});

const barrierOf = (self: Placed, test: Test): Barrier => test.state(self, () => new Barrier());

function delay(settings: Named<typeof props>, user: User, self: Placed): Awaitable<number> {
  const { groupSize, timeout } = settings;
  if (groupSize < 0) return 0;
  if (timeout < 0) {
    const text = `Negative value for timeout:${timeout} in Synchronizing Timer ${settings.name}`;
    throw new JavaError('java.lang.IllegalArgumentException', text);
  }
  const { test, endTime } = user;
  const left = endTime === undefined ? Number.POSITIVE_INFINITY : endTime - test.clock.now();
  const wait = Math.min(timeout === 0 ? Number.POSITIVE_INFINITY : timeout, left);
  const arrived = barrierOf(self, test).await(user, wait);
  return arrived === undefined ? 0 : arrived.then((timedOut) => said(timedOut, settings, user));
}

function said(timedOut: boolean, { name, timeout }: Named<typeof props>, user: User): number {
  if (timedOut) {
    const text = `SyncTimer ${name} timeouted waiting for users after: ${timeout}ms`;
    user.test.log.write('WARN', 'o.a.j.t.SyncTimer', text);
  }
  return 0;
}
