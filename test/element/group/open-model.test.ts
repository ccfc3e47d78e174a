import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { arrivalTimes, openModelShape } from '../../../src/element/group/open-model-arrivals.js';
import { parseSchedule } from '../../../src/element/group/open-model-schedule.js';
import { JavaRandom } from '../../../src/java/index.js';

/** Schedule, seed, and the times of JMeter's own ThreadScheduleProcessGenerator 5.6.3 (40 at most), or its exception. */
const recorded = fs
  .readFileSync(new URL('./open-model.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t').map((cell) => cell.replaceAll('\\n', '\n')));

function times(schedule: string, seed: string): string {
  try {
    const all = arrivalTimes(parseSchedule(schedule), new JavaRandom(BigInt(seed)));
    return [...all].map((time) => (Number.isInteger(time) ? `${time}.0` : String(time))).join(' ');
  } catch (error) {
    return `! ${error}`;
  }
}

describe('the schedule of the Open Model Thread Group', () => {
  it.each(recorded)('%j with seed %s', (schedule = '', seed = '', said = '') => {
    expect(times(schedule, seed)).toBe(said);
  });

  it('is a rate over time', () => {
    const { at, end } = openModelShape(
      parseSchedule('rate(0) even_arrivals(4 s) rate(2/s) even_arrivals(2 s) pause(1 s)'),
    );
    expect([0, 1, 2, 3.5, 4, 5.9, 6, 6.5, 7].map(at)).toEqual([0, 0.5, 1, 1.75, 2, 2, 0, 0, 0]);
    expect(end).toBe(7);
  });
});
