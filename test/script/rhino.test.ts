import fs from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileExpression } from '../../src/expression/index.js';
import { evaluate, type User } from '../../src/model/index.js';
import { createCompileScript } from '../../src/script/index.js';
import { compileRhino } from '../../src/script/javascript/rhino.js';
import { fakeTest, fakeUser } from '../kit.js';

/** What Rhino 1.7.14 gave, with the scope of `__javaScript`; ERROR = it threw. `\N` is a line break. */
const cases = fs
  .readFileSync(new URL('rhino.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => line.split('\t'));

function user(): User {
  const test = fakeTest();
  test.properties.set('pp', 'P');
  const one = fakeUser({ test, iteration: 0, threadName: 'g 1-1' });
  for (const [name, value] of [
    ['v', '5'],
    ['w', 'x y'],
    ['e', ''],
    ['f', '1.5'],
    ['t', 'true'],
  ] as const)
    one.variables.put(name, value);
  return one;
}

function result(script: string): string {
  const compiled = compileRhino(script.replaceAll('\\N', '\n'));
  if (!('run' in compiled)) return 'ERROR';
  try {
    return String(compiled.run(user(), {}))
      .replaceAll('\n', '\\N')
      .replace(/@[0-9a-f]+$/, '@HASH');
  } catch {
    return 'ERROR';
  }
}

describe('__javaScript gives what Rhino gives', () => {
  beforeAll(() => {
    // The recordings were made in UTC.
    process.env.TZ = 'UTC';
  });
  it.each(cases)('%s', (script = '', ...expected) => {
    expect(result(script)).toBe(expected.join('\t'));
  });

  it.each(['java.time.LocalDate.now()', 'java.lang.System.getenv("X")', 'new JavaImporter(java.util)'])(
    '%s is refused by its name',
    (script) => {
      expect(compileRhino(script)).toMatchObject({ code: 'E303', text: expect.stringMatching(/java|JavaImporter/) });
    },
  );

  it('does not take the inside of texts and patterns for code', () => {
    expect(result('"let x ... java.foo.Bar"')).toBe('let x ... java.foo.Bar');
    expect(result('/"/.test("a\\"b") + " ?? "')).toBe('true ?? ');
    expect(result('6 / 2 / 3')).toBe('1');
  });

  it('leaves nothing behind for the next run', () => {
    expect(result('leaked = 5')).toBe('5');
    expect(result('typeof leaked')).toBe('undefined');
  });
});

describe('${__javaScript} with what only a JVM has', () => {
  it('gives nothing, and says so once', () => {
    const warned: string[] = [];
    const test = fakeTest({ compileScript: createCompileScript(), warn: ({ text }) => warned.push(text) });
    const user = fakeUser({ test });
    const text = compileExpression('${__javaScript(java.time.Year.now())}|${__javaScript(1+1)}', { engineUser: user });
    expect([evaluate(text, user), evaluate(text, user)]).toEqual(['|2', '|2']);
    expect(warned).toEqual(['scripts in JavaScript with java.time.Year.now cannot run yet']);
  });
});
