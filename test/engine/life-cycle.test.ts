import { describe, expect, it } from 'vitest';
import { schedule } from '../../src/element/group/threads.js';
import { el, group, labels, plan, play, probe, start } from './plan-kit.js';

describe('phases', () => {
  it('runs setUp, main and tearDown groups; numbers begin anew in each phase', async () => {
    const { rows } = await play(
      plan(
        group('late', { tag: 'PostThreadGroup' }, probe('down')),
        group('A', {}, probe('a')),
        group('early', { tag: 'SetupThreadGroup' }, probe('up')),
        group('B', {}, probe('b')),
      ),
    );
    expect(rows).toEqual(['up 200 early 1-1 1/1', 'a 200 A 1-1 1/1', 'b 200 B 2-1 1/1', 'down 200 late 1-1 1/1']);
  });

  it('lets groups run side by side, or one after another when the plan says so', async () => {
    const groups = [
      group('A', { loops: 2 }, probe('a', { takes: 50 })),
      group('B', { loops: 2 }, probe('b', { takes: 50 })),
    ];
    expect(labels(await play(plan(...groups)))).toEqual(['a', 'b', 'a', 'b']);
    expect(labels(await play(el('Plan', 'p', { serial: true }, ...groups)))).toEqual(['a', 'a', 'b', 'b']);
  });

  it('runs tearDown after a stop only when the plan says so', async () => {
    const groups = [
      group('A', { on_sample_error: 'stoptest' }, probe('a', { fails: true }), probe('never')),
      group('D', { tag: 'PostThreadGroup' }, probe('down')),
    ];
    expect(labels(await play(plan(...groups)))).toEqual(['a']);
    expect(labels(await play(el('Plan', 'p', { tearDown: true }, ...groups)))).toEqual(['a', 'down']);
  });

  it('never runs main or tearDown groups after a stop in setUp', async () => {
    const ran = await play(
      el(
        'Plan',
        'p',
        { tearDown: true },
        group('S', { tag: 'SetupThreadGroup', on_sample_error: 'stoptest' }, probe('up', { fails: true })),
        group('A', {}, probe('a')),
        group('D', { tag: 'PostThreadGroup' }, probe('down')),
      ),
    );
    expect(labels(ran)).toEqual(['up']);
  });

  it('calls the hooks of threads and of the test', async () => {
    const { notes } = await play(plan(el('Hooks', 'h'), group('G', { threads: 2 }, probe('s', { takes: 10 }))));
    expect(notes).toEqual([
      'test started h',
      'G 1-1 started h',
      'G 1-2 started h',
      'G 1-1 finished h',
      'G 1-2 finished h',
      'test ended h',
    ]);
  });
});

describe('thread group', () => {
  it('starts users in equal steps of the ramp-up', async () => {
    const { startedAt, rows } = await play(plan(group('G', { threads: 4, ramp_time: 2 }, probe('s', { takes: 5000 }))));
    expect(startedAt).toEqual([0, 500, 1000, 1500]);
    expect(rows[0]).toBe('s 200 G 1-1 4/4');
  });

  it('counts duration from the start of the group, ramp-up included, and delay before it', async () => {
    const { startedAt } = await play(
      plan(
        group(
          'G',
          { threads: 2, ramp_time: 2, loops: -1, scheduler: true, delay: 1, duration: 2 },
          probe('s', { takes: 600 }),
        ),
      ),
    );
    // User 1 from 1.0 s, user 2 from 2.0 s; both end with the first sample that ends at or after 3.0 s.
    expect(startedAt.sort((a, b) => a - b)).toEqual([1000, 1600, 2000, 2200, 2600, 2800]);
  });

  it('ends the thread at once when a timer would outlast the schedule', async () => {
    const { startedAt, clock } = await play(
      plan(
        group('G', { loops: -1, scheduler: true, duration: 2, delay: 0 }, el('Timer', 't', { ms: 900 }), probe('s')),
      ),
    );
    expect(startedAt).toEqual([900, 1800]);
    expect(clock.now() - 1_700_000_000_000).toBeLessThan(2000);
  });

  it('skips a group whose scheduler has no duration, with the reason in the log', async () => {
    const { log, rows } = await play(
      plan(group('G', { scheduler: true, duration: 0 }, probe('s')), group('H', {}, probe('h'))),
    );
    expect(rows).toEqual(['h 200 H 2-1 1/1']);
    expect(log.lines.join('\n')).toContain('Invalid duration 0 set in Thread Group:G');
  });

  it('makes delayed users only while there is time', () => {
    const settings = {
      name: 'G',
      threads: 4,
      rampUp: 8,
      scheduler: true,
      delayedStart: true,
      duration: 3,
      delay: 1,
      onError: '',
      sameUser: true,
      mainController: { loops: 1, continueForever: false, hasName: true },
    };
    expect(schedule(settings, 0)).toMatchObject([
      { after: 1000, endTime: 4000, madeLate: true },
      { after: 3667, endTime: 4000, madeLate: true },
    ]);
    expect(schedule({ ...settings, duration: 0 }, 0)).toEqual([]);
  });

  it('stops only the failing thread, or starts its next loop', async () => {
    const steps = [probe('a', { fails: true }), probe('b')];
    expect(labels(await play(plan(group('G', { loops: 2, on_sample_error: 'stopthread' }, ...steps))))).toEqual(['a']);
    expect(labels(await play(plan(group('G', { loops: 2, on_sample_error: 'STARTNEXTLOOP' }, ...steps))))).toEqual([
      'a',
      'a',
    ]);
    expect(labels(await play(plan(group('G', { on_sample_error: 'nonsense' }, ...steps))))).toEqual(['a', 'b']);
  });
});

describe('stopping', () => {
  const long = plan(group('G', { threads: 2, ramp_time: 10, loops: -1 }, probe('s', { takes: 1000 })));

  it('gracefully: running samples finish, nobody else starts', async () => {
    const ran = start(long);
    await ran.clock.advance(1500);
    ran.run.stop();
    await ran.clock.advance(500);
    expect(await ran.run.finished).toEqual({ stopped: true });
    expect(labels(ran)).toEqual(['s', 's']);
  });

  it('now: what waits is ended at once', async () => {
    const ran = start(
      plan(
        group('G', {}, el('Timer', 't', { ms: 5000 }), probe('never')),
        group('H', {}, probe('cut', { takes: 5000 })),
      ),
    );
    await ran.clock.advance(100);
    ran.run.stopNow();
    await ran.clock.advance(0);
    expect(await ran.run.finished).toEqual({ stopped: true });
    expect(labels(ran)).toEqual(['cut']);
    expect(ran.samples[0]?.elapsed).toBe(100);
  });
});
