import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { rawDataSource } from '../../../src/element/pre/raw-data-source.js';
import { fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'raw-data-'));
afterAll(() => fs.rmSync(directory, { recursive: true }));

/** The values of the variable for some samples, `lost` for those that an exception loses, and whether the user goes on. */
function run(data: string, times: number, props: Record<string, Given> = {}): readonly unknown[] {
  const file = path.join(directory, 'chunks');
  fs.writeFileSync(file, data);
  const self = place(rawDataSource, { props: { filename: file, variable_name: 'v', ...props } });
  let stopped = false;
  const user = fakeUser({
    stop() {
      stopped = true;
    },
  });
  return Array.from({ length: times }, () => {
    try {
      void rawDataSource.before?.(self.props(user), user, self);
      return user.variables.get('v');
    } catch {
      return stopped ? 'ended' : 'lost';
    }
  });
}

it('reads chunks by their size', () => {
  expect(run('3 tag\nabc\n5\r\nd\ne f\n\n2 \té\n', 3)).toEqual(['abc', 'd\ne f', 'ended']);
  expect(run('2\né\n2\nxy', 2)).toEqual(['é', 'xy']);
  expect(run('2\né', 1, { isHex: true })).toEqual(['c3a9']);
});

it('takes a line feed behind a line end with it', () => {
  expect(run('3\n\nabc', 1)).toEqual(['abc']);
});

it('ends the user at the end of the file, or begins again', () => {
  expect(run('1\na\n', 2)).toEqual(['a', 'ended']);
  expect(run('1\na\n0\n1\nb', 2)).toEqual(['a', 'ended']);
  expect(run('1\na\n1\nb', 3, { rewind: true })).toEqual(['a', 'b', 'a']);
  expect(run('', 1, { rewind: true })).toEqual(['lost']);
});

it('loses samples over sizes that are none, and chunks that are cut off', () => {
  expect(run('x\n', 1)).toEqual(['ended']);
  expect(run('x\nabc', 1)).toEqual(['lost']);
  expect(run('9\nabc', 1)).toEqual(['lost']);
  expect(run('-1\nabc', 1)).toEqual(['lost']);
});

it('does nothing without the file', () => {
  expect(run('', 1, { filename: path.join(directory, 'none') })).toEqual([undefined]);
});
