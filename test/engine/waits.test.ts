import { describe, expect, it } from 'vitest';
import { Properties } from '../../src/model/index.js';
import { el, group, labels, plan, play, probe, start } from './plan-kit.js';

const pop = (queue: string) => `\${__fifoPop(${queue})}`;
const count = '${__counter(TRUE)}';

describe('a text that waits', () => {
  it('is evaluated again once there is a value; what was evaluated before it gives its value again', async () => {
    const asking = group('A', { loops: 2 }, probe(`${count}:${pop('q')}:${count}:${pop('q')}:${count}`));
    const giving = group('B', { loops: 4 }, probe('b', { takes: 300 }), probe(`\${__fifoPut(q,v${count})}`));
    const ran = await play(plan(asking, giving));
    expect(labels(ran).filter((label) => label.includes(':'))).toEqual(['1:v1:1:v2:1', '2:v3:2:v4:2']);
    // The wait comes before the sample.
    expect(ran.startedAt.at(-1)).toBeGreaterThanOrEqual(1200);
  });
  it('waits in pre-processors as well, and keeps nobody else waiting', async () => {
    const asking = group('A', {}, probe('a', {}, el('Change', `code=${pop('q')}`)));
    const giving = group('B', {}, probe('b', { takes: 300 }), probe('${__fifoPut(q,207)}'));
    expect((await play(plan(asking, giving))).rows).toEqual([
      'b 200 B 2-1 1/2',
      '207 200 B 2-1 1/2',
      'a 207 A 1-1 1/1',
    ]);
  });
  it('gives null when the time is over, and its variable goes', async () => {
    const properties = new Properties();
    properties.set('kg.apc.jmeter.functions.FifoTimeout', '2');
    const ran = await play(plan(group('A', {}, probe('${__fifoPop(q,v)}|${v}'))), 60_000, { properties });
    expect(labels(ran)).toEqual(['null|${v}']);
    expect(ran.startedAt).toEqual([2000]);
  });
  it('is interrupted when the run stops now', async () => {
    const ran = start(plan(group('A', {}, probe(pop('q')))));
    await ran.clock.advance(100);
    ran.run.stopNow();
    await ran.clock.advance(100);
    await ran.run.finished;
    expect(labels(ran)).toEqual(['INTERRUPTED']);
  });
  it('cannot wait where a controller asks, and says so', async () => {
    const condition = { 'IfController.condition': `${pop('q')}`, 'IfController.useExpression': true };
    const ran = await play(plan(group('A', {}, el('IfController', 'I', condition, probe('a')), probe('b'))));
    expect(labels(ran)).toEqual(['b']);
    expect(ran.log.lines.join()).toContain('The queue q is empty, and here nothing can wait for it');
  });
});

describe('a queue', () => {
  it('that is full makes who puts wait', async () => {
    const properties = new Properties();
    properties.set('kg.apc.jmeter.functions.FifoCapacity', '1');
    const puts = probe('${__fifoPut(q,x)}${__fifoPut(q,y)}|${__fifoSize(q)}');
    const takes = [probe('b', { takes: 500 }), probe(`${pop('q')}${pop('q')}|\${__fifoSize(q)}\${__fifoGet(q)}`)];
    const ran = await play(plan(group('A', {}, puts), group('B', {}, ...takes)), 60_000, { properties });
    expect(labels(ran).toSorted()).toEqual(['b', 'xy|0', 'xy|0']);
  });
});

describe('a listener of iterations that waits', () => {
  it('is waited for before the next one is told, in controllers of any kind', async () => {
    const loop = el('LoopController', 'L', { 'LoopController.loops': 2 }, el('Slow', 'inner'), probe('b ${slow}'));
    const ran = await play(plan(group('A', { loops: 2 }, el('Slow', 'outer'), probe('a ${slow}'), loop)));
    expect(labels(ran)).toEqual([
      ...['a outer 1', 'b inner 1', 'b inner 2'],
      ...['a outer 2', 'b inner 1', 'b inner 2'],
    ]);
    expect(ran.startedAt[0]).toBe(50);
  });
  it('may end the thread', async () => {
    const ran = await play(plan(group('A', { loops: 3 }, el('Slow', 'ends 2'), probe('a'))));
    expect(labels(ran)).toEqual(['a']);
  });
});
