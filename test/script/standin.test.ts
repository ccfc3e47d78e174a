import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/problem.js';
import { createCompileScript, parseStandIns, readStandIns, sha256Of, standInsFile } from '../../src/script/index.js';
import { fakeTest, fakeUser } from '../kit.js';

const options = { env: (name: string) => (name === 'SECRET' ? 's' : undefined), compileScript: createCompileScript() };
const parse = (text: string) => parseStandIns(text, 'p.standins.yaml', options);
const script = (text: string, path = 'Plan/Users/Sign') => ({ path, name: path.split('/').at(-1) ?? '', text });

function user() {
  const test = fakeTest();
  test.properties.set('accounts', '2');
  const one = fakeUser({ test, random: () => 0.99 });
  one.variables.put('who', 'Ann');
  one.variables.put('a.b', 'dotted');
  return one;
}

/** The value of one expression, as the last step of a stand-in. */
async function value(expr: string): Promise<unknown> {
  const { find } = await parse(
    `standins: [{ match: { name: x }, steps: [{ let: r, expr: ${JSON.stringify(expr)} }] }]`,
  );
  const found = find(script('', 'x'));
  if (!found || !('run' in found)) throw new Error('no stand-in');
  return found.run(user(), { Parameters: 'p', Label: 'x' });
}

describe('expressions of stand-ins', () => {
  const md5 = createHash('md5').update('abc').digest('hex');
  it.each([
    ['"abc"|md5', md5],
    ['"abc"|sha1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['("abc"|sha256)|slice(0, 6)', 'ba7816'],
    ['("abc"|md5)|hmac("key","sha1","raw")|base64', createHmac('sha1', 'key').update(md5).digest('base64')],
    ['"abc"|hmac("key","sha1","base64")', createHmac('sha1', 'key').update('abc').digest('base64')],
    ['"abc"|hmac("key")', createHmac('sha256', 'key').update('abc').digest('hex')],
    ['"YWJj"|unbase64', 'abc'],
    ['"abc"|hex', '616263'],
    ['(7/2)|int', 3],
    ['5|string', '5'],
    ['"a b+c/ü*~"|urlencode', 'a+b%2Bc%2F%C3%BC*%7E'],
    ['{a: 1}|json', '{"a":1}'],
    ['(\'{"a":[1,2]}\'|parseJson).a[1]', 2],
    ['"a,b"|split', '["a","b"]'],
    ['["a","b"]|join("-")', 'a-b'],
    ['"abc"|length + [1,2]|length', 5],
    ['"abc"|upper|lower|replace("b","x")', 'axc'],
    ['"7"|padStart(3,"0")', '007'],
    ['({a: 1, b: 2}|keys)|join', 'a,b'],
    ['[1,2,3]|randomChoice', 3],
    ['[1,2,3]|slice(0, property("accounts","5")|int)|randomChoice', 2],
    ['property("nosuch","d")', 'd'],
    ['env("SECRET")', 's'],
    ['env("NOSUCH")', ''],
    ['randomInt(1, 6)', 6],
    ['randomString(4)|length', 4],
    ['uuid()|length', 36],
    ['now() > 1600000000000', true],
    ['who + vars["a.b"] + Parameters + threadNum', 'Anndottedp0'],
    ['nosuch', null],
  ])('%s', async (expr, expected) => {
    expect(await value(expr)).toEqual(expected);
  });
});

describe('matching', () => {
  const steps = 'steps: [{ set: v, expr: "1+1" }]';
  it('by path, with blanks around the slashes or not, and by name', async () => {
    const { find, unused } = await parse(
      `standins:\n  - match: { path: "Plan / Users / Sign" }\n    ${steps}\n  - match: { name: Other }\n    ${steps}`,
    );
    expect(find(script('x'))).toHaveProperty('run');
    expect(unused()).toMatchObject([{ code: 'W306', place: { line: 4 } }]);
    expect(find(script('x', 'Plan/Other'))).toHaveProperty('run');
    expect(find(script('x', 'Plan/None'))).toBeUndefined();
    expect(unused()).toEqual([]);
  });

  it('says the new sum when the script has changed', async () => {
    const { find } = await parse(`standins: [{ match: { name: Sign, sha256: ${sha256Of('old')} }, ${steps} }]`);
    expect(find(script('old'))).toHaveProperty('run');
    expect(find(script('new'))).toMatchObject({ code: 'E302', text: expect.stringContaining(sha256Of('new')) });
  });

  it('by sum alone, line ends being equal', async () => {
    const { find } = await parse(`standins: [{ match: { sha256: "${sha256Of('a\nb')}" }, ${steps} }]`);
    expect(find(script('a\r\nb'))).toHaveProperty('run');
    expect(find(script('c'))).toBeUndefined();
  });

  it('sets variables as text, removes them for null, keeps locals to itself', async () => {
    const { find } = await parse(`standins:
  - match: { name: Sign }
    steps:
      - { let: account, expr: '{id: 7}' }
      - { set: id, expr: 'account.id' }
      - { set: who, expr: 'nosuch' }
      - { set: twice, expr: '(id|int) * 2' }`);
    const found = find(script(''));
    const one = user();
    if (found && 'run' in found) expect(found.run(one, {})).toBe(14);
    expect([...'id twice who account'.split(' ')].map((name) => one.variables.get(name))).toEqual([
      '7',
      '14',
      undefined,
      undefined,
    ]);
  });

  it('may be JavaScript', async () => {
    const { find } = await parse(
      `standins: [{ match: { name: Sign }, language: javascript, script: 'vars.put("x", "y")' }]`,
    );
    const found = find(script(''));
    const one = user();
    if (found && 'run' in found) found.run(one, {});
    expect(one.variables.get('x')).toBe('y');
  });
});

describe('a file that cannot be understood', () => {
  it.each([
    ['standins:\n  - match: {name: x}\n   steps', 3],
    ['a: 1', 1],
    ['version: 2\nstandins: []', 1],
    ['standins:\n  - steps: []', 2],
    ['standins:\n  - match: {}\n    steps: []', 2],
    ['standins:\n  - match: {name: x}\n    steps:\n      - { expr: "1" }', 4],
    ['standins:\n  - match: {name: x}\n    steps:\n      - { set: v, expr: "1 +" }', 2],
    ['standins:\n  - match: {name: x}\n    language: groovy\n    script: "1"', 2],
    ['standins:\n  - match: {name: x}\n    language: javascript', 2],
  ])('%j is told with its line', async (text, line) => {
    const problem = await parse(text).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ProblemError);
    if (problem instanceof ProblemError)
      expect(problem.problems[0]).toMatchObject({ code: 'E305', place: { file: 'p.standins.yaml', line } });
  });

  it('is none when it is not there', async () => {
    expect(standInsFile('/x/plan.jmx')).toBe('/x/plan.standins.yaml');
    expect((await readStandIns('/nosuch/plan.jmx', options)).find(script(''))).toBeUndefined();
  });
});
