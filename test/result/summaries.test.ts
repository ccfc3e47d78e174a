import { describe, expect, it } from 'vitest';
import { summariesOf } from '../../src/result/index.js';
import { fakeTest, SimulatedClock } from '../kit.js';
import { event, sampleOf } from './kit.js';

describe('summaries of a run', () => {
  it('end together when the last summariser has heard of it, in the order of Java’s map', () => {
    const printed: string[] = [];
    const test = fakeTest({ clock: new SimulatedClock(1_700_042_410_000), print: (line) => printed.push(line) });
    const [plan, command] = [summariesOf(test).join('Generate Summary Results'), summariesOf(test).join('summary')];
    plan.sample(event(sampleOf()));
    command.sample(event(sampleOf()));
    plan.end();
    expect(printed).toEqual([]);
    command.end();
    expect(printed.map((line) => line.split(' = ')[0])).toEqual(['summary', 'Generate Summary Results']);
  });
  it('share the figures of one name, and are silent only when all of the name are', () => {
    const printed: string[] = [];
    const test = fakeTest({ clock: new SimulatedClock(1_700_042_410_000), print: (line) => printed.push(line) });
    const silent = [summariesOf(test).join('a', { silent: true }), summariesOf(test).join('b', { silent: true })];
    const loud = summariesOf(test).join('b');
    for (const member of [...silent, loud]) member.sample(event(sampleOf()));
    for (const member of [loud, ...silent]) member.end();
    expect(printed).toEqual([expect.stringMatching(/^b = {6}2 in /)]);
    expect(test.log.lines).toHaveLength(2);
  });
  it('go to log and console as the properties say', () => {
    const test = fakeTest({ clock: new SimulatedClock(1_700_042_410_000), print: () => expect.fail('not wanted') });
    test.properties.set('summariser.out', 'false');
    summariesOf(test).join('s').end();
    expect(test.log.lines).toHaveLength(1);
    test.properties.set('summariser.log', 'false');
    summariesOf(test).join('s').end();
    expect(test.log.lines).toHaveLength(1);
  });
});
