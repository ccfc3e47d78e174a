import { describe, expect, it } from 'vitest';
import type { PlanElement } from '../../src/jmx/index.js';
import { el, group, labels, plan, play, probe } from './plan-kit.js';

const ran = async (loops: number, ...children: PlanElement[]) => (await labelsOf({ loops }, ...children)).join(' ');
const labelsOf = async (settings: Parameters<typeof group>[1], ...children: PlanElement[]) =>
  labels(await play(plan(group('G', settings, ...children)), 600_000));
const pair = (name: string) => el('GenericController', 'S', {}, probe(`${name}1`), probe(`${name}2`));
const loop = (loops: number, ...children: PlanElement[]) =>
  el('LoopController', 'L', { 'LoopController.loops': loops }, ...children);

describe('Interleave', () => {
  const interleave = (style: number, ...children: PlanElement[]) =>
    el('InterleaveControl', 'I', { 'InterleaveControl.style': style }, ...children);

  it('style 0: a controller gives one step a turn', async () => {
    expect(await ran(4, interleave(0, pair('s'), probe('x')), probe('z'))).toBe('s1 z x z s2 z x z');
  });
  it('style 1: a controller runs whole in its turn, and one that gives nothing leaves its turn to the next', async () => {
    expect(await ran(3, interleave(1, pair('s'), loop(0, probe('no')), probe('x')), probe('z'))).toBe(
      's1 s2 z x z s1 s2 z',
    );
  });
  it('ends a pass in which nobody gives anything', async () => {
    expect(await ran(2, interleave(1, loop(0, probe('no')), loop(0, probe('no'))), probe('z'))).toBe('z z');
  });
  it('across threads: users begin with different children; without any the thread dies', async () => {
    const across = (...children: PlanElement[]) =>
      el('InterleaveControl', 'I', { 'InterleaveControl.accrossThreads': true }, ...children);
    expect(await labelsOf({ threads: 3, ramp_time: 3 }, across(probe('a'), probe('b')))).toEqual(['a', 'b', 'a']);
    expect(await labelsOf({}, across(), probe('z'))).toEqual([]);
  });
});

describe('Random and Random Order', () => {
  it('Random: one child a pass; Random Order: each once', async () => {
    expect(await ran(3, el('RandomController', 'R', {}, probe('a'), probe('a')), probe('z'))).toBe('a z a z a z');
    const [first, second, third] = await labelsOf(
      {},
      el('RandomOrderController', 'R', {}, ...['a', 'b', 'c'].map((n) => probe(n))),
    );
    expect([first, second, third].sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('Switch', () => {
  const choose = (value: string, ...children: PlanElement[]) =>
    el('SwitchController', 'S', { 'SwitchController.value': value }, ...children);
  const abc = [probe('a'), pair('s'), probe('Default')];

  it('by number, from 0; out of range is 0, and so is a blank', async () => {
    expect(await ran(1, choose(' 1 ', ...abc))).toBe('s1 s2');
    expect(await ran(1, choose('7', ...abc))).toBe('a');
    expect(await ran(1, choose('', ...abc))).toBe('a');
  });
  it('by name; a negative or too large number is a name too; else the child called default', async () => {
    expect(await ran(1, choose('a', ...abc))).toBe('a');
    expect(await ran(1, choose('A', ...abc))).toBe('Default');
    expect(await ran(1, choose('-1', ...abc))).toBe('Default');
    expect(await ran(1, choose('99999999999', ...abc))).toBe('Default');
    expect(await ran(1, choose('nope', probe('a')), probe('z'))).toBe('z');
  });
  it('a child that is done makes place for the one behind it, which runs at once', async () => {
    const once = el(
      'LoopController',
      'L',
      { 'LoopController.loops': 1, 'LoopController.continue_forever': false },
      probe('l'),
    );
    expect(await ran(2, choose('1', probe('a'), once, probe('c')), probe('z'))).toBe('l c z c z');
  });
});

describe('Throughput', () => {
  const throughput = (props: Record<string, string | boolean>, ...children: PlanElement[]) =>
    el(
      'ThroughputController',
      'T',
      Object.fromEntries(Object.entries(props).map(([k, v]) => [`ThroughputController.${k}`, v])),
      ...children,
    );

  it('percent: skips the first pass up to 50, and counts what it ran', async () => {
    expect(await ran(4, throughput({ style: '1', percentThroughput: '50' }, probe('a')), probe('z'))).toBe(
      'z a z z a z',
    );
    expect(await ran(3, throughput({ style: '1', percentThroughput: '51' }, probe('a')), probe('z'))).toBe('a z z a z');
  });
  it('what is no number is 100 percent, or one execution; absent flags mean per user', async () => {
    expect(await ran(2, throughput({ style: '1', percentThroughput: 'abc' }, probe('a')))).toBe('a a');
    expect(await ran(2, throughput({ style: '0', maxThroughput: ' 2 ' }, probe('a')), probe('z'))).toBe('a z z');
    expect(await ran(2, throughput({}, probe('a')), probe('z'))).toBe('a z z');
  });
  it('a number of executions, for each user or for all', async () => {
    const each = throughput({ style: '0', maxThroughput: '2', perThread: true }, probe('a'));
    const all = throughput({ style: '0', maxThroughput: '3', perThread: false }, probe('b'));
    const seen = await labelsOf({ threads: 2, loops: 3, ramp_time: 2 }, each, all);
    expect(seen.filter((label) => label === 'a')).toHaveLength(4);
    expect(seen.filter((label) => label === 'b')).toHaveLength(3);
  });
});

describe('Runtime', () => {
  const runtime = (seconds: string, ...children: PlanElement[]) =>
    el('RunTime', 'R', { 'RunTime.seconds': seconds }, ...children);

  it('repeats until whole seconds are over, looked at before each child', async () => {
    expect(await ran(2, runtime('1', probe('a', { takes: 400 }), probe('b', { takes: 400 })), probe('z'))).toBe(
      'a b a z a b a z',
    );
  });
  it('is gone for good with 0, and with what is no number untrimmed', async () => {
    expect(await ran(1, runtime('0', probe('a')), runtime(' 1', probe('b')), probe('z'))).toBe('z');
  });
  it('does not rewind a Once Only Controller', async () => {
    expect(await ran(1, runtime('1', el('OnceOnlyController', 'O', {}, probe('o')), probe('a', { takes: 500 })))).toBe(
      'o a a',
    );
  });
});

describe('Critical Section', () => {
  const critical = (name: string, ...children: PlanElement[]) =>
    el('CriticalSectionController', 'C', { 'CriticalSectionController.lockName': name }, ...children);

  it('lets one user in at a time, also what it evaluates inside; without a name all of them', async () => {
    const inside = () => [probe('in', { takes: 100 }), probe('out', { takes: 100 })];
    expect(await labelsOf({ threads: 2, loops: 2 }, critical('x', ...inside()))).toEqual([
      'in',
      'out',
      'in',
      'out',
      'in',
      'out',
      'in',
      'out',
    ]);
    expect(await labelsOf({ threads: 2 }, critical('', ...inside()))).toEqual(['in', 'in', 'out', 'out']);
  });
  it('keeps the controllers around it where they stand while it waits', async () => {
    const turn = el('GenericController', 'S', {}, probe('a'), critical('x', probe('in', { takes: 100 })), probe('b'));
    const interleave = el('InterleaveControl', 'I', { 'InterleaveControl.style': 1 }, loop(0, probe('no')), turn);
    const seen = await labelsOf({ threads: 2 }, interleave);
    expect(seen).toEqual(['a', 'a', 'in', 'b', 'in', 'b']);
  });
  it('may be taken again by who has it, and is given back at the end of the thread', async () => {
    const nested = critical('x', critical('x', probe('a')), probe('b', { fails: true }));
    expect(await labelsOf({ threads: 2, on_sample_error: 'stopthread' }, nested)).toEqual(['a', 'b', 'a', 'b']);
  });
});

describe('Weighted Switch', () => {
  const weighted = (rows: readonly (readonly string[])[], ...children: PlanElement[]) =>
    el('com.blazemeter.jmeter.control.WeightedSwitchController', 'W', { Weights: rows }, ...children);
  const children = [probe('a'), pair('s'), probe('c')];

  it('gives each child its share in a fixed order; rows that are not enabled do not count', async () => {
    const rows = [
      ['a', '1', 'true'],
      ['s', '2', 'true'],
      ['c', '1', 'true'],
    ];
    expect(await ran(4, weighted(rows, ...children))).toBe('s1 s2 a c s1 s2');
    expect(
      await ran(
        3,
        weighted(
          [
            ['a', '1'],
            ['s', '9', 'false'],
            ['c', '2', 'true'],
          ],
          probe('a'),
          probe('c'),
        ),
      ),
    ).toBe('c a c');
  });
  it('the thread dies when nothing can be chosen', async () => {
    expect(await ran(2, probe('x'), weighted([['a', '0', 'true']], probe('a')), probe('z'))).toBe('x');
    expect(await ran(2, probe('x'), weighted([['a', '0.5', 'true']], probe('a')), probe('z'))).toBe('x');
  });
});

describe('Parameterized Controller', () => {
  it('sets its variables before each child; a Set Variables Action sees none of those it sets itself', async () => {
    const row = (name: string, value: string) => ({ 'Argument.name': name, 'Argument.value': value });
    const set = el('kg.apc.jmeter.control.sampler.SetVariablesAction', 'set', {
      SetVariablesAction: { 'Arguments.arguments': [row('n', '2'), row('m', '$' + '{n}'), row('m', 'second')] },
    });
    const parameterized = el(
      'kg.apc.jmeter.control.ParameterizedController',
      'P',
      { ParameterizedController: { 'Arguments.arguments': [row('n', '1')] } },
      set,
      probe('inside', { code: '$' + '{n}$' + '{m}' }),
    );
    const { samples } = await play(
      plan(group('G', {}, parameterized, set, probe('after', { code: '$' + '{n}$' + '{m}' }))),
    );
    expect(samples.map(({ code }) => code)).toEqual(['11', '21']);
  });
});
