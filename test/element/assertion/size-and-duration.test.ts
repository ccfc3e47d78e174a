import { describe, expect, it } from 'vitest';
import { durationAssertion } from '../../../src/element/assertion/duration-assertion.js';
import { sizeAssertion } from '../../../src/element/assertion/size-assertion.js';
import { fakeUser } from '../../kit.js';
import { sampleOf } from '../post/extracted.js';
import { judged } from './judged.js';

const pass = ['pass', undefined];

describe('Duration Assertion', () => {
  const took = (ms: number, limit: string | number) => {
    const sample = sampleOf('');
    sample.elapsed = ms;
    return judged(durationAssertion, { 'DurationAssertion.duration': limit }, sample);
  };

  it('fails above its limit, with grouped numbers', () => {
    expect(took(1000, '1000')).toEqual(pass);
    expect(took(1234567, '1000')).toEqual([
      'fail',
      'The operation lasted too long: It took 1,234,567 milliseconds, but should not have lasted longer than 1,000 milliseconds.',
    ]);
  });

  it.each(['', ' 1', 'abc', '0', '-5', 0])('never fails with the limit %j', (limit) => {
    expect(took(99999, limit)).toEqual(pass);
  });
});

describe('Size Assertion', () => {
  const size = (operator: number, number: string, field = 'SizeAssertion.response_data') => ({
    'SizeAssertion.operator': operator,
    'SizeAssertion.size': number,
    'Assertion.test_field': field,
  });

  it.each([
    [1, '3', '4', 'been equal to'],
    [2, '4', '3', 'not been equal to'],
    [3, '2', '3', 'been greater than'],
    [4, '4', '3', 'been less than'],
    [5, '3', '4', 'been greater or equal to'],
    [6, '3', '2', 'been less than or equal to'],
  ])('operator %d passes %s and fails %s', (operator, good, bad, should) => {
    expect(judged(sizeAssertion, size(operator, good), 'abc')).toEqual(pass);
    expect(judged(sizeAssertion, size(operator, bad), 'abc')[1]).toBe(
      `The result was the wrong size: It was 3 bytes, but should have ${should} ${bad} bytes.`,
    );
  });

  it('always fails with an operator it does not know', () => {
    expect(judged(sizeAssertion, size(9, '3'), 'abc')[1]).toBe(
      'The result was the wrong size: It was 3 bytes, but should have ERROR - invalid condition 3 bytes.',
    );
  });

  it('counts headers, characters of code and message, or all that came', () => {
    const sample = sampleOf('abc');
    sample.headersSize = 5;
    for (const [field, number] of [
      ['SizeAssertion.response_headers', '5'],
      ['SizeAssertion.response_code', '3'],
      ['SizeAssertion.response_message', '2'],
      ['SizeAssertion.response_network_size', '8'],
      ['nonsense', '8'],
    ] as const)
      expect([field, judged(sizeAssertion, size(1, number, field), sample)]).toEqual([field, pass]);
  });

  it.each(['', 'abc', ' 3'])('throws for the size %j, which makes an error of the assertion', (number) => {
    expect(() => judged(sizeAssertion, size(1, number), 'abc')).toThrow(`For input string: "${number}"`);
  });

  it('takes the number in a variable', () => {
    const user = fakeUser();
    user.variables.put('v', '1234');
    const scope = { 'Assertion.scope': 'variable', 'Scope.variable': 'v' };
    expect(judged(sizeAssertion, { ...size(4, '1000'), ...scope }, 'abc', user)[1]).toBe(
      'The result was the wrong size: It was 1,234 bytes, but should have been less than 1,000 bytes.',
    );
    expect(judged(sizeAssertion, { ...size(1, '3'), ...scope, 'Scope.variable': 'w' }, 'abc', user)[1]).toBe(
      'Error parsing variable name: w value: null',
    );
  });
});
