import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../src/expression/index.js';
import { JavaError } from '../../src/java/index.js';
import { evaluate, Sample, type User, Variables } from '../../src/model/index.js';
import { fakeUser } from '../kit.js';

/**
 * Texts and what JMeter 5.6.3 (Custom Functions 2.1) made of them in one thread, in this order, as JSON; `lost` where an
 * exception lost the sample. Recorded in UTC.
 */
const RECORDED = fs
  .readFileSync(new URL('functions.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): readonly [text: string, value: string | undefined] => {
    const [text = '', value = ''] = line.split('\t');
    return [JSON.parse(text), value === 'lost' ? undefined : JSON.parse(value)];
  });

process.env.TZ = 'UTC';

const VARIABLES = {
  v: '5',
  e: '',
  u: 'größe ĳs ßx',
  emoji: '😀b',
  t: 'a\tb',
  l_matchNr: '2',
  l_1: 'one',
  l_2: 'two',
  m_matchNr: '0',
  m: 'mm',
  n_matchNr: 'x',
  h_matchNr: '1',
  dz: 'ǆx',
  geo: 'აბგ',
  nl: 'x\ny',
  lt: '<',
};

const resolve = (text: string, user: User): string => evaluate(compileExpression(text, { engineUser: user }), user);

describe('functions give what JMeter gives', () => {
  const user = fakeUser({ variables: new Variables(new Map(Object.entries(VARIABLES))) });
  user.previous = new Sample();
  user.previous.setText('abc 123 def 456');
  it.each(RECORDED)('%s', (text, value) => {
    if (value === undefined) expect(() => resolve(text, user)).toThrow(JavaError);
    else expect(resolve(text, user)).toBe(value);
  });
});

// Of version 2.2, where `__strReplace` is letter for letter.
it.each([
  ['${__strReplace(a.b.c,.,$0, v )}|${ v }', 'a$0b$0c|a$0b$0c'],
  ['${__strReplace(abc,,-)}', '-a-b-c-'],
  ['${__strReplaceRegex(a1b22,(\\d)+,<$1>,v)}|${v}', 'a<1>b<2>|a<1>b<2>'],
])('%s', (text, value) => expect(resolve(text, fakeUser())).toBe(value));
it('a pattern or a replacement that Java does not take loses the sample', () => {
  expect(() => resolve('${__strReplaceRegex(a,[,x)}', fakeUser())).toThrow(JavaError);
  expect(() => resolve('${__strReplaceRegex(a,a,$1)}', fakeUser())).toThrow(JavaError);
});
