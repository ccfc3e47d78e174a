import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileExpression } from '../../src/expression/index.js';
import { evaluate, type Test, type User } from '../../src/model/index.js';
import { fakeTest, fakeUser } from '../kit.js';

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'functions-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const testHere = (over: Partial<Test> = {}) => fakeTest({ workingDirectory: folder, planDirectory: folder, ...over });
const write = (name: string, data: string | Buffer): void => fs.writeFileSync(path.join(folder, name), data);
const resolve = (text: string, user = fakeUser({ test: testHere() })): string =>
  evaluate(compileExpression(text, { engineUser: user }), user);

describe('__FileToString', () => {
  it('reads a file in its encoding, and keeps the byte order mark of UTF-8', () => {
    write('f.txt', 'grün€');
    write('u16.txt', Buffer.from('\ufeffäb', 'utf16le'));
    write('bom.txt', '\ufeffabc');
    expect(resolve('${__FileToString(f.txt, UTF-8 , v )}|${v}')).toBe('grün€|grün€');
    expect(resolve('${__FileToString(f.txt,windows-1252)}')).toBe('grÃ¼nâ‚¬');
    expect(resolve('${__FileToString(f.txt,US-ASCII)}')).toBe('gr\ufffd\ufffdn\ufffd\ufffd\ufffd');
    expect(resolve('${__FileToString(u16.txt,UTF-16)}')).toBe('äb');
    expect(resolve('${__FileToString(bom.txt)}')).toBe('\ufeffabc');
  });
  it('gives **ERR** for what cannot be read, and loses the sample for a charset that nobody knows', () => {
    expect(resolve('${__FileToString(none.txt,,v)}|${v}|${__FileToString(.)}')).toBe('**ERR**|**ERR**|**ERR**');
    expect(resolve('${__FileToString(none.txt,nope)}')).toBe('**ERR**');
    expect(() => resolve('${__FileToString(f.txt,nope)}')).toThrow(
      expect.objectContaining({ javaClass: 'java.nio.charset.UnsupportedCharsetException' }),
    );
    expect(() => resolve('${__FileToString(f.txt,a b)}')).toThrow(
      expect.objectContaining({ javaClass: 'java.nio.charset.IllegalCharsetNameException' }),
    );
  });
});

describe('__StringToFile', () => {
  it.each([
    ['a.txt,abc', 'abc'],
    ['a.txt,d\\nef', 'abcd\nef'],
    ['a.txt,x,false', 'x'],
    ['a.txt,y, TRUE ', 'xy'],
    ['a.txt,z,no', 'z'],
    [' a.txt ,ä,', 'zä'],
  ])('%s', (args, content) => {
    expect(resolve(`\${__StringToFile(${args})}`)).toBe('true');
    expect(fs.readFileSync(path.join(folder, 'a.txt'), 'utf8')).toBe(content);
  });
  it.each([',x', 'none/a.txt,x', '.,x', 'b.txt,x,true,nope', 'b.txt,x,true,a b'])('cannot write: %s', (args) => {
    expect(resolve(`\${__StringToFile(${args})}`)).toBe('false');
  });
  it.each([
    ['ISO-8859-1', 'ä€', 'e43f'],
    ['windows-1252', 'ä€', 'e480'],
    ['GBK', '中文', 'd6d0cec4'],
    ['Shift_JIS', 'あ', '82a0'],
    ['UTF-16', 'ä', 'feff00e4'],
  ])('in %s', (charset, text, hex) => {
    resolve(`\${__StringToFile(c.txt,${text},false,${charset})}`);
    expect(fs.readFileSync(path.join(folder, 'c.txt')).toString('hex')).toBe(hex);
  });
});

describe('__CSVRead', () => {
  it('gives each user the next row at its first column, and keeps it until next', () => {
    write('d.csv', 'a0,a1,a2\nb0,,b2\r\nc0,c1,\n\nd0,d1\n');
    const test = testHere();
    const [one, two] = [fakeUser({ test }), fakeUser({ test })];
    const read = (column: string) => compileExpression(`[\${__CSVRead(d.csv,${column})}]`, { engineUser: one });
    const columns = ['0', '1', '2', '3', '-1', 'x', 'next', 'next()'].map((column) => [column, read(column)] as const);
    const get = (user: User, asked: string) => evaluate(columns.find(([column]) => column === asked)?.[1] ?? '', user);
    expect(['0', '2', '3', '-1', 'x'].map((column) => get(one, column))).toEqual(['[a0]', '[a2]', '[]', '[]', '[]']);
    expect(['0', '1', 'next', '0', '2'].map((column) => get(two, column))).toEqual(['[b0]', '[]', '[]', '[c0]', '[]']);
    // The fourth row stands behind an empty line.
    expect(['next()', '0'].map((column) => get(one, column))).toEqual(['[]', '[a0]']);
  });
  it('opens files by alias, and takes an empty name for the only file', () => {
    write('one.csv', '1,2\n3,4\n');
    expect(resolve('${__CSVRead(one.csv,*a)}${__CSVRead(*a,1)}${__CSVRead(*a,next)}${__CSVRead(*a,0)}')).toBe('23');
    expect(resolve('${__CSVRead(one.csv,0)}|${__CSVRead(,*x)}${__CSVRead(*x,1)}')).toBe('1|2');
    expect(resolve('${__CSVRead(*b,0)}${__CSVRead(none.csv,0)}${__CSVRead(none.csv,next)}')).toBe('');
    expect(() => resolve('${__CSVRead(,*x)}')).toThrow('Filename must not be null or empty');
  });
  it('cuts at each character of a longer delimiter, which is a column then', () => {
    write('long.csv', 'a;;b\n');
    const user = fakeUser({ test: testHere() });
    user.test.properties.set('csvread.delimiter', ';;');
    expect(resolve('${__CSVRead(long.csv,1)}${__CSVRead(long.csv,3)}', user)).toBe(';b');
  });
});

describe('the environment', () => {
  it('gives names, addresses and variables, trimmed', () => {
    const environment = { X: ' val ', E: '' };
    const user = fakeUser({ test: testHere({ hostName: 'box', hostAddress: '10.1.2.3', environment }) });
    expect(resolve('${__machineName(n)}${n}|${__machineIP( i )}${i}', user)).toBe('boxbox|10.1.2.310.1.2.3');
    expect(resolve('${__env(X)}|${__env(NO)}|${__env(NO, v , d )}|${ v }|${__env(E,,d)}', user)).toBe('val|NO|d|d|');
  });
});

describe('scripts in functions', () => {
  const compileScript: Test['compileScript'] = (_language, text) => ({
    run() {
      if (text === 'throw') throw new Error('oh');
      return text === 'null' ? null : `${text}!`;
    },
  });
  it('store their result; null is nothing, and what fails leaves the variable alone', () => {
    const user = fakeUser({ test: testHere({ compileScript }) });
    expect(resolve('${__groovy(a, v )}${v}|${__BeanShell(null,w)}[${w}]|${__groovy(throw,x)}${x}', user)).toBe(
      'a!a!|[]|${x}',
    );
  });
  it('refuse the plan while the language is not there', () => {
    const absent: Test['compileScript'] = (language) => ({ code: 'E303', severity: 'error', text: `no ${language}` });
    const user = fakeUser({ test: testHere({ compileScript: absent }) });
    expect(() => resolve('${__groovy(a)}', user)).toThrow('scripts in groovy cannot run yet');
  });
});
