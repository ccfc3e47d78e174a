import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { groupLoads, prepare } from '../../src/engine/index.js';
import { Properties } from '../../src/model/index.js';
import { el, group, labels, plan, play, probe, type Ran, setup, start } from './plan-kit.js';

type Settings = Parameters<typeof el>[2];
type Kids = readonly ReturnType<typeof el>[];

const BZM = 'com.blazemeter.jmeter.threads';
const concurrency = (name: string, settings: Settings, ...kids: Kids) =>
  el(`${BZM}.concurrency.ConcurrencyThreadGroup`, name, settings, ...kids);
const arrivals = (name: string, settings: Settings, ...kids: Kids) =>
  el(`${BZM}.arrivals.ArrivalsThreadGroup`, name, settings, ...kids);
const freeForm = (name: string, rows: readonly (readonly string[])[], ...kids: Kids) =>
  el(`${BZM}.arrivals.FreeFormArrivalsThreadGroup`, name, { Schedule: rows }, ...kids);
const openModel = (schedule: string, settings: Settings, ...kids: Kids) =>
  el('OpenModelThreadGroup', 'O', { 'OpenModelThreadGroup.schedule': schedule, ...settings }, ...kids);
const forEver = { 'LoopController.loops': -1, 'LoopController.continue_forever': false };
const ultimate = (rows: readonly (readonly string[])[], ...kids: Kids) =>
  el(
    'kg.apc.jmeter.threads.UltimateThreadGroup',
    'U',
    { ultimatethreadgroupdata: rows, 'ThreadGroup.main_controller': forEver },
    ...kids,
  );
const stepping = (settings: Settings, ...kids: Kids) =>
  el(
    'kg.apc.jmeter.threads.SteppingThreadGroup',
    'S',
    { 'ThreadGroup.main_controller': forEver, ...settings },
    ...kids,
  );
const pause = (ms: number) =>
  el('TestAction', 'pause', { 'ActionProcessor.action': 1, 'ActionProcessor.duration': String(ms) });
const flow = (action: number) => el('TestAction', 'flow', { 'ActionProcessor.action': action });

/** `label@ms thread`, in the order of their starts. */
const started = ({ samples, startedAt }: Ran): string[] =>
  samples
    .map(({ label, threadName }, i) => ({ at: startedAt[i] ?? 0, text: `${label}@${startedAt[i]} ${threadName}` }))
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text);
const names = ({ samples }: Ran): string[] => samples.map(({ label, threadName }) => `${label} ${threadName}`);

describe('the Stepping Thread Group', () => {
  it('adds and takes away in steps', async () => {
    const settings = { 'ThreadGroup.num_threads': 5, 'Start users count': 2, 'Start users count burst': 1 };
    const times = { 'Start users period': 1, 'Stop users count': 2, 'Stop users period': 1, flighttime: 1, rampUp: 1 };
    const ran = await play(plan(stepping({ ...settings, ...times }, probe('s'), pause(60_000))));
    expect(started(ran)).toEqual(['s@0 S 1-1', 's@2000 S 1-2', 's@2500 S 1-3', 's@4000 S 1-4', 's@4500 S 1-5']);
    expect(ran.clock.now() - 1_700_000_000_000).toBeGreaterThanOrEqual(8000);
  });
});

describe('the Ultimate Thread Group', () => {
  it('begins a row with its last user, and stops each between two samplers', async () => {
    const rows = [['2', '0', '2', '1', '2']];
    const ran = await play(plan(ultimate(rows, probe('u', { takes: 700 }))));
    expect(started(ran).filter((row) => row.endsWith('1-2'))).toEqual(
      [1000, 1700, 2400, 3100, 3800].map((ms) => `u@${ms} U 1-2`),
    );
    expect(started(ran)[2]).toBe('u@2000 U 1-1');
  });

  it('counts a row of no users as one of the others', async () => {
    const rows = [
      ['0', '1', '0', '1', '0'],
      ['2', '0', '0', '1', '0'],
    ];
    const ran = await play(plan(ultimate(rows, probe('u'), pause(9000))));
    expect(started(ran)).toEqual(['u@0 U 1-2', 'u@1000 U 1-1']);
  });

  it('takes its rows from the property', async () => {
    const properties = new Properties();
    properties.set('threads_schedule', 'spawn(1,2s,0,1s,0) nonsense(3)');
    const ran = await play(plan(ultimate([['9', '0', '0', '1', '0']], probe('u'), pause(9000))), 60_000, {
      properties,
    });
    expect(started(ran)).toEqual(['u@2000 U 1-1']);
  });
});

describe('the log of a bzm group', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'groups-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  /** Label, message and thread of each row; the titles are there whatever the property says. */
  const logged = async (name: string, made: (file: string) => Kids[number]): Promise<readonly string[]> => {
    const properties = new Properties();
    properties.set('jmeter.save.saveservice.print_field_names', 'false');
    const file = path.join(folder, name);
    await play(plan(made(file)), 60_000, { properties });
    const rows = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
    return rows.map((row) =>
      row
        .split(',')
        .filter((_, i) => i === 2 || i === 4 || i === 5)
        .join(' '),
    );
  };

  it('has the start and the end of each user', async () => {
    const rows = await logged('c.csv', (LogFilename) =>
      concurrency('C', { Hold: '1', LogFilename }, probe('c', { takes: 1200 })),
    );
    expect(rows).toEqual([
      'label responseMessage threadName',
      ' START C-ThreadStarter 1-1',
      ' FINISH C-ThreadStarter 1-1',
    ]);
  });

  it('has what becomes of each arrival', async () => {
    const next = { TargetLevel: 1, Hold: '2', 'ThreadGroup.on_sample_error': 'startnextloop' };
    const rows = await logged('a.csv', (LogFilename) =>
      arrivals('A', { ...next, LogFilename }, probe('f', { fails: true })),
    );
    expect(rows.slice(1)).toEqual(
      ['0.1 ARRIVAL', '0.1 ABANDONMENT', '0.2 ARRIVAL', '0.2 ABANDONMENT'].map((row) => `${row} A-ThreadStarter 1-1`),
    );
  });
});

describe('functions in a group', () => {
  const counted = 'n ${__counter(FALSE,)}';
  const said = probe('${__threadGroupName}');
  const firstLabel = async (group: Kids[number]) => labels(await play(plan(group)))[0];

  it('in its name are evaluated as often as the plugins do', async () => {
    const row = { ultimatethreadgroupdata: [['1', '0', '0', '1', '0']], 'ThreadGroup.main_controller': forEver };
    const schedule = { 'OpenModelThreadGroup.schedule': 'rate(1/s) even_arrivals(1 s)' };
    const stay = pause(9000);
    expect(await firstLabel(concurrency(counted, { Hold: '1' }, said, stay))).toBe('n 6');
    expect(await firstLabel(arrivals(counted, { Hold: '1' }, said, stay))).toBe('n 6');
    expect(await firstLabel(el('OpenModelThreadGroup', counted, schedule, said))).toBe('n 6');
    expect(await firstLabel(el('kg.apc.jmeter.threads.UltimateThreadGroup', counted, row, said, stay))).toBe('n 5');
  });

  it('in the rows of an Ultimate Thread Group are evaluated for each user', async () => {
    const rows = [
      ['${__counter(FALSE,)}', '0', '0', '1', '0'],
      ['1', '1', '0', '1', '0'],
    ];
    expect(started(await play(plan(ultimate(rows, probe('u'), pause(9000)))))).toEqual([
      'u@0 U 1-1',
      'u@0 U 1-2',
      'u@0 U 1-3',
    ]);
  });

  it('a row that is too short ends the engine: no other group starts', async () => {
    const ran = await play(
      plan(group('A', {}, probe('a')), ultimate([['1', '0']], probe('never')), group('B', {}, probe('never'))),
    );
    expect(labels(ran)).toEqual(['a']);
  });
});

describe('the Concurrency Thread Group', () => {
  it('replaces users that are done, until the hold is over', async () => {
    const ran = await play(
      plan(concurrency('C', { TargetLevel: 1, Hold: '2', Iterations: '2' }, probe('c', { takes: 400 }))),
    );
    expect(names(ran)).toEqual([
      'c C-ThreadStarter 1-1',
      'c C-ThreadStarter 1-1',
      'c C-ThreadStarter 1-2',
      'c C-ThreadStarter 1-2',
      'c C-ThreadStarter 1-3',
      'c C-ThreadStarter 1-3',
    ]);
  });

  it('cuts a pass at its next sampler when it is over, and no sample', async () => {
    const ran = await play(
      plan(concurrency('C', { TargetLevel: 1, Hold: '1' }, probe('long', { takes: 1500 }), probe('cut'))),
    );
    expect(labels(ran)).toEqual(['long']);
  });

  it('starts a loop anew in the same user, and loses a user that breaks it', async () => {
    const next = await play(
      plan(
        concurrency(
          'C',
          { Hold: '1', 'ThreadGroup.on_sample_error': 'startnextloop' },
          probe('f', { fails: true, takes: 600 }),
          probe('never'),
        ),
      ),
    );
    expect(names(next)).toEqual(['f C-ThreadStarter 1-1', 'f C-ThreadStarter 1-1']);
    const broken = await play(
      plan(concurrency('C', { Hold: '1' }, probe('b', { takes: 600 }), flow(5), probe('never'))),
    );
    expect(names(broken)).toEqual(['b C-ThreadStarter 1-1', 'b C-ThreadStarter 1-2']);
    expect(broken.log.lines.some((line) => line.includes('ClassCastException'))).toBe(true);
  });

  it('looks once a second, so steps may come late', async () => {
    const ran = await play(
      plan(concurrency('C', { TargetLevel: 2, RampUp: '1.5', Steps: '2', Hold: '1' }, probe('s'), pause(2400))),
    );
    expect(
      started(ran)
        .slice(0, 2)
        .map((row) => Number(/@(\d+)/.exec(row)?.[1]) >= 1000),
    ).toEqual([false, true]);
  });

  it('begins nobody without a target, and lets the next group begin', async () => {
    const root = el(
      'Plan',
      'p',
      { serial: true },
      concurrency('C', { TargetLevel: 0 }, probe('never')),
      group('G', {}, probe('g')),
    );
    expect(labels(await play(root))).toEqual(['g']);
  });

  it('on a stop of the run cuts what its users wait for: timers end, the sample is taken, the pass ends', async () => {
    const ran = start(
      plan(concurrency('C', { Hold: '60' }, el('Timer', 't', { ms: 5000 }), probe('after the timer'), probe('never'))),
    );
    await ran.clock.advance(1000);
    ran.run.stop();
    await ran.clock.advance(100);
    await ran.run.finished;
    expect(labels(ran)).toEqual(['after the timer']);
  });
});

describe('groups of arrivals', () => {
  it('use a resting user again, with all it has', async () => {
    const ran = await play(plan(arrivals('A', { TargetLevel: 2, Hold: '2' }, probe('a'), probe('b', { takes: 600 }))));
    expect(names(ran).filter((row) => row.startsWith('a'))).toEqual([
      'a A-ThreadStarter 1-1',
      'a A-ThreadStarter 1-2',
      'a A-ThreadStarter 1-1',
      'a A-ThreadStarter 1-2',
    ]);
  });

  it('count resting users as no active ones', async () => {
    const ran = await play(plan(arrivals('A', { TargetLevel: 1, Hold: '3' }, probe('a'))));
    expect(ran.rows).toEqual(['1', '1', '1'].map(() => 'a 200 A-ThreadStarter 1-1 1/1'));
  });

  it('keep the groups behind them waiting for the first arrival', async () => {
    const ran = await play(
      plan(arrivals('A', { TargetLevel: 1, RampUp: '2', Hold: '1' }, probe('a')), group('G', {}, probe('g'))),
    );
    expect(labels(ran)).toEqual(['a', 'g']);
    expect(ran.startedAt.every((at) => at >= 2000)).toBe(true);
  });

  it('lose arrivals beyond the limit of users, and end after the limit of arrivals', async () => {
    const limited = { TargetLevel: 2, Hold: '2', ConcurrencyLimit: '1' };
    expect(labels(await play(plan(arrivals('A', limited, probe('a', { takes: 700 })))))).toEqual(['a', 'a']);
    const two = { TargetLevel: 2, Hold: '9', ArrivalsLimit: '2' };
    expect(labels(await play(plan(arrivals('A', two, probe('a', { takes: 900 }), probe('b')))))).toEqual(['a', 'a']);
  });

  it('rest after "next loop" too, and let others take over from a user that is done', async () => {
    const next = { TargetLevel: 1, Hold: '2', 'ThreadGroup.on_sample_error': 'startnextloop' };
    const ran = await play(plan(arrivals('A', next, probe('f', { fails: true }), probe('never'))));
    expect(names(ran)).toEqual(['f A-ThreadStarter 1-1', 'f A-ThreadStarter 1-1']);
    const once = await play(plan(arrivals('A', { TargetLevel: 1, Hold: '2', Iterations: '1' }, probe('a'))));
    expect(names(once)).toEqual(['a A-ThreadStarter 1-1', 'a A-ThreadStarter 1-2']);
  });

  it('report a transaction that "next loop" cut when the user is woken, as the plugin does', async () => {
    const next = { TargetLevel: 1, Hold: '2', 'ThreadGroup.on_sample_error': 'startnextloop' };
    const cut = el(
      'TransactionController',
      'tx',
      { 'TransactionController.parent': true },
      probe('f', { fails: true }),
    );
    const ran = await play(plan(arrivals('A', next, probe('a'), cut)));
    expect(labels(ran)).toEqual(['a', 'tx', 'a', 'tx']);
    expect(ran.rows[1]).toMatch(/1\/1$/);
  });

  it('follow the rows of a free form; a rate per minute', async () => {
    const rows = [
      ['60', '60', '0.05'],
      ['120', '120', '0.05'],
    ];
    const minutes = el(
      `${BZM}.arrivals.FreeFormArrivalsThreadGroup`,
      'F',
      { Schedule: rows, Unit: 'M' },
      probe('f'),
      pause(9000),
    );
    const ran = await play(plan(minutes));
    expect(ran.startedAt.map((at) => Math.round(at / 100))).toEqual(
      [0, 10, 20, 30, 40, 45, 50, 55, 60].slice(0, ran.startedAt.length),
    );
    expect(ran.startedAt.length).toBeGreaterThan(7);
  });

  it('end on a stop, resting users too', async () => {
    const ran = start(plan(freeForm('F', [['1', '1', '60']], probe('f'))));
    await ran.clock.advance(2500);
    ran.run.stop();
    await ran.clock.advance(100);
    expect(await ran.run.finished).toEqual({ stopped: true });
    expect(labels(ran)).toEqual(['f', 'f', 'f']);
  });
});

describe('the Open Model Thread Group', () => {
  it('gives each arrival a user of its own for one pass', async () => {
    const ran = await play(
      plan(openModel('rate(2/s) even_arrivals(1 s) pause(1 s)', {}, probe('o'), flow(3), probe('goes on'))),
    );
    expect(names(ran)).toEqual(['o O 1-1', 'goes on O 1-1', 'o O 1-2', 'goes on O 1-2']);
    expect(ran.startedAt.filter((_, i) => i % 2 === 0)).toEqual([0, 500]);
  });

  it('stops whoever is at work at its end; a pause ends with it, and what stands behind begins', async () => {
    const ran = await play(
      plan(
        openModel(
          'rate(1/s) even_arrivals(2 s)',
          {},
          probe('o'),
          pause(9000),
          probe('last', { takes: 5000 }),
          probe('never'),
        ),
      ),
    );
    expect(labels(ran)).toEqual(['o', 'o', 'last', 'last']);
    expect(ran.samples.at(-1)?.elapsed).toBeLessThan(10);
  });

  it('counts from the start of the test: what is late comes at once', async () => {
    const root = el(
      'Plan',
      'p',
      { serial: true },
      group('G', {}, probe('g', { takes: 1500 })),
      openModel('rate(1/s) even_arrivals(4 s)', {}, probe('o')),
    );
    const ran = await play(root);
    expect(ran.startedAt.map((at) => Math.round(at / 100))).toEqual([0, 15, 15, 20, 30]);
  });

  it('with a schedule that nobody understands ends the engine without a word', async () => {
    const ran = await play(plan(openModel('rate(1)', {}, probe('o')), group('G', {}, probe('never'))));
    expect(labels(ran)).toEqual([]);
    const { problems } = prepare({ file: 'p', elements: [plan(openModel('rate(1)', {}, probe('o')))] }, setup());
    expect(problems.map(({ code, text }) => `${code} ${text}`)[0]).toMatch(/^W213 the run ends .* at position 6/);
  });
});

describe('the Throughput Shaping Timer', () => {
  const timer = (...rows: (readonly string[])[]) =>
    el('kg.apc.jmeter.timers.VariableThroughputTimer', 'T', { load_profile: rows });

  it('lets samplers begin at its rate, and stops the group when its rows are over', async () => {
    const properties = new Properties();
    const root = el(
      'Plan',
      'p',
      { serial: true },
      group('G', { threads: 3, loops: -1 }, timer(['4', '4', '2']), probe('s')),
      group('H', {}, probe('next group')),
    );
    const ran = await play(root, 60_000, { properties });
    const each = [0, 1, 2].map((second) => ran.startedAt.filter((at) => Math.floor(at / 1000) === second).length);
    // On the boundary of the rows the last one still counts; a user that waits may come a little late for its second.
    expect(each).toEqual([4, 4, 3]);
    expect(labels(ran).at(-1)).toBe('next group');
    expect(['T_totalDuration', 'T_rps', 'T_cntSent'].map((name) => properties.get(name))).toEqual(['2', '4.0', '3']);
  });

  it('takes its rows from a property, its own name before the common one', async () => {
    const properties = new Properties();
    properties.set('load_profile', 'const(9,9s)');
    properties.set('T.load_profile', 'step(1,2,1,1s)');
    const ran = await play(plan(group('G', { loops: -1 }, timer(['50', '50', '9']), probe('s'))), 60_000, {
      properties,
    });
    expect(properties.get('T_totalDuration')).toBe('2');
    expect(labels(ran).length).toBeLessThan(8);
  });
});

describe('the load before the run', () => {
  const loads = (...groups: Kids) => {
    const { program } = prepare({ file: 'p', elements: [plan(...groups)] }, setup());
    return groupLoads(program ?? expect.fail()).map(({ load }) =>
      'at' in load ? [load.at(0), load.settled, load.end] : load.unknown,
    );
  };

  it('is told for each group', () => {
    expect(
      loads(
        group('A', { threads: 10, ramp_time: 10 }, probe('p')),
        group('B', { threads: 2, scheduler: true, duration: 5, delay: 1 }, probe('p')),
        concurrency('C', { TargetLevel: 3, RampUp: '1', Steps: '3', Hold: '0.5', Unit: 'M' }, probe('p')),
        arrivals('D', { TargetLevel: 60, Hold: '1', Unit: 'M' }, probe('p')),
      ),
    ).toEqual([
      [1, 9, undefined],
      [0, 6, 6],
      [1, 90, 90],
      [1, 60, 60],
    ]);
  });

  it('is unknown when a variable of it is, or a setting is wrong', () => {
    expect(
      loads(
        group('A', { threads: 1, ramp_time: '${late}' }, probe('p')),
        group('B', { scheduler: true, duration: 0 }, probe('p')),
        group('C', { threads: 1, on_sample_error: '${late}' }, probe('p')),
      ),
    ).toEqual([
      'it depends on the variable late, which only the run sets',
      'Invalid duration 0 set in Thread Group:B',
      [1, 0, undefined],
    ]);
  });
});
