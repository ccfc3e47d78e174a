import { describe, expect, it } from 'vitest';
import { Properties } from '../../src/model/index.js';
import { Summary, summarySettings } from '../../src/result/index.js';
import { SimulatedClock } from '../kit.js';
import { event, sampleOf } from './kit.js';

/** 10:00:00 of a day: a multiple of 30 s. */
const TEN = 1_700_042_400_000;

function make(start: number) {
  const clock = new SimulatedClock(start);
  const users = () => ({ active: 2, started: 3, finished: 1 });
  const summary = new Summary({ name: 'summary', clock, users, interval: 30, ignoreTransactions: true });
  const take = (elapsed: number, success = true) => summary.sample(event(sampleOf({ elapsed, success })));
  return { clock, summary, take };
}

describe('summary', () => {
  it('of a short run is one line', async () => {
    const { clock, summary, take } = make(TEN + 10_000);
    for (const elapsed of [101, 103, 112]) expect(take(elapsed)).toEqual([]);
    take(99, false);
    await clock.advance(2400);
    expect(summary.end()).toEqual([
      'summary =      4 in 00:00:02 =    1.7/s Avg:   103 Min:    99 Max:   112 Err:     1 (25.00%)',
    ]);
  });
  it('reports at multiples of the interval on the wall clock, when a sample comes', async () => {
    const { clock, summary, take } = make(TEN + 10_000);
    await clock.advance(19_000);
    expect(take(100)).toEqual([]);
    await clock.advance(1000);
    expect(take(100)).toEqual([
      'summary +      2 in 00:00:20 =    0.1/s Avg:   100 Min:   100 Max:   100 Err:     0 (0.00%) Active: 2 Started: 3 Finished: 1',
    ]);
    await clock.advance(3000);
    expect(take(100)).toEqual([]);
    await clock.advance(33_000); // 10:01:06: too late for this report, the sample joins the next
    expect(take(40)).toEqual([]);
    await clock.advance(25_000);
    expect(take(60)).toEqual([
      'summary +      3 in 00:01:01 =    0.0/s Avg:    66 Min:    40 Max:   100 Err:     0 (0.00%) Active: 2 Started: 3 Finished: 1',
      'summary =      5 in 00:01:21 =    0.1/s Avg:    80 Min:    40 Max:   100 Err:     0 (0.00%)',
    ]);
    await clock.advance(1000);
    take(10);
    expect(summary.end().map((line) => line.slice(0, 29))).toEqual([
      'summary +      1 in 00:00:01 ',
      'summary =      6 in 00:01:22 ',
    ]);
  });
  it('reports at once when the run starts within five seconds after a multiple', () => {
    const { take } = make(TEN + 5000);
    expect(take(1)).toEqual([expect.stringMatching(/^summary \+ {6}1 in 00:00:00 = \*{6}\/s Avg: {5}1 /)]);
    expect(take(1)).toEqual([]);
    expect(make(TEN + 6000).take(1)).toEqual([]);
  });
  it('of nothing has Java’s limits', () => {
    expect(make(TEN).summary.end()).toEqual([
      'summary =      0 in 00:00:00 = ******/s Avg:     0 Min: 9223372036854775807 Max: -9223372036854775808 Err:     0 (0.00%)',
    ]);
  });
  it('leaves transactions out', () => {
    const { summary } = make(TEN + 10_000);
    summary.sample(event(sampleOf({ message: 'Number of samples in transaction : 2, number of failing samples : 0' })));
    expect(summary.end()[0]).toMatch(/^summary = {6}0 in/);
  });
  it('rounds a tie to the even digit', async () => {
    const { clock, summary, take } = make(TEN + 10_000);
    take(1);
    await clock.advance(4000);
    expect(summary.end()[0]).toContain(' =    0.2/s');
    const many = make(TEN + 10_000);
    for (let i = 0; i < 800; i++) many.take(1, i > 0);
    expect(many.summary.end()[0]).toContain('(0.12%)');
  });
  it('takes its settings from the properties', () => {
    const properties = new Properties();
    properties.set('summariser.interval', '6');
    properties.set('summariser.out', 'false');
    expect(summarySettings(properties)).toEqual({ interval: 6, ignoreTransactions: true, log: true, out: false });
  });
});
