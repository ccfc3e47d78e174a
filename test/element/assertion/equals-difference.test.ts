import { expect, it } from 'vitest';
import { equalsDifference } from '../../../src/element/assertion/equals-difference.js';

const marks = { length: 100, start: '[[[', end: ']]]' };
const shown = (received: string, comparison: string, length = 100) =>
  equalsDifference(received, comparison, { ...marks, length })
    .split('\n')
    .filter((line) => line !== '');

it.each([
  ['abc', 'axc', 'a[[[b]]]c', 'a[[[x]]]c'],
  ['abc', 'abcd', 'abc[[[ ]]]', 'abc[[[d]]]'],
  ['abcdef', 'abXef', 'ab[[[cd]]]ef', 'ab[[[X ]]]ef'],
  // The search from the end stops one behind the first difference.
  ['aab', 'ab', 'a[[[ab]]]', 'a[[[b ]]]'],
  ['xyz', 'abc', '[[[xyz]]]', '[[[abc]]]'],
])('%j against %j', (received, comparison, first, second) => {
  expect(shown(received, comparison)).toEqual([`****** received  : ${first}`, `****** comparison: ${second}`]);
});

it('cuts long parts: the end of what both begin with, the start of the rest', () => {
  expect(shown('0123456XYZW789012', '0123456abcd789012', 3)).toEqual([
    '****** received  : ...456[[[XYZ...]]]789...',
    '****** comparison: ...456[[[abc...]]]789...',
  ]);
});
