import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvDataSet } from '../../../src/element/config/csv-data-set.js';
import { StopThread, type Test } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dealt-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const write = (name: string, data: string): string => {
  fs.writeFileSync(path.join(folder, name), data);
  return name;
};
const shardOf = (index: number, count: number): Test =>
  fakeTest({ workingDirectory: os.tmpdir(), planDirectory: folder, shard: { index, count } });

const DEALT = {
  delimiter: ',',
  variableNames: 'a',
  shareMode: 'shareMode.dealt',
  recycle: false,
  stopThread: true,
} as const;

/** A user of a shard: each call makes a pass; `end` when the user was stopped. */
function reader(test: Test, props: Record<string, Given>): () => string {
  const user = fakeUser({ test });
  const self = place(csvDataSet, { name: 'data', props: { ...DEALT, ...props } });
  csvDataSet.threadMade?.(self.props(user), user, self);
  return () => {
    try {
      csvDataSet.iterationStart?.(self.props(user), user, { loop: true, number: 1 }, self);
    } catch (error) {
      if (error instanceof StopThread) return 'end';
      throw error;
    }
    return user.variables.get('a') ?? '-';
  };
}

/** What two users of each of so many shards read in turn until all are stopped. */
function dealtOut(count: number, props: Record<string, Given>): string[] {
  const shards = Array.from({ length: count }, (_, index) => shardOf(index, count));
  let users = shards.flatMap((test) => [reader(test, props), reader(test, props)]);
  const read: string[] = [];
  while (users.length > 0)
    users = users.filter((next) => {
      const value = next();
      if (value !== 'end') read.push(value);
      return value !== 'end';
    });
  return read;
}
const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => `r${i}`);

describe('shareMode.dealt', () => {
  it.each([1, 2, 3, 7])('deals every record to one user of %i shards', (count) => {
    const filename = write('rows.csv', `${numbers(100).join('\n')}\n`);
    expect(dealtOut(count, { filename }).sort()).toEqual(numbers(100).sort());
  });

  it('gives a shard the records whose number leaves its own', () => {
    const filename = write('rows.csv', numbers(8).join('\n'));
    const next = reader(shardOf(1, 3), { filename });
    expect([next(), next(), next(), next()]).toEqual(['r1', 'r4', 'r7', 'end']);
  });

  it('does not count the header', () => {
    const filename = write('header.csv', `a\n${numbers(9).join('\n')}`);
    expect(dealtOut(2, { filename, variableNames: '' }).sort()).toEqual(numbers(9));
    expect(dealtOut(2, { filename, ignoreFirstLine: true, quotedData: true }).sort()).toEqual(numbers(9));
  });

  it('counts records, not lines', () => {
    const records = numbers(11).map((row, i) => (i % 2 === 0 ? `"${row}\nand ""more"""` : row));
    const filename = write('quoted.csv', `${records.join('\n')}\n`);
    const expected = numbers(11).map((row, i) => (i % 2 === 0 ? `${row}\nand "more"` : row));
    expect(dealtOut(3, { filename, quotedData: true }).sort()).toEqual(expected.sort());
  });

  it('counts what cannot be read too, so that all shards count alike', () => {
    const filename = write('broken.csv', 'r0\nx"y\nr2\nr3\nr4\nr5\n');
    // The broken record ends right behind its quote; the rest of the line is the next one.
    const all = [0, 1].map((index) => {
      const next = reader(shardOf(index, 2), { filename, quotedData: true, stopThread: false });
      return [next(), next(), next()];
    });
    expect(all).toEqual([
      ['r0', 'y', 'r3'],
      ['<EOF>', 'r2', 'r4'],
    ]);
  });

  it.each([false, true])('deals anew when it starts over (quotes: %s)', (quotedData) => {
    const filename = write('rows.csv', `${numbers(5).join('\n')}\n`);
    const next = reader(shardOf(1, 2), { filename, recycle: true, stopThread: false, quotedData });
    expect([next(), next(), next(), next(), next()]).toEqual(['r1', 'r3', 'r1', 'r3', 'r1']);
  });

  it.each([false, true])('ends for a shard that no record falls to (quotes: %s)', (quotedData) => {
    const filename = write('short.csv', 'r0\nr1');
    const next = reader(shardOf(4, 5), { filename, recycle: true, stopThread: true, quotedData });
    expect([next(), next()]).toEqual(['end', 'end']);
  });

  it('has a place of its own in a file that others read too', () => {
    const filename = write('rows.csv', numbers(4).join('\n'));
    const test = shardOf(0, 1);
    const [dealt, all] = [reader(test, { filename }), reader(test, { filename, shareMode: 'shareMode.all' })];
    expect([dealt(), all(), dealt(), all()]).toEqual(['r0', 'r0', 'r1', 'r1']);
  });
});
