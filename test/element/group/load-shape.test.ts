import { describe, expect, it } from 'vitest';
import {
  arrivalsAt,
  concurrencyAt,
  freeFormAt,
  freeFormEnd,
  usersShape,
} from '../../../src/element/group/load-shape.js';
import { readSchedule, shortDuration } from '../../../src/element/group/short-schedule.js';
import { KeptLog } from '../../kit.js';

describe('users over time', () => {
  it('counts who has begun and not ended', () => {
    const { at, end, settled } = usersShape(
      [
        { after: 0, endTime: 5000 },
        { after: 2000, endTime: 4000 },
      ],
      0,
    );
    expect([0, 1.9, 2, 3.9, 4, 5].map(at)).toEqual([1, 1, 2, 2, 1, 0]);
    expect([end, settled]).toEqual([5, 5]);
  });

  it('has no end when one user has none, and settles with the last start', () => {
    const shape = usersShape([{ after: 0, endTime: 5000 }, { after: 2000 }], 0);
    expect([shape.end, shape.settled, shape.at(100)]).toEqual([undefined, 2, 1]);
  });
});

describe('the ramp of a Concurrency Thread Group', () => {
  const at = (seconds: readonly number[], ramp: { target: number; rampUp: number; steps: number; hold: number }) =>
    seconds.map((second) => concurrencyAt(ramp, second));

  it('is a rounded line, then a hold, then over', () => {
    expect(at([0, 0.2, 0.26, 0.75, 2, 2.1, 2.9, 3], { target: 4, rampUp: 2, steps: 0, hold: 1 })).toEqual([
      0, 0, 1, 2, 4, 4, 4, -1,
    ]);
  });

  it('goes a step beyond the target at the very end of a ramp of steps', () => {
    expect(at([0, 0.9, 1, 2, 2.01], { target: 4, rampUp: 2, steps: 2, hold: 1 })).toEqual([2, 2, 4, 6, 4]);
  });
});

describe('rates of arrivals', () => {
  it('stay 0 on a straight ramp: the formula starts from the arrivals there have been', () => {
    const ramp = { target: 4, rampUp: 2, steps: 0, hold: 1 };
    expect([0, 1, 2, 2.01, 3].map((second) => arrivalsAt(ramp, second))).toEqual([0, 0, 0, 4, -1]);
  });

  it('of free form rows go in lines; fractions of a duration are lost', () => {
    const rows = [
      { from: 0, to: 10, seconds: 2.5 },
      { from: 10, to: 10, seconds: 1 },
    ];
    expect([0, 1, 2, 2.1, 3, 3.1].map((second) => freeFormAt(rows, second))).toEqual([0, 4, 8, 10, 10, -1]);
    expect(freeFormEnd(rows)).toBe(3);
  });
});

describe('schedules in properties', () => {
  it('have durations as 90, 1m30s, 2H', () => {
    expect(['90', ' 1m30s', '2H', '1d', ''].map(shortDuration)).toEqual([90, 90, 7200, 86_400, 0]);
    expect(() => shortDuration('5x')).toThrow('For input string: "x"');
  });

  it('lose the calls that nobody understands', () => {
    const log = new KeptLog();
    const text = 'Const(1, 5s) const(x,5) const(7,1m) const(7)';
    expect(readSchedule(text, (call) => [[call.name, call.integer(0), call.duration(1)]], log)).toEqual([
      ['const', 1, 5],
      ['const', 7, 60],
    ]);
    expect(log.lines).toHaveLength(2);
  });
});
