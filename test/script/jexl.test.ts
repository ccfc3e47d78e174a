import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CompiledScript, User } from '../../src/model/index.js';
import { classOf } from '../../src/script/jexl/classes.js';
import { compileJexl2, compileJexl3 } from '../../src/script/jexl/index.js';
import { fakeTest, fakeUser } from '../kit.js';

/**
 * `jexl3.tsv` is what commons-jexl3 3.2.1 gave, strict and silent, `jexl2.tsv` what commons-jexl 2.1.1 gave, strict.
 * ERROR = it threw; `\N` is a line break.
 */
const casesOf = (file: string): string[][] =>
  fs
    .readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'));

function user(): User {
  const test = fakeTest();
  test.properties.set('pp', 'P');
  const one = fakeUser({ test, iteration: 0, sameUserOnNextIteration: false });
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

function result(compile: typeof compileJexl3, script: string): string {
  const compiled = compile(script.replaceAll('\\N', '\n'));
  if (!('run' in compiled)) return 'ERROR';
  let value: unknown;
  try {
    value = (compiled as CompiledScript).run(user(), {});
  } catch {
    return 'ERROR';
  }
  if (value === null) return 'null';
  const name = classOf(value).name.replace(/^.*[.$]/, '');
  const text = String(value)
    .replace(/@[0-9a-f]+$/, '@HASH')
    .replaceAll('\n', '\\N');
  return NAMED.has(name) && !text.startsWith('class ') ? `${name} ${text}` : text;
}

/** The file names these classes; of others (views, arrays) it has the text only. */
const NAMED = new Set(
  `Integer Long Double Float Boolean String BigDecimal BigInteger HashMap HashSet ArrayList LinkedList Date
  StringBuilder`.split(/\s+/),
);

describe.each([
  ['jexl2.tsv', compileJexl2],
  ['jexl3.tsv', compileJexl3],
] as const)('JEXL gives what Commons JEXL gives: %s', (file, compile) => {
  it.each(casesOf(file))('%s', (script = '', ...expected) => {
    const wanted = expected.join('\t');
    const got = result(compile, script);
    // Views of maps are lists here.
    expect(NAMED.has(wanted.split(' ', 1)[0] ?? '') ? got : got.replace(/^(ArrayList|HashSet|Integer) /, '')).toBe(
      wanted,
    );
  });
});

describe('what scripts reach from a sampler and a thread group', () => {
  // Recorded with JMeter 5.6.3, but for the value true: that is by AbstractTestElement.getPropertyAsBoolean.
  const properties = [
    { name: 'displayJMeterVariables', text: 'true' },
    { name: 'n', text: '7' },
  ];
  const asked = { getPath: () => '/p', toString: () => 'http://h/p' };
  const sampler = {
    element: { asked },
    plan: { properties, tag: 'kg.apc.Some' },
    props: () => ({}),
  } as unknown as NonNullable<User['sampler']>; // the part that is looked at
  const placedGroup = { ...sampler, element: { asked: { getRampUp: () => 7 } } } as unknown as typeof sampler;
  it.each([
    ['sampler.getThreadContext().getThreadNum() == ctx.getThreadNum()', true],
    ['sampler.getPropertyAsBoolean("displayJMeterVariables")', true],
    ['sampler.getPropertyAsBoolean("nosuch")', false],
    ['sampler.getPath()', '/p'],
    ['"" + sampler', 'http://h/p'],
    ['ctx.getThreadGroup().isEnabled()', true],
    ['ctx.getThreadGroup().getRampUp()', 7],
    ['ctx.getThreadGroup().getPropertyAsString("n")', '7'],
    ['ctx.getThreadGroup().getNumThreads()', 1],
    ['ctx.getPreviousSampler()', null],
    ['sampler.getClass().getName()', 'kg.apc.Some'],
    ['sampler.getClass().getSimpleName()', 'Some'],
    ['sampler.getPropertyAsInt("n")', 7],
    ['sampler.getPropertyAsInt("nosuch", 3)', 3],
    ['sampler.getPropertyAsLong("n")', 7n],
    ['ctx.getTestLogicalAction()', 'CONTINUE'],
    ['ctx.isStartNextThreadLoop()', false],
    ['ctx.getSamplerContext().size()', 0],
  ])('%s', (script, expected) => {
    const compiled = compileJexl3(script);
    expect('run' in compiled && compiled.run(fakeUser({ sampler, placedGroup }), {})).toBe(expected);
  });
});
