import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvDataSet } from '../../../src/element/config/csv-data-set.js';
import { readFields } from '../../../src/element/config/csv-fields.js';
import { Characters } from '../../../src/element/config/csv-text.js';
import { StopThread, type Test, type User } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'csv-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const write = (name: string, data: string | Buffer): string => {
  fs.writeFileSync(path.join(folder, name), data);
  return name;
};
const testHere = () => fakeTest({ workingDirectory: os.tmpdir(), planDirectory: folder, planFile: `${folder}/p.jmx` });
const WRITTEN = { delimiter: ',', recycle: true, shareMode: 'shareMode.all', variableNames: 'a,b' };

/** A data set for one user; each call makes a pass and gives the variables asked for, or what was thrown. */
function reader(
  props: Record<string, Given>,
  names: readonly string[] = ['a', 'b'],
  user = fakeUser({ test: testHere() }),
) {
  const self = place(csvDataSet, { name: 'data', props: { ...WRITTEN, ...props } });
  csvDataSet.threadMade?.(self.props(user), user, self);
  return () => {
    csvDataSet.iterationStart?.(self.props(user), user, { loop: true, number: 1 }, self);
    return names.map((name) => user.variables.get(name) ?? '-').join(' ');
  };
}
const passes = (n: number, next: () => string): string[] => Array.from({ length: n }, next);

describe('lines without quotes', () => {
  it('splits at the delimiter, keeps blanks, quotes and trailing empty fields', () => {
    write('plain.csv', '1,"x"\n 2 ,\r\n3,y,extra\r');
    expect(passes(4, reader({ filename: 'plain.csv' }))).toEqual(['1 "x"', ' 2  ', '3 y', '1 "x"']);
  });
  it('leaves the variable of a missing field as it was', () => {
    write('ragged.csv', '1,2\n3\n');
    expect(passes(2, reader({ filename: 'ragged.csv' }))).toEqual(['1 2', '3 2']);
  });
  it('takes a blank line for the end of the file, and reads on behind it at the next pass', () => {
    write('blank.csv', '1,a\n\n2,b\n');
    expect(passes(4, reader({ filename: 'blank.csv' }))).toEqual(['1 a', '<EOF> <EOF>', '2 b', '1 a']);
  });
  it.each([
    ['\\t', '1\t2'],
    ['', '1,2'],
    ['||', '1||2'],
  ])('knows the delimiter %j', (delimiter, line) => {
    write('delimiter.csv', line);
    expect(reader({ filename: 'delimiter.csv', delimiter })()).toBe('1 2');
  });
});

describe('lines with quotes', () => {
  const fields = (text: string): unknown => {
    try {
      return readFields(new Characters(text), ','.charCodeAt(0));
    } catch (error) {
      return String(error);
    }
  };
  it.each([
    ['', []],
    ['\n', ['']],
    ['a,b\nc', ['a', 'b']],
    ['a,\n', ['a', '']],
    ['a,', ['a', '']],
    ['"a,1","b ""q""","c\nd"', ['a,1', 'b "q"', 'c\nd']],
    ['""', ['']],
    ['a"b', 'java.io.IOException: Cannot have quote-char in plain field:[a"]'],
    ['"a"b', 'java.io.IOException: Cannot have single quote-char in quoted field:[a"]'],
    ['"a', 'java.io.IOException: Missing trailing quote-char in quoted field:["a]'],
  ])('reads %j', (text, expected) => {
    expect(fields(text)).toEqual(expected);
  });
  it('counts a broken record as end of file and goes on in the middle of its line', () => {
    write('broken.csv', 'ok,1\na"b,2\nlast,3\n');
    const test = testHere();
    const next = reader({ filename: 'broken.csv', quotedData: true }, ['a', 'b'], fakeUser({ test }));
    expect(passes(4, next)).toEqual(['ok 1', '<EOF> <EOF>', 'b 2', 'last 3']);
    expect(test.log.lines).toContain(
      'ERROR o.a.j.c.CSVDataSet: java.io.IOException: Cannot have quote-char in plain field:[a"]',
    );
  });
  it('uses only the first character of the delimiter', () => {
    write('pipes.csv', 'x||y');
    expect(reader({ filename: 'pipes.csv', quotedData: true, delimiter: '||' }, ['a', 'b'])()).toBe('x ');
  });
});

describe('names', () => {
  it('come from the first line, with quotes even when the data has none, and trimmed', () => {
    write('head.csv', '"first name", b \n1,2\n');
    const next = reader({ filename: 'head.csv', variableNames: '' }, ['first name', 'b']);
    expect(passes(2, next)).toEqual(['1 2', '1 2']);
  });
  it('lose empty ones: columns shift', () => {
    write('three.csv', '1,2,3\n');
    expect(reader({ filename: 'three.csv', variableNames: ',a,,b,' })()).toBe('1 2');
  });
  it('skip the first line when asked, at each recycling', () => {
    const next = reader({ filename: write('skip.csv', 'x,y\n1,2\n'), ignoreFirstLine: true });
    expect(passes(2, next)).toEqual(['1 2', '1 2']);
  });
});

describe('the end of the file', () => {
  it('sets the text of csvdataset.eofstring when it is not recycled', () => {
    const test = testHere();
    test.properties.set('csvdataset.eofstring', 'END');
    const next = reader({ filename: write('end.csv', '1,2\n'), recycle: false }, ['a', 'b'], fakeUser({ test }));
    expect(passes(3, next)).toEqual(['1 2', 'END END', 'END END']);
  });
  it('ends the thread quietly when asked', () => {
    const next = reader({ filename: write('stop.csv', '1,2\n'), recycle: false, stopThread: true });
    next();
    expect(next).toThrow(StopThread);
    expect(next).toThrow(
      'End of file:stop.csv detected for CSV DataSet:data configured with stopThread:true, recycle:false',
    );
  });
  it('is reached at once when there is nothing but a header', () => {
    const next = reader({ filename: write('only.csv', 'a,b\n'), variableNames: '' });
    expect(next()).toBe('<EOF> <EOF>');
  });
  it('is the end when the key recycle is missing: a missing flag is false, whatever the GUI shows', () => {
    const self = place(csvDataSet, { props: { filename: 'end.csv', variableNames: 'a' } });
    const user = fakeUser({ test: testHere() });
    for (let i = 0; i < 2; i++) csvDataSet.iterationStart?.(self.props(user), user, { loop: true, number: 1 }, self);
    expect(user.variables.get('a')).toBe('<EOF>');
  });
});

describe('files that cannot be used', () => {
  it.each([
    [{ filename: 'none.csv' }, 'File none.csv must exist and be readable'],
    [{ filename: 'none.csv', variableNames: '' }, 'Could not read file header line for file none.csv'],
    [{ filename: '.' }, 'must exist and be readable'],
    [{ filename: ' ' }, 'Filename must not be null or empty'],
  ])('%j end the thread', (props, message) => {
    expect(reader(props)).toThrow(message);
  });
  it('log why there is no header', () => {
    const test = testHere();
    const next = reader({ filename: write('empty.csv', ''), variableNames: '' }, [], fakeUser({ test }));
    expect(next).toThrow('Could not read file header line for file empty.csv');
    expect(next).toThrow('Could not read file header line for file empty.csv');
    expect(test.log.lines.join()).toContain('File is empty');
  });
  it('count as ended when nobody knows the encoding', () => {
    const next = reader({ filename: write('unknown.csv', '1,2\n'), fileEncoding: 'x-unknown' });
    expect(next()).toBe('<EOF> <EOF>');
    expect(reader({ filename: 'unknown.csv', fileEncoding: ' UTF-8' })()).toBe('<EOF> <EOF>');
  });
});

describe('encodings', () => {
  const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
  it.each([
    ['', 'efbbbf6f6e652c74776f', 'one two'],
    ['ISO-8859-1', 'efbbbf6f6e652c74776f', 'one two'],
    ['', '6772f6df652ce9', 'gr��e �'],
    ['ISO-8859-1', '6772f6df652ce9', 'größe é'],
    ['US-ASCII', '6772f6df652ce9', 'gr��e �'],
    ['windows-1252', '80352c9371', '€5 “q'],
    ['ISO-8859-1', '80352c9371', '\u00805 \u0093q'],
    ['UTF-16', 'fffe67007200f6002c00e565', 'grö 日'],
    ['UTF-16', '0067007200f6002c65e5', 'grö 日'],
    ['UTF-16LE', 'fffe67007200f6002c00e565', '\ufeffgrö 日'],
    ['GBK', 'd6d0cec42cb2e2cad4', '中文 测试'],
    ['Shift_JIS', '93fa967b2cb6c5', '日本 ｶﾅ'],
  ])('%j', (fileEncoding, hex, expected) => {
    write('encoded.csv', bytes(hex));
    expect(reader({ filename: 'encoded.csv', fileEncoding })()).toBe(expected);
  });
  it('reads letters that lie across two chunks', () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `${i},größe 日本`);
    const next = reader({ filename: write('big.csv', lines.join('\r\n')) });
    expect(passes(30_000, next)).toEqual(lines.map((line) => line.replace(',', ' ')));
  });
});

describe('sharing', () => {
  const user = (test: Test, threadName: string): User => fakeUser({ test, threadName });
  const rows = (shareMode: string, threads: readonly string[]): string => {
    const test = testHere();
    write('rows.csv', '1\n2\n3\n4\n');
    const readers = threads.map((name) =>
      reader({ filename: 'rows.csv', shareMode, variableNames: 'a' }, ['a'], user(test, name)),
    );
    return readers.map((next) => next()).join('');
  };
  const threads = ['One 1-1', 'One 1-2', 'Two 2-1'];
  it.each([
    ['shareMode.all', '123'],
    ['', '123'],
    ['shareMode.group', '121'],
    ['shareMode.thread', '111'],
    ['my key', '123'],
    ['All threads', '123'],
    ['Current thread group', '121'],
    ['Current thread', '111'],
    ['Toutes les unités', '123'],
    ['현 쓰레드', '111'],
    // No blank in it: JMeter does not translate it.
    ['当前线程', '123'],
  ])('%j', (mode, expected) => {
    expect(rows(mode, threads)).toBe(expected);
  });
  it('is by name: two elements read one file in turn', () => {
    const test = testHere();
    const one = fakeUser({ test });
    write('turns.csv', '1\n2\n3\n');
    const [x, y] = ['x', 'y'].map((name) => reader({ filename: 'turns.csv', variableNames: name }, [name], one));
    expect([x?.(), y?.(), x?.()].join('')).toBe('123');
  });
  it('fails for who needs a header when the first did not', () => {
    const test = testHere();
    const one = fakeUser({ test });
    write('mixed.csv', 'a,b\n1,2\n');
    reader({ filename: 'mixed.csv' }, [], one)();
    expect(reader({ filename: 'mixed.csv', variableNames: '' }, [], one)).toThrow('Could not read file header line');
  });
});

it('evaluates its settings once, when the thread starts', () => {
  const test = testHere();
  const user = fakeUser({ test });
  write('one.csv', '1\n');
  write('two.csv', '2\n');
  user.variables.put('file', 'one.csv');
  const next = reader({ filename: '${file}', variableNames: 'a' }, ['a'], user);
  user.variables.put('file', 'two.csv');
  expect(next()).toBe('1');
});

describe('check', () => {
  const check = (props: Record<string, Given>) => {
    const { plan } = place(csvDataSet, { props });
    const { compileScript, standIns } = testHere();
    return (
      csvDataSet.check?.(plan, { planFile: `${folder}/p.jmx`, compileScript, standIns, property: () => undefined }) ??
      []
    );
  };
  it.each([
    [{ filename: 'nowhere.csv' }, 'the data file nowhere.csv does not exist or cannot be read'],
    [{ filename: '' }, 'the name of the data file is empty'],
    [{ filename: 'one.csv', fileEncoding: 'x-1' }, 'the data file one.csv cannot be read in the unknown encoding x-1'],
  ])('warns of %j', (props, text) => {
    write('one.csv', '1\n');
    expect(check(props)).toMatchObject([{ severity: 'warning', text }]);
  });
  it('says nothing of a file that is there or whose name is not known yet', () => {
    write('one.csv', '1\n');
    expect([...check({ filename: 'one.csv' }), ...check({ filename: '${x}.csv' })]).toEqual([]);
  });
});
