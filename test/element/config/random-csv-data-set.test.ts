import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomCsvDataSet } from '../../../src/element/config/random-csv-data-set.js';
import { StopThread } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'random-csv-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const WRITTEN = { fileEncoding: 'UTF-8', delimiter: ',', rewindOnTheEndOfList: true };

/** A data set; each call makes a pass and gives the variables asked for. */
function reader(data: string, props: Record<string, Given>, names: readonly string[]) {
  fs.writeFileSync(path.join(folder, 'd.csv'), data);
  const test = fakeTest({ workingDirectory: os.tmpdir(), planDirectory: folder });
  const user = fakeUser({ test, random: () => 0.99 });
  const self = place(randomCsvDataSet, { props: { ...WRITTEN, filename: 'd.csv', ...props } });
  randomCsvDataSet.testStarted?.(self.props(user), user, self);
  const pass = () => {
    void randomCsvDataSet.iterationStart?.(self.props(user), user, { loop: true, number: 1 }, self);
    return names.map((name) => user.variables.get(name) ?? '-').join(' ');
  };
  return { pass, end: () => randomCsvDataSet.threadFinished?.(self.props(user), user, self) };
}
const passes = (n: number, { pass }: { readonly pass: () => string }) => Array.from({ length: n }, pass);

// All of these as the plugin 0.8 gave them.
describe('Random CSV Data Set', () => {
  it('takes names from the header, quotes and blank lines as records, and begins again', () => {
    const data = 'h1,h2\na0,a1\n"b,0","b""1"\n\nc0\nd0,d1,d2';
    expect(passes(6, reader(data, {}, ['h1', 'h2']))).toEqual(['a0 a1', 'b,0 b"1', ' b"1', 'c0 b"1', 'd0 d1', 'a0 a1']);
  });
  it('with names of its own reads the first line as well, unless it is to be ignored', () => {
    expect(passes(3, reader('1,2\n3,4\n', { variableNames: 'p,,q,' }, ['p', 'q']))).toEqual(['1 2', '3 4', '1 2']);
    const ignoring = { variableNames: 'p,q', ignoreFirstLine: true };
    expect(passes(2, reader('1,2\n3,4\n', ignoring, ['p', 'q']))).toEqual(['3 4', '3 4']);
  });
  it('gives each record once when shuffled, and then ends the thread', () => {
    const shuffled = reader('x\n1\n2\n3\n', { randomOrder: true, rewindOnTheEndOfList: false }, ['x']);
    expect(passes(3, shuffled)).toEqual(['3', '1', '2']);
    expect(() => shuffled.pass()).toThrow(new StopThread('All records in the CSV file have been passed.'));
    expect(() => shuffled.pass()).toThrow(StopThread);
  });
  it('skips too much behind a header that is not ASCII, and finds records in the middle of characters', () => {
    expect(passes(3, reader('größe,name\nä,b\n😀x,d\ne,f\n', {}, ['größe']))).toEqual(['b', '😀x', 'e']);
    const odd = { randomOrder: true, rewindOnTheEndOfList: false };
    expect(passes(5, reader('größe,name\nä,b\n😀x,d\ne,f\n', odd, ['größe'])).toSorted()).toEqual([
      '',
      'd',
      'f',
      'ä',
      '😀x',
    ]);
  });
  it('of a file with a header only gives the header', () => {
    expect(passes(2, reader('x,y\n', {}, ['x']))).toEqual(['x', 'x']);
    expect(() => reader('x,y\n', { randomOrder: true }, ['x']).pass()).toThrow('bound must be positive');
  });
  it('knows a tab, and no delimiter as a comma', () => {
    expect(reader('p\tq\n1\t2\n', { delimiter: '\\t' }, ['p', 'q']).pass()).toBe('1 2');
    expect(reader('p,q\n1,2\n', { delimiter: '' }, ['p', 'q']).pass()).toBe('1 2');
  });
  it('of one list per thread is closed for all by the first thread that ends', () => {
    const both = reader('x\n1\n2\n', { independentListPerThread: true }, ['x']);
    both.pass();
    both.end();
    expect(() => both.pass()).toThrow('Stream closed');
  });
  it.each([{ filename: 'none.csv' }, { fileEncoding: 'nope' }, { fileEncoding: '' }])(
    'that cannot be read ends the run: %o',
    (props) => {
      expect(() => reader('x\n1\n', props, ['x'])).toThrow('Cannot initialize RandomCSVReader, because of error');
    },
  );
});
