import { JavaRandom } from '../../java/index.js';
import { element, isOurs, type Named, prop, StopThread, type User } from '../../model/index.js';
import { PoissonArrivals } from './poisson-arrivals.js';

const props = {
  /** Samples in a period. */
  throughput: prop.number('throughput'),
  /** Seconds. */
  period: prop.int('throughputPeriod'),
  /** Seconds for which the number of samples is exact. */
  duration: prop.long('duration'),
  batchSize: prop.int('batchSize'),
  /** 0 = another sequence each time. */
  seed: prop.long('randomSeed'),
};

/**
 * Spaces samples like the arrivals of strangers, but so that each period has its number of them. All such timers of a group
 * share one sequence, made by the first. A missing key is 0: the defaults of the GUI are not those of a file.
 */
export const preciseThroughputTimer = element({
  tag: 'PreciseThroughputTimer',
  gui: 'TestBeanGUI',
  call: 'pause.arrivals',
  props,
  // JMeter 5.6.3 reads none of them.
  ignored: ['batchThreadDelay', 'exactLimit', 'allowedThroughputSurplus'],
  shards: 'divides',
  delay,
});

/** The sequence of a group; its rate and duration are those last read by the user that made it. */
interface Sequence {
  readonly maker: User;
  readonly arrivals: PoissonArrivals;
  settings: { readonly rate: number; readonly duration: number };
  /** Arrivals there have been in all shards. */
  count: number;
}
const SEQUENCES = {};

/** All shards draw the same arrivals, and each takes those that fall to its users. */
function nextOurs(sequence: Sequence, user: User): number {
  const { shard } = user.test;
  if (shard.count === 1) return sequence.arrivals.next(sequence.settings);
  const users = user.groupSize || undefined;
  for (;;) {
    const at = sequence.arrivals.next(sequence.settings);
    if (isOurs(sequence.count++, shard, users)) return at;
  }
}

function randomOf(user: User): () => number {
  const { seed } = user.test.shard;
  if (seed === undefined) return () => user.random();
  const random = new JavaRandom(seed + hashOf(user.groupName));
  return () => random.nextDouble();
}

/** So that each group has a sequence of its own. */
const hashOf = (name: string): number => [...name].reduce((hash, c) => (hash * 31 + (c.codePointAt(0) ?? 0)) | 0, 0);

function delay(given: Named<typeof props>, user: User): number {
  const { test, endTime } = user;
  const { throughput, period, duration, batchSize, seed } = given;
  const settings = { rate: throughput / period, duration };
  const sequences = test.state(SEQUENCES, () => new WeakMap<object, Sequence>());
  let sequence = sequences.get(user.group);
  if (sequence === undefined) {
    sequence = { maker: user, arrivals: new PoissonArrivals(batchSize, seed, randomOf(user)), settings, count: 0 };
    sequences.set(user.group, sequence);
  }
  if (sequence.maker === user) sequence.settings = settings;
  const at = nextOurs(sequence, user) * 1000 + test.startedAt;
  const now = test.clock.now();
  const wait = Math.max(0, Math.trunc(at - now));
  if (endTime !== undefined && now + wait > endTime) {
    throw new StopThread(
      `The thread is scheduled to stop in ${endTime - now} ms and the throughput timer generates a delay of ${wait}. Terminating the thread manually.`,
    );
  }
  return wait;
}
