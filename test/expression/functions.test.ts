import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileExpression } from '../../src/expression/index.js';
import { evaluate, StopThread, type User } from '../../src/model/index.js';
import { fakeTest, fakeUser, SimulatedClock } from '../kit.js';

const resolve = (text: string, user: User): string => evaluate(compileExpression(text, { engineUser: user }), user);
const userAt = (clock = new SimulatedClock()): User => fakeUser({ test: fakeTest({ clock }) });

describe('properties', () => {
  it.each([
    ['${__P(p)}', 'trimmed'],
    ['${__P(no)}', '1'],
    ['${__P(no, d )}', 'd'],
    ['${__P(no,)}', ''],
    ['${__property(no)}', 'no'],
    ['${__property(no,,d)}', 'd'],
    ['${__property(p, v )}${ v }', 'trimmedtrimmed'],
    ['${__setProperty(new,1)}${__P(new)}', '1'],
    ['${__setProperty(new2,1,TRUE)}', 'null'],
    ['${__setProperty(p,2,true)}', ' trimmed '],
    ['${__setProperty(n,,)}[${__P(n)}]', '[]'],
  ])('%s', (text, value) => {
    const user = fakeUser();
    user.test.properties.set('p', ' trimmed ');
    expect(resolve(text, user)).toBe(value);
  });
  it('of the system are read, but are no old value', () => {
    const user = fakeUser();
    user.test.properties.system.set('s', 'of the system');
    expect(resolve('${__P(s)}|${__setProperty(s,new,true)}|${__P(s)}', user)).toBe('of the system|null|new');
  });
});

describe('names', () => {
  it('come from the user and the plan', () => {
    const user = fakeUser({ threadName: 'My Group-1 1-12', groupName: 'My Group-1' });
    expect(resolve('${__threadNum}|${__threadGroupName}|${__TestPlanName}|${__samplerName(s)}|${s}', user)).toBe(
      '12|My Group-1|plan.jmx||',
    );
  });
  it("are JMeter's own outside of threads", () => {
    expect(resolve('${__threadNum}', fakeUser({ threadName: '' }))).toBe('1');
  });
});

describe('random values', () => {
  it('cover both bounds', () => {
    const low = fakeUser({ random: () => 0 });
    const high = fakeUser({ random: () => 0.999999999999 });
    expect(resolve('${__Random( -3 ,5,r)}${r}', low)).toBe('-3-3');
    expect(resolve('${__Random(-3,5)}', high)).toBe('5');
    expect(resolve('${__Random(9223372036854775805,9223372036854775806)}', low)).toBe('9223372036854775805');
    expect(resolve('${__RandomString(3,abc,s)}${s}', high)).toBe('cccccc');
    expect(resolve('${__RandomString(5)}', fakeUser())).toHaveLength(5);
    expect(resolve('${__UUID}', low)).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
  it.each([
    ['${__Random(2,1)}', 'java.lang.IllegalArgumentException: bound must be greater than origin'],
    ['${__Random(a,1)}', 'java.lang.NumberFormatException: For input string: "a"'],
    ['${__RandomString( 5,a)}', 'java.lang.NumberFormatException: For input string: " 5"'],
    [
      '${__RandomString(-1,a)}',
      'java.lang.IllegalArgumentException: Requested random string length -1 is less than 0.',
    ],
    ['${__intSum(1.5,2)}', 'java.lang.NumberFormatException: For input string: "1.5"'],
    ['${__urldecode(%)}', 'java.lang.IllegalArgumentException: URLDecoder: Incomplete trailing escape (%) pattern'],
    [
      '${__urldecode(%zz)}',
      'java.lang.IllegalArgumentException: URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: "zz"',
    ],
    ['${__time(b)}', 'java.lang.IllegalArgumentException: Unable to parse date format b'],
  ])('%s throws what Java throws', (text, error) => {
    let thrown: unknown;
    try {
      resolve(text, fakeUser());
    } catch (caught) {
      thrown = caught;
    }
    expect(String(thrown)).toBe(error);
  });
});

it('__split takes a delimiter of two chars for a part as well', () => {
  const user = fakeUser();
  expect(resolve('${__split(a😀b,s,😀)}[${s_n}|${s_1}|${s_2}|${s_3}]', user)).toBe('a😀b[3|a|😀|b]');
});

describe('__intSum and __longSum', () => {
  it('stores the 32-bit sum even under an empty name', () => {
    const user = fakeUser();
    expect(resolve('${__intSum(1,١٢)}|${__longSum(-٣,1)}', user)).toBe('13|-2');
    expect(resolve('${__intSum(1,2,)}[${}]${__longSum(1,1,)}[${}]', user)).toBe('3[3]2[3]');
  });
});

describe('__time', () => {
  // 2023-11-14T22:13:20Z
  it.each([
    ['${__time}', '1700000000123'],
    ['${__time(/1000)}', '1700000000'],
    ['${__time(,t)}${t}', '17000000001231700000000123'],
    ["${__time(yyyy.SSS 'x')}", '2023.123 x'],
    ['${__time(USER1)}', 'own'],
    ['${__time(USER2)}', ''],
  ])('%s', (text, value) => {
    const user = userAt(new SimulatedClock(1_700_000_000_123));
    user.test.properties.set('time.USER1', "'own'");
    expect(resolve(text, user)).toBe(value);
  });
  it('evaluates its arguments when the plan is compiled', async () => {
    const clock = new SimulatedClock();
    const user = userAt(clock);
    user.variables.put('f', 'SSS');
    const text = compileExpression('${__time(${f})}', { engineUser: user });
    user.variables.put('f', 'yyyy');
    expect(evaluate(text, user)).toBe('000');
    await clock.advance(7);
    expect(evaluate(text, user)).toBe('007');
  });
});

describe('__timeShift', () => {
  it('takes now for a date it cannot read, as it never can with a fraction of a second', () => {
    const user = userAt(new SimulatedClock(1_700_000_000_123));
    expect(resolve('${__timeShift(,x,PT1S,,)}', user)).toBe('1700000001123');
    expect(resolve("${__timeShift(yyyy-MM-dd'T'HH:mm:ss.SSS,2018-01-31T10:00:00.123,,,v)}", user)).toMatch(
      /^2023-11-1\d/,
    );
    expect(user.variables.get('v')).toMatch(/^2023-11-1\d/);
  });
});

describe('__log and __logn', () => {
  it('write to the run log', () => {
    const printed: string[] = [];
    const test = fakeTest({ print: (line) => printed.push(line) });
    const user = fakeUser({ test });
    expect(resolve('${__log(a)}${__log(b,warn ,boom,# )}${__logn(c,OUT)}${__log(d,NOPE)}', user)).toBe('abd');
    expect(test.log.lines).toEqual([
      'INFO o.a.j.f.LogFunction: Thread Group 1-1  :  a',
      'WARN o.a.j.f.LogFunction: Thread Group 1-1 #  b\njava.lang.Throwable: boom',
      'DEBUG o.a.j.f.LogFunction: Thread Group 1-1  :  d',
    ]);
    expect(printed).toEqual(['Log: Thread Group 1-1 : c']);
  });
});

describe('__jexl3', () => {
  const withScript = (run: () => unknown) =>
    fakeUser({
      test: fakeTest({
        compileScript: (_language, text) =>
          text === '1+' ? { code: 'E304', severity: 'error', text: 'bad' } : { run },
      }),
    });
  it('gives and stores the result; null is nothing', () => {
    const user = withScript(() => 3);
    expect(resolve('${__jexl3(1+2, r )}${r}', user)).toBe('33');
    expect(
      resolve(
        '${__jexl3(x,r)}[${r}]',
        withScript(() => null),
      ),
    ).toBe('[]');
  });
  it('gives nothing and leaves the variable alone when the expression throws or does not parse', () => {
    const failing = withScript(() => {
      throw new Error('no');
    });
    expect(resolve('${__jexl3(x,r)}[${r}]', failing)).toBe('[${r}]');
    expect(resolve('${__jexl3(1+,s)}[${s}]', failing)).toBe('[${s}]');
  });
});

describe('__StringFromFile', () => {
  let folder = '';
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lines-'));
    const files = { 'lines.txt': 'one\r\ntwo\rthree', 'empty.txt': '', 's01.txt': 'a\n', 's02.txt': 'b\nc\n' };
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
    fs.writeFileSync(path.join(folder, 'latin.txt'), Buffer.from([0xe4, 0x0a]));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  const times = (text: string, count: number): string[] => {
    const user = fakeUser({ test: fakeTest({ workingDirectory: folder }) });
    const compiled = compileExpression(text, { engineUser: user });
    return Array.from({ length: count }, () => {
      try {
        return evaluate(compiled, user);
      } catch (error) {
        if (error instanceof StopThread) return 'stopped';
        return String(error);
      }
    });
  };

  it.each([
    ['${__StringFromFile(lines.txt)}', ['one', 'two', 'three', 'one']],
    ['${__StringFromFile(lines.txt,l)}${l}', ['oneone']],
    ['${__StringFromFile(lines.txt)}${StringFromFile_}', ['oneone']],
    ['${__StringFromFile(empty.txt,l)}${l}', ['null${l}']],
    ['${__StringFromFile(nosuch.txt)}', ['**ERR**', '**ERR**']],
    ['${__StringFromFile(latin.txt)}', ['**ERR**', '**ERR**']],
    ["${__StringFromFile('s'00'.txt',,1,2)}", ['a', 'b', 'c', 'stopped', 'stopped']],
    ["${__StringFromFile('s'00'.txt',,1,)}", ['a', 'b', 'c', '**ERR**', '**ERR**']],
    [
      "${__StringFromFile('s'0.0.0,,1)}",
      ['java.lang.IllegalArgumentException: Multiple decimal separators in pattern "\'s\'0.0.0"'],
    ],
  ])('%s', (text, values) => {
    expect(times(text, values.length)).toEqual(values);
  });
});
