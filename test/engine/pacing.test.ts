import { describe, expect, it } from 'vitest';
import { JavaRandom } from '../../src/java/index.js';
import { el, group, labels, plan, play, probe } from './plan-kit.js';

const constant = (throughput: number, mode: number | string) =>
  el('ConstantThroughputTimer', 'T', { throughput, calcMode: mode });
const startsOf = async (settings: Parameters<typeof group>[1], ...children: Parameters<typeof plan>) =>
  (await play(plan(group('G', settings, ...children)), 600_000)).startedAt;

describe('Constant Throughput Timer', () => {
  it('does not delay the first sample, and does not catch up', async () => {
    expect(await startsOf({ loops: 3 }, probe('a', { takes: 100 }, constant(60, 0)))).toEqual([0, 1000, 2000]);
    expect(await startsOf({ loops: 3 }, probe('a', { takes: 1500 }, constant(60, 0)))).toEqual([0, 1500, 3000]);
  });
  it('counts all active users, or those of the group', async () => {
    expect(await startsOf({ threads: 2, loops: 2 }, probe('a', { takes: 10 }, constant(60, 1)))).toEqual([
      0, 0, 2000, 2000,
    ]);
    expect(await startsOf({ threads: 2, loops: 2 }, probe('a', { takes: 10 }, constant(60, 2)))).toEqual([
      0, 0, 2000, 2000,
    ]);
  });
  it('keeps one schedule for all who share it; each user adds what it gets to its own last time', async () => {
    expect(
      await startsOf({ threads: 3, loops: 1 }, probe('a', {}, constant(60, 'all active threads (shared)'))),
    ).toEqual([0, 0, 0]);
    expect(await startsOf({ threads: 2, loops: 2 }, probe('a', {}, constant(60, 4)))).toEqual([0, 0, 1000, 3000]);
  });
  it('an unknown word is mode 0; a number out of range ends the thread; without throughput the wait has no end', async () => {
    expect(await startsOf({ loops: 2 }, probe('a', {}, constant(60, 'nonsense')))).toEqual([0, 1000]);
    expect(await startsOf({}, probe('a', {}, constant(60, 7)), probe('b'))).toEqual([]);
    expect(await startsOf({ scheduler: true, duration: 5 }, probe('a', {}, constant(0, 0)), probe('b'))).toEqual([]);
  });
});

describe('Precise Throughput Timer', () => {
  const precise = (props: Parameters<typeof el>[2]) => el('PreciseThroughputTimer', 'T', props);

  it('draws the sequence of java.util.Random for a seed, each window of time its share', async () => {
    const random = new JavaRandom(42);
    const window = (from: number) => [0, 1, 2].map(() => from + random.nextDouble() * 10).sort((a, b) => a - b);
    const expected = [...window(0), ...window(10)].map((seconds) => Math.trunc(seconds * 1000));
    const settings = { throughput: 3, throughputPeriod: 10, duration: 10, batchSize: 1, randomSeed: 42 };
    expect(await startsOf({ loops: 6 }, probe('a', {}, precise(settings)))).toEqual(expected);
  });
  it('lets batches go together', async () => {
    const settings = { throughput: 4, throughputPeriod: 10, duration: 10, batchSize: 2, randomSeed: 7 };
    const [a, b, c, d] = await startsOf({ loops: 4 }, probe('a', {}, precise(settings)));
    expect([a === b, c === d, b === c]).toEqual([true, true, false]);
  });
  it('loses the sample when the rate gives no arrival, as where keys are missing; ends the thread beyond its schedule', async () => {
    expect(labels(await play(plan(group('G', {}, probe('a', {}, precise({})), probe('b')))))).toEqual(['b']);
    const settings = { throughput: 1, throughputPeriod: 100, duration: 100, batchSize: 1, randomSeed: 5 };
    expect(await startsOf({ scheduler: true, duration: 2 }, probe('a', {}, precise(settings)), probe('b'))).toEqual([]);
  });
});

describe('Synchronizing Timer', () => {
  const sync = (groupSize: number, timeoutInMs = 0) => el('SyncTimer', 'T', { groupSize, timeoutInMs });

  it('lets users go on together; 0 is as many as the group has', async () => {
    expect(await startsOf({ threads: 2, ramp_time: 4 }, probe('a', {}, sync(2)))).toEqual([2000, 2000]);
    expect(await startsOf({ threads: 3, ramp_time: 6 }, probe('a', {}, sync(0)))).toEqual([4000, 4000, 4000]);
  });
  it('lets all through that wait when the time of one is over, and at the end of the schedule', async () => {
    expect(await startsOf({ threads: 2, ramp_time: 2 }, probe('a', {}, sync(5, 1500)))).toEqual([1500, 1500]);
    expect(await startsOf({ threads: 2, scheduler: true, duration: 3 }, probe('a', {}, sync(5)), probe('b'))).toEqual([
      3000, 3000,
    ]);
  });
  it('loses the sample when the timeout is negative', async () => {
    expect(labels(await play(plan(group('G', {}, probe('a', {}, sync(2, -1)), probe('b')))))).toEqual(['b']);
  });
});
