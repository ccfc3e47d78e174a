import { toInt } from '../../java/index.js';
import { element, type Named, type Placed, partOf, prop, StopThread, type Test, type User } from '../../model/index.js';

const props = {
  /** Samples a minute. */
  throughput: prop.number('throughput'),
  /** 0 this user alone, 1 all users, 2 those of the group; 3 and 4 the same with a schedule that they share. */
  mode: prop.text('calcMode'),
};

const TEXTS = [
  'this thread only',
  'all active threads',
  'all active threads in current thread group',
  'all active threads (shared)',
  'all active threads in current thread group (shared)',
];

/**
 * Spaces samples so that they reach a throughput (ConstantThroughputTimer 5.6.3): the first of each user is not delayed,
 * and without a throughput the wait has no end.
 */
export const constantThroughputTimer = element({
  tag: 'ConstantThroughputTimer',
  gui: 'TestBeanGUI',
  call: 'pause.throughput',
  props,
  shards: 'divides',
  delay,
});

/** Epoch ms of the next sample of a user. */
interface Own {
  next: number;
}
/** Epoch ms of the last sample of all who share it. */
interface Shared {
  last: number;
}

function delay(settings: Named<typeof props>, user: User, self: Placed): number {
  const own = user.state<Own>(self, () => ({ next: 0 }));
  const now = user.test.clock.now();
  const target = own.next + spacing(settings, user);
  // Who is late does not catch up.
  own.next = Math.max(now, target);
  return own.next - now;
}

/** Milliseconds to the next sample; the throughput is evaluated each time, the mode only where it is a number. */
function spacing({ throughput, mode }: Named<typeof props>, user: User): number {
  const interval = 60_000 / throughput;
  switch (modeOf(mode)) {
    case 0:
      return Math.round(interval);
    case 1:
      return Math.round(user.test.allThreads * interval);
    case 2:
      return Math.round(user.groupThreads * interval);
    case 3:
      return untilNext(ALL_GROUPS, ours(interval, user, user.test.totalUsers ?? 0), user.test);
    case 4:
      return untilNext(user.group, ours(interval, user, user.groupSize), user.test);
    default:
      // JMeter's thread dies of an ArrayIndexOutOfBoundsException.
      throw new StopThread(`no calculation mode ${mode}`);
  }
}

/** Of a schedule that users of several shards share, each shard keeps a part: that of its users. */
const ours = (interval: number, { test: { shard } }: User, users: number): number =>
  Math.round(shard.count === 1 ? interval : interval / partOf(users, shard));

/** Old plans have the English text of the mode; what is no number is mode 0. */
function modeOf(mode: string): number {
  const index = TEXTS.indexOf(mode);
  return index < 0 ? (toInt(mode) ?? 0) : index;
}

/** The place of a sample in the schedule that several users share, as milliseconds from now. */
function untilNext(sharers: object, interval: number, test: Test): number {
  const schedules = test.state(SCHEDULES, () => new WeakMap<object, Shared>());
  const shared = schedules.get(sharers) ?? { last: 0 };
  schedules.set(sharers, shared);
  const now = test.clock.now();
  // Without a throughput the first waits for ever; from then on the sum overflows in Java, and nobody waits.
  const overflows = shared.last > 0 && interval === Number.POSITIVE_INFINITY;
  const next = overflows ? now : shared.last + interval;
  shared.last = Math.max(now, next);
  return shared.last - now;
}

const SCHEDULES = {};
const ALL_GROUPS = {};
