import { expect, it } from 'vitest';
import { jmesPathAssertion } from '../../../src/element/assertion/jmespath-assertion.js';
import { judged } from './judged.js';

const BODY = '{"a":1,"s":"abc","n":null,"o":{"x":1,"y":2}}';
const value = (path: string, expected: string, more: Readonly<Record<string, boolean>> = {}) => ({
  JMES_PATH: path,
  EXPECTED_VALUE: expected,
  JSONVALIDATION: true,
  ...more,
});

it.each([
  ['exists', { JMES_PATH: 'a' }, 'pass', ''],
  ['is null', { JMES_PATH: 'n' }, 'fail', 'JMESPATH n expected to exist'],
  ['should not be', { JMES_PATH: 'a', INVERT: true }, 'fail', 'JMESPATH a expected not to exist'],
  ['matches', value('s', 'a.c'), 'pass', ''],
  ['matches in part', value('s', 'a'), 'fail', 'Value expected to match a'],
  ['is equal as JSON', value('o', '{"y":2, "x":1}', { ISREGEX: false }), 'pass', ''],
  ['is another kind', value('a', '1.0', { ISREGEX: false }), 'fail', 'Value expected to be equal to 1.0'],
  ['is expected null', value('n', '', { EXPECT_NULL: true }), 'pass', ''],
  ['is not null', value('a', '', { EXPECT_NULL: true }), 'fail', 'Value expected to be null'],
  ['wrong, inverted', { JMES_PATH: 'a[', INVERT: true }, 'pass', ''],
  [
    'wrong',
    { JMES_PATH: 'no(a)' },
    'error',
    'Unable to compile expression "no(a)": unknown function "no" at position 0',
  ],
  ['a bad pattern', value('s', '('), 'error', 'Invalid expression: (\nUnmatched parentheses.'],
])('%s', (_, props, verdict, message) => {
  expect(judged(jmesPathAssertion, props, BODY)).toEqual([verdict, message]);
});

it('fails on nothing, inverted or not, and reads JSON before it looks at the path', () => {
  expect(judged(jmesPathAssertion, { INVERT: true }, '')).toEqual(['fail', 'Response was null']);
  expect(judged(jmesPathAssertion, { JMES_PATH: 'a[' }, 'x')[1]).toMatch(/^Unrecognized token 'x'/);
});
