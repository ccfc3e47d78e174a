import { describe, expect, it } from 'vitest';
import { keptTogether, prepare, usersOf } from '../../src/engine/index.js';
import type { Siblings } from '../../src/model/index.js';
import { SimulatedClock } from '../kit.js';
import { el, group, plan, play, probe, type Ran, setup, start } from './plan-kit.js';

type Plan = ReturnType<typeof plan>;

const BZM = 'com.blazemeter.jmeter.threads';
const forEver = { 'LoopController.loops': -1, 'LoopController.continue_forever': false };
const pause = (ms: number) =>
  el('TestAction', 'pause', { 'ActionProcessor.action': 1, 'ActionProcessor.duration': String(ms) });

/** The same plan in so many shards, each on a clock of its own: what all of them did. */
async function split(root: () => Plan, count: number, ms = 60_000): Promise<readonly Ran[]> {
  const ran: Ran[] = [];
  for (let index = 0; index < count; index++) ran.push(await play(root(), ms, { shard: { index, count, seed: 42 } }));
  return ran;
}

const times = (ran: readonly Ran[]): readonly number[] =>
  ran.flatMap(({ startedAt }) => startedAt).sort((a, b) => a - b);
const starts = (ran: readonly Ran[]): readonly string[] =>
  ran.flatMap(({ samples, startedAt }) => samples.map(({ threadName }, i) => `${threadName} ${startedAt[i]}`)).sort();

const scheduled: Readonly<Record<string, () => Plan>> = {
  'a ramp-up': () => plan(group('G', { threads: 11, ramp_time: 7, loops: 2 }, probe('p', { takes: 300 }))),
  'a ramp-up with delay': () =>
    plan(
      group(
        'G',
        { threads: 5, ramp_time: 3, scheduler: true, delay: 2, duration: 9, loops: -1 },
        probe('p', { takes: 900 }),
      ),
    ),
  'delayed users': () => plan(group('G', { threads: 9, ramp_time: 4, delayedStart: true }, probe('p'))),
  'setUp and main groups': () =>
    plan(
      group('S', { tag: 'SetupThreadGroup', threads: 3 }, probe('s')),
      group('G', { threads: 4, ramp_time: 1 }, probe('p')),
    ),
  steps: () =>
    plan(
      el(
        'kg.apc.jmeter.threads.SteppingThreadGroup',
        'S',
        {
          'ThreadGroup.main_controller': forEver,
          'ThreadGroup.num_threads': 7,
          'Start users count': 2,
          'Start users count burst': 1,
          'Start users period': 1,
          'Stop users count': 2,
          'Stop users period': 1,
          flighttime: 1,
          rampUp: 1,
        },
        probe('s'),
        pause(700),
      ),
    ),
  rows: () =>
    plan(
      el(
        'kg.apc.jmeter.threads.UltimateThreadGroup',
        'U',
        {
          ultimatethreadgroupdata: [
            ['3', '0', '2', '1', '2'],
            ['4', '1', '2', '2', '1'],
          ],
          'ThreadGroup.main_controller': forEver,
        },
        probe('u'),
        pause(600),
      ),
    ),
  'an open model': () =>
    plan(
      el(
        'OpenModelThreadGroup',
        'O',
        {
          'OpenModelThreadGroup.schedule': 'rate(2/sec) even_arrivals(5 sec) rate(4/sec)',
          'OpenModelThreadGroup.random_seed': '7',
        },
        probe('o'),
      ),
    ),
};

describe('users that start at times known before', () => {
  for (const [what, root] of Object.entries(scheduled)) {
    it(`have the names and times of one process: ${what}`, async () => {
      const whole = starts([await play(root())]);
      expect(whole.length).toBeGreaterThan(4);
      for (const count of [2, 3, 5]) expect(starts(await split(root, count))).toEqual(whole);
    });
  }
  it('draw the same random arrivals', async () => {
    const root = () =>
      plan(
        el(
          'OpenModelThreadGroup',
          'O',
          { 'OpenModelThreadGroup.schedule': 'rate(3/sec) random_arrivals(6 sec)' },
          probe('o'),
        ),
      );
    const names = (await split(root, 3)).flatMap(({ samples }) => samples.map(({ threadName }) => threadName));
    expect(new Set(names).size).toBe(18);
    expect(starts(await split(root, 2))).toEqual(starts(await split(root, 3)));
  });
});

describe('groups that supply users', () => {
  const concurrency = (): Plan =>
    plan(
      el(
        `${BZM}.concurrency.ConcurrencyThreadGroup`,
        'C',
        { TargetLevel: 7, RampUp: '4', Hold: '2', Steps: '3', Unit: 'S' },
        probe('c', { takes: 1500 }),
      ),
    );
  const dynamic: Readonly<Record<string, () => Plan>> = {
    arrivals: () =>
      plan(
        el(
          `${BZM}.arrivals.ArrivalsThreadGroup`,
          'A',
          { TargetLevel: 5, RampUp: '3', Hold: '2', Steps: '3', Unit: 'S' },
          probe('a', { takes: 100 }),
        ),
      ),
    'free-form arrivals': () =>
      plan(
        el(
          `${BZM}.arrivals.FreeFormArrivalsThreadGroup`,
          'F',
          { Schedule: [['2', '6', '4']], Unit: 'S' },
          probe('f', { takes: 100 }),
        ),
      ),
  };
  for (const [what, root] of Object.entries(dynamic)) {
    it(`begin as many passes at the same times: ${what}`, async () => {
      const whole = times([await play(root())]);
      expect(whole.length).toBeGreaterThan(10);
      for (const count of [2, 3]) expect(times(await split(root, count))).toEqual(whole);
    });
  }
  it('end after the same number of arrivals', async () => {
    const root = () =>
      plan(
        el(
          `${BZM}.arrivals.ArrivalsThreadGroup`,
          'A',
          { TargetLevel: 10, Hold: '9', ArrivalsLimit: '17', Unit: 'S' },
          probe('a'),
        ),
      );
    for (const count of [1, 2, 4]) expect(times(await split(root, count))).toHaveLength(17);
  });
  it('have as many users at work', async () => {
    for (const count of [1, 2, 3]) {
      // Each begins a pass every 1.5 s.
      const passes = times(await split(concurrency, count)).filter((ms) => ms > 3900 && ms <= 5400);
      expect(passes).toHaveLength(7);
    }
  });
  it('number their users so that no two shards have the same', async () => {
    const ran = await split(concurrency, 3);
    const names = ran.map(({ samples }) => new Set(samples.map(({ threadName }) => threadName)));
    expect(names.map((own) => [...own].map((name) => (Number(name.split('-').pop()) - 1) % 3))).toEqual(
      names.map((own, index) => [...own].map(() => index)),
    );
  });
});

describe('what users share', () => {
  const rate = (ran: readonly Ran[], from: number, to: number): number =>
    times(ran).filter((ms) => ms >= from && ms < to).length;

  it('a shared Constant Throughput Timer has one rate over all shards', async () => {
    const timer = el('ConstantThroughputTimer', 'T', { throughput: '120', calcMode: '4' });
    const root = () =>
      plan(group('G', { threads: 5, scheduler: true, duration: 20, loops: -1 }, probe('p', {}, timer)));
    const whole = rate([await play(root())], 2000, 18_000);
    for (const count of [2, 3])
      expect(Math.abs(rate(await split(root, count), 2000, 18_000) - whole)).toBeLessThanOrEqual(count);
  });
  it('a Throughput Shaping Timer lets as many begin each second', async () => {
    const timer = el('kg.apc.jmeter.timers.VariableThroughputTimer', 'T', { load_profile: [['3', '9', '6']] });
    const root = () => plan(group('G', { threads: 6, loops: -1 }, probe('p', { takes: 50 }, timer)));
    const perSecond = (ran: readonly Ran[]) => [0, 1, 2, 3, 4, 5].map((s) => rate(ran, s * 1000, s * 1000 + 1000));
    const whole = perSecond([await play(root())]);
    for (const count of [2, 3]) {
      const differences = perSecond(await split(root, count)).map((n, second) => Math.abs(n - (whole[second] ?? 0)));
      expect(Math.max(...differences)).toBeLessThanOrEqual(1);
    }
  });
  it('a Precise Throughput Timer deals out one sequence', async () => {
    const timer = el('PreciseThroughputTimer', 'T', {
      throughput: '30',
      throughputPeriod: 10,
      duration: '10',
      randomSeed: '5',
      batchSize: 1,
    });
    const root = () =>
      plan(group('G', { threads: 6, scheduler: true, duration: 10, loops: -1 }, probe('p', {}, timer)));
    const whole = times([await play(root())]);
    for (const count of [2, 4]) expect(times(await split(root, count))).toEqual(whole);
  });
  it('a Throughput Controller counts the executions of all', async () => {
    const settings = {
      'ThroughputController.style': 0,
      'ThroughputController.perThread': false,
      'ThroughputController.maxThroughput': '13',
    };
    const root = () =>
      plan(group('G', { threads: 5, loops: 20 }, el('ThroughputController', 'T', settings, probe('p', { takes: 10 }))));
    for (const count of [1, 2, 3, 8]) expect(times(await split(root, count))).toHaveLength(13);
  });
});

describe('shards on one clock', () => {
  /** Shards that meet as those of a fleet do. */
  async function together(root: Plan, count: number): Promise<readonly Ran[]> {
    const clock = new SimulatedClock();
    const places = Array.from({ length: count }, () => -1);
    let waiting: { readonly place: number; readonly go: (at: number) => void }[] = [];
    const letGo = (): void => {
      const ready = waiting.filter(({ place }) => place <= Math.min(...places));
      waiting = waiting.filter((one) => !ready.includes(one));
      for (const { go } of ready) go(clock.now());
    };
    const ran: Ran[] = [];
    let turns = 0;
    const siblings = (index: number): Siblings => ({
      meet(place) {
        places[index] = place;
        return new Promise((go) => {
          waiting.push({ place, go });
          letGo();
        });
      },
      stopped: (now) => {
        for (const [i, { run }] of ran.entries()) if (i !== index) now ? run.stopNow() : run.stop();
      },
      turn(_key, use) {
        use(turns++);
        return undefined;
      },
      report() {},
      activeChanged() {},
    });
    for (let index = 0; index < count; index++)
      ran.push(start(root, { clock, shard: { index, count }, siblings: siblings(index) }));
    for (const [index, { run }] of ran.entries())
      void run.finished.then(() => {
        places[index] = Number.POSITIVE_INFINITY;
        letGo();
      });
    let ended = false;
    const all = Promise.all(ran.map(({ run }) => run.finished)).then(() => {
      ended = true;
    });
    for (let moved = 0; !ended && moved < 60_000; moved += 100) await clock.advance(100);
    await all;
    return ran;
  }

  it('begin the main groups when the setUp groups of all have ended', async () => {
    const root = plan(
      group('S', { tag: 'SetupThreadGroup', threads: 1 }, probe('s', { takes: 3000 })),
      group('G', { threads: 2 }, probe('p')),
    );
    expect(starts(await together(root, 2))).toEqual(['G 1-1 3000', 'G 1-2 3000', 'S 1-1 0']);
  });
  it('begin a serial group when the one before it has ended everywhere', async () => {
    const groups = [group('A', { threads: 1 }, probe('a', { takes: 2000 })), group('B', { threads: 2 }, probe('b'))];
    const root = el('Plan', 'Test Plan', { serial: true }, ...groups);
    expect(starts(await together(root, 2))).toEqual(['A 1-1 0', 'B 2-1 2000', 'B 2-2 2000']);
  });
  it('have one counter', async () => {
    const settings = {
      'CounterConfig.name': 'n',
      'CounterConfig.start': 5,
      'CounterConfig.incr': 2,
      'CounterConfig.end': 23,
    };
    const root = plan(group('G', { threads: 5, loops: 3 }, el('CounterConfig', 'C', settings), probe('${n}')));
    const numbers = (await together(root, 3)).flatMap((ran) => ran.samples.map(({ label }) => Number(label)));
    // 5, 7, … 23, and from 5 again.
    expect(numbers.sort((a, b) => a - b)).toEqual([5, 5, 7, 7, 9, 9, 11, 11, 13, 13, 15, 17, 19, 21, 23]);
  });
  it('stop together', async () => {
    const root = plan(
      group('G', { threads: 2, loops: -1, on_sample_error: 'stoptest' }, probe('p', { takes: 500 })),
      group('E', { threads: 1, on_sample_error: 'stoptest' }, pause(1200), probe('e', { fails: true })),
    );
    expect(times(await together(root, 2)).filter((ms) => ms > 1200)).toEqual([]);
  });
});

describe('what keeps a plan in one process', () => {
  const keep = (...inside: ReturnType<typeof el>[]) => {
    const { program } = prepare({ file: 'p.jmx', elements: [plan(group('G', { threads: 4 }, ...inside))] }, setup());
    if (!program) throw new Error('no program');
    return { kept: keptTogether(program).map(({ text }) => text.replace(/ is shared.*/, '')), users: usersOf(program) };
  };
  it('is nothing of what users have for themselves', () => {
    expect(keep(probe('p ${__counter(TRUE,)}'), el('CounterConfig', 'C', { 'CounterConfig.per_user': true }))).toEqual({
      kept: [],
      users: 4,
    });
  });
  it('is what they share', () => {
    expect(keep(probe('p ${__counter(FALSE,)}'), el('CounterConfig', 'C')).kept).toEqual(['what ${__counter} keeps']);
    expect(
      keep(probe('p', {}, el('SyncTimer', 'Y')), el('CSVDataSet', 'D', { shareMode: 'shareMode.thread' })).kept,
    ).toEqual(['SyncTimer "Y"']);
  });
});
