import { describe, expect, it } from 'vitest';
import type { PlanElement } from '../../src/jmx/index.js';
import { el, group, labels, plan, play, probe } from './plan-kit.js';

const parallel = (props: Parameters<typeof el>[2], ...children: PlanElement[]) =>
  el('com.blazemeter.jmeter.controller.ParallelSampler', 'P', props, ...children);
const inTurn = { LIMIT_MAX_THREAD_NUMBER: true, MAX_THREAD_NUMBER: 1 };
const simple = (...children: PlanElement[]) => el('GenericController', 'S', {}, ...children);
const handler = (action: number) => el('ResultAction', 'R', { 'OnError.action': action });
const ran = async (settings: Parameters<typeof group>[1], ...children: PlanElement[]) =>
  play(plan(group('G', settings, ...children)));

describe('Parallel Controller', () => {
  it('runs its children at the same time, under a name of their own', async () => {
    const { rows, startedAt } = await ran(
      {},
      parallel({}, probe('a', { takes: 300 }), probe('b', { takes: 100 })),
      probe('z'),
    );
    expect(rows).toEqual(['b 200 parallel P 2/1', 'a 200 parallel P 1/1', 'z 200 G 1-1 1/1']);
    expect(startedAt).toEqual([0, 0, 300]);
  });
  it('runs so many at a time', async () => {
    const { startedAt } = await ran({}, parallel(inTurn, probe('a', { takes: 300 }), probe('b', { takes: 100 })));
    expect(startedAt).toEqual([0, 300]);
  });
  it('as a parent sample: all in one, named as they are; a failed one fails it, its code stays', async () => {
    const { samples } = await ran(
      {},
      parallel({ PARENT_SAMPLE: true }, probe('a', { takes: 200 }), simple(probe('b', { fails: true }))),
    );
    const [all] = samples;
    expect(samples).toHaveLength(1);
    expect(all).toMatchObject({
      label: 'P',
      code: '200',
      message: 'OK',
      success: false,
      elapsed: 200,
      threadName: 'G 1-1',
    });
    expect(all?.samplerData).toBe('Parallel items:\na\nS\n');
    expect(all?.subSamples?.map(({ label, threadName }) => `${label} ${threadName}`)).toEqual(['b G 1-1', 'a G 1-1']);
  });
  it('mutes the transaction around a parent sample: it goes to listeners that the plugin has emptied', async () => {
    const transaction = (...children: PlanElement[]) =>
      el('TransactionController', 'T', { 'TransactionController.parent': false }, ...children);
    const muted = await ran({}, transaction(parallel({ PARENT_SAMPLE: true }, probe('a'))), probe('z'));
    expect(labels(muted)).toEqual(['P', 'z']);
    expect(labels(await ran({}, transaction(parallel({}, probe('a'))), probe('z')))).toEqual(['a', 'T', 'z']);
  });
  it('a parent-mode transaction inside comes with its samples beside it', async () => {
    const transaction = el('TransactionController', 'T', { 'TransactionController.parent': true }, probe('a'));
    const { samples } = await ran({}, parallel({ PARENT_SAMPLE: true }, transaction));
    expect(samples[0]?.subSamples?.map(({ label }) => label)).toEqual(['a', 'T']);
  });
  it('next thread loop in a child is one of the parent; stop thread by a failed sample ends the child alone', async () => {
    const failing = (action: number) =>
      parallel(inTurn, simple(probe('a', { fails: true }, handler(action)), probe('a2')), probe('b'));
    expect(labels(await ran({ loops: 2 }, failing(4), probe('z')))).toEqual(['a', 'b', 'a', 'b']);
    expect(labels(await ran({}, failing(1), probe('z')))).toEqual(['a', 'b', 'z']);
  });
  it('a Flow Control Action that stops a child stops the parent when the others are through', async () => {
    const stop = el('TestAction', 'stop', { 'ActionProcessor.action': 0, 'ActionProcessor.target': 0 });
    expect(labels(await ran({}, parallel(inTurn, simple(stop, probe('a')), probe('b')), probe('z')))).toEqual(['b']);
  });
  it('children never hear of a pass around them, so a Throughput Controller among them never runs', async () => {
    const throughput = (name: string) => el('ThroughputController', 'T', {}, probe(name));
    expect(labels(await ran({ loops: 2 }, parallel(inTurn, throughput('no'), simple(throughput('t')))))).toEqual(['t']);
  });
  it('from its second run on ForEach has no variables, an additional transaction no report: their thread dies', async () => {
    const forEach = el('ForeachController', 'F', { 'ForeachController.inputVal': 'none' }, probe('no'));
    expect(labels(await ran({ loops: 2 }, parallel(inTurn, simple(probe('a'), forEach, probe('b')))))).toEqual([
      'a',
      'b',
      'a',
    ]);
    const transaction = el('TransactionController', 'T', {}, probe('a'));
    expect(labels(await ran({ loops: 2 }, parallel(inTurn, simple(transaction, probe('b')))))).toEqual([
      'a',
      'T',
      'b',
      'a',
    ]);
  });
  it('a child whose name has changed loses its samples', async () => {
    const loop = el(
      'LoopController',
      'L',
      { 'LoopController.loops': 2 },
      parallel(inTurn, probe('a $' + '{__jm__L__idx}'), probe('b')),
    );
    expect(labels(await ran({}, loop))).toEqual(['a 0', 'b', 'b']);
  });
  it('one inside another gives nothing', async () => {
    expect(labels(await ran({}, parallel(inTurn, parallel(inTurn, probe('no')), probe('b'))))).toEqual(['b']);
  });
  it('shares the variables with its parent, and counts passes with it', async () => {
    const { samples } = await ran(
      {},
      parallel(inTurn, probe('a', { code: '$' + '{__jmv_SAME_USER}$' + '{__jm__wrapped a__idx}' })),
      probe('z', { code: '$' + '{__jm__wrapped a__idx}' }),
    );
    expect(samples.map(({ code }) => code)).toEqual(['false0', '1']);
  });
});
