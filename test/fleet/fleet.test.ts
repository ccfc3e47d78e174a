import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../src/fleet/frame.js';
import { Fleet, type FromShard, shardsFor, type ToShard } from '../../src/fleet/index.js';
import { Sample, type SampleEvent } from '../../src/model/index.js';
import { type Problem, problems } from '../../src/problem.js';
import { Statistics } from '../../src/result/index.js';
import { fakeUser } from '../kit.js';

/** Shards that say and hear what a test wants. */
function fleet(count: number) {
  const shards = Array.from({ length: count }, () => ({
    heard: [] as string[],
    killed: false,
    say: (_: FromShard): void => {},
    rows: (_: Buffer): void => {},
    gone: (_: string): void => {},
  }));
  const warned: Problem[] = [];
  const written: string[] = [];
  const made = new Fleet({
    count,
    start(index) {
      const shard = shards[index];
      if (shard === undefined) throw new Error('no such shard');
      return {
        send: (message: ToShard) => void shard.heard.push(inShort(message)),
        kill() {
          shard.killed = true;
          shard.gone('it was ended by SIGKILL');
        },
        onMessage: (hear) => {
          shard.say = hear;
        },
        onRows: (hear) => {
          shard.rows = hear;
        },
        onGone: (hear) => {
          shard.gone = hear;
        },
      };
    },
    statistics: new Statistics(),
    users() {},
    summary() {},
    report: (name, part) => void written.push(`${name} ${part}`),
    tick() {},
    open: ({ path }) => ({
      append: (rows) => void written.push(`${path}: ${rows}`),
      take() {},
      flush() {},
      close: () => void written.push(`${path} closed`),
    }),
    log() {},
    print() {},
    warn: (problem) => void warned.push(problem),
    now: () => 1000,
    plannedSeconds: () => undefined,
  });
  return { made, shards, warned, written, codes: () => warned.map(({ code }) => code) };
}

const inShort = (message: ToShard): string =>
  message.what === 'go'
    ? `go ${message.place}`
    : message.what === 'turns'
      ? `turns ${message.key} ${message.first}`
      : message.what;

const event = (elapsed: number): SampleEvent => {
  const sample = new Sample();
  sample.start(1);
  sample.end(1 + elapsed);
  return { sample, user: fakeUser(), variables: [] };
};

const at = (place: number): FromShard => ({ what: 'at', place });
const opened = (path: string): Buffer =>
  encodeFrame(
    { kind: 'open', file: 0, events: 0 },
    JSON.stringify({ name: 'x', path, opens: 'csv', anew: false, begin: '', end: '' }),
  );
const rows = (text: string, events = 1): Buffer => encodeFrame({ kind: 'rows', file: 0, events }, text);

describe('a fleet', () => {
  it('lets shards go on when all have come', () => {
    const { shards } = fleet(3);
    shards[0]?.say(at(0));
    shards[1]?.say(at(0));
    expect(shards[0]?.heard).toEqual([]);
    shards[2]?.say(at(0));
    expect(shards.map(({ heard }) => heard)).toEqual([['go 0'], ['go 0'], ['go 0']]);
    // One that was stopped leaves places out.
    shards[0]?.say(at(5));
    shards[1]?.say(at(9));
    shards[2]?.say(at(5));
    expect(shards.map(({ heard }) => heard.slice(1))).toEqual([['go 5'], [], ['go 5']]);
  });
  it('tells a stop, and a property, to the others', () => {
    const { shards } = fleet(3);
    shards[1]?.say({ what: 'stopped', now: true });
    shards[0]?.say({ what: 'set', properties: [['a', 'b']] });
    expect(shards.map(({ heard }) => heard)).toEqual([['stop'], ['set'], ['stop', 'set']]);
  });
  it('goes on without a shard that is lost, keeps its rows and says so', async () => {
    const { made, shards, written, warned } = fleet(2);
    for (const shard of shards) shard.say(at(0));
    for (const shard of shards) shard.rows(opened('/x.jtl'));
    shards[0]?.rows(rows('a\n'));
    shards[1]?.rows(rows('b\nc\n', 2));
    shards[1]?.rows(rows('torn').subarray(0, 14));
    shards[0]?.say(at(7));
    shards[1]?.gone('it was ended by SIGKILL');
    expect(shards[0]?.heard).toEqual(['go 0', 'active', 'go 7']);
    shards[0]?.say({ what: 'ended' });
    shards[0]?.gone('it ended with code 0');
    await made.finished;
    expect(written).toEqual(['/x.jtl: a\n', '/x.jtl: b\nc\n', '/x.jtl closed']);
    expect(made.failed).toBe(true);
    expect(warned).toEqual([
      problems.shardLost('shard 2 of 2', 'it was ended by SIGKILL', 'the users 2, 4, 6, … of each thread group', 0, 2),
    ]);
  });
  it('gives up when a shard does not start', async () => {
    const { made, shards, codes } = fleet(3);
    shards[0]?.say(at(0));
    shards[2]?.gone('it ended with code 1');
    await made.finished;
    expect(codes()).toEqual(['E414']);
    expect(shards.map(({ killed }) => killed)).toEqual([true, true, false]);
    expect(made.failed).toBe(true);
  });
  it('adds up figures and hands on reports', () => {
    const { made, shards, written } = fleet(2);
    for (const [i, shard] of shards.entries()) {
      const statistics = new Statistics();
      statistics.record(event(10 + i));
      const users = { active: 1 + i, started: 3, finished: 2 - i, total: 7 };
      const reports = [['mine', i]] as const;
      shard.say({ what: 'figures', figures: { statistics: statistics.part(), summaries: [], reports, users } });
    }
    expect([made.samples, made.activeUsers, made.startedUsers, made.finishedUsers, made.totalUsers]).toEqual([
      2, 3, 6, 3, 7,
    ]);
    expect(written).toEqual(['mine 0', 'mine 1']);
  });
  it('gives turns to whoever asks', () => {
    const { shards } = fleet(2);
    for (const shard of [...shards, ...shards]) shard.say({ what: 'turns', key: 'a', count: 3 });
    shards[0]?.say({ what: 'turns', key: 'b', count: 1 });
    expect(shards.map(({ heard }) => heard)).toEqual([
      ['turns a 0', 'turns a 6', 'turns b 0'],
      ['turns a 3', 'turns a 9'],
    ]);
  });
  it('says once what all shards say', () => {
    const { shards, codes } = fleet(2);
    for (const shard of shards) shard.say({ what: 'warn', problem: problems.elementWarns('so it is') });
    expect(codes()).toEqual(['W213']);
  });
});

describe('auto', () => {
  it('is one process unless more are of use', () => {
    expect([0, 1, 1999, 2000, 18_000, 54_001, 1_000_000].map((users) => shardsFor(users, 2))).toEqual([
      1, 1, 1, 2, 2, 4, 56,
    ]);
  });
});
