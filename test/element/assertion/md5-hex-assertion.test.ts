import { expect, it } from 'vitest';
import { md5HexAssertion } from '../../../src/element/assertion/md5-hex-assertion.js';
import { smimeAssertion } from '../../../src/element/assertion/smime-assertion.js';
import { planElement } from '../../kit-element.js';
import { judged } from './judged.js';

it.each([
  ['abc', '900150983CD24fb0d6963f7d28e17f72', undefined],
  ['abc', 'zz', 'Error asserting MD5 sum : got 900150983cd24fb0d6963f7d28e17f72 but should have been zz'],
  ['abc', '', 'MD5Hex to test against is empty'],
  ['', '', 'Response was null'],
])('MD5Hex of %j against %j', (text, expected, message) => {
  const verdict = judged(md5HexAssertion, { 'MD5HexAssertion.size': expected }, text);
  expect(verdict).toEqual([message === undefined ? 'pass' : 'fail', message]);
});

it('refuses signed mail before the run', () => {
  const [problem] = smimeAssertion.check?.(planElement(smimeAssertion, {}), {} as never) ?? [];
  expect(problem?.severity).toBe('error');
});
