import { describe, expect, it } from 'vitest';
import { el, group, labels, plan, play, probe } from './plan-kit.js';

const timeout = (ms: string) => el('SampleTimeout', 'T', { 'InterruptTimer.timeout': ms });
const sleeper = (name: string, ms: number) =>
  el('JavaSampler', name, {
    classname: 'org.apache.jmeter.protocol.java.test.SleepTest',
    arguments: {
      'Arguments.arguments': [
        { 'Argument.name': 'SleepTime', 'Argument.value': ms },
        { 'Argument.name': 'SleepMask', 'Argument.value': 0 },
      ],
    },
  });

describe('Sample Timeout', () => {
  it('interrupts what JMeter can interrupt, wherever it stands; from then on no sleep of the thread lasts', async () => {
    const { samples } = await play(
      plan(
        group(
          'G',
          {},
          sleeper('long', 900),
          el('Timer', 't', { ms: 5000 }),
          sleeper('next', 500),
          el('GenericController', 'S', {}, timeout('200')),
        ),
      ),
    );
    expect(samples.map(({ label, success, elapsed, message }) => ({ label, success, elapsed, message }))).toEqual([
      { label: 'long', success: false, elapsed: 200, message: 'java.lang.InterruptedException: sleep interrupted' },
      { label: 'next', success: false, elapsed: 0, message: 'java.lang.InterruptedException: sleep interrupted' },
    ]);
  });
  it('leaves the others alone, and does nothing at 0 or when it is no number', async () => {
    const { samples } = await play(plan(group('G', {}, probe('a', { takes: 900 }), timeout('200'))));
    expect(samples[0]?.elapsed).toBe(900);
    const none = await play(plan(group('G', {}, sleeper('s', 300), timeout('0'), timeout('abc'))));
    expect(none.samples[0]).toMatchObject({ elapsed: 300, success: true });
  });
});

describe('Result Status Action Handler', () => {
  const failing = (action: number) =>
    probe('bad', { fails: true }, el('ResultAction', 'R', { 'OnError.action': action }));
  const ran = async (action: number) => {
    const loop = el('LoopController', 'L', { 'LoopController.loops': 2 }, failing(action), probe('a'));
    return labels(await play(plan(group('G', { loops: 2 }, loop, probe('z'))))).join(' ');
  };
  it('stops the thread, or goes on with the next thread loop, the next iteration, behind the loop', async () => {
    expect(await ran(0)).toBe('bad a bad a z bad a bad a z');
    expect(await ran(1)).toBe('bad');
    expect(await ran(2)).toBe('bad');
    expect(await ran(4)).toBe('bad bad');
    expect(await ran(5)).toBe('bad bad z bad bad z');
    expect(await ran(6)).toBe('bad z bad z');
  });
  it('is not asked about a transaction', async () => {
    const transaction = el(
      'TransactionController',
      'T',
      { 'TransactionController.parent': true },
      probe('bad', { fails: true }),
    );
    const handler = el('ResultAction', 'R', { 'OnError.action': 1 });
    expect(labels(await play(plan(group('G', {}, transaction, handler, probe('z')))))).toEqual(['T', 'z']);
  });
});
