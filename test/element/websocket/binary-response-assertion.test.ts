import { expect, it } from 'vitest';
import { binaryResponseAssertion } from '../../../src/element/websocket/binary-response-assertion.js';
import { AssertionResult, Sample } from '../../../src/model/index.js';
import { fakeUser } from '../../kit.js';
import { place } from '../../kit-element.js';

function check(props: Record<string, string>, data = Buffer.from([1, 2, 3])): string | undefined {
  const self = place(binaryResponseAssertion, { props });
  const sample = new Sample();
  sample.setData(data);
  const result = new AssertionResult('a');
  const user = fakeUser();
  binaryResponseAssertion.assert?.(self.props(user), user, sample, result, self);
  expect(result.failure).toBe(result.message !== undefined);
  return result.message;
}

it.each([
  ['Equals', '010203', undefined],
  ['Equals', '01', 'Response expected to equal 0x01\nResponse was: 0x01 0x02 0x03'],
  ['NotEquals', '01', undefined],
  ['NotEquals', '0x01 0x02 0x03', 'Response expected not to equal 0x01 0x02 0x03\nResponse was: 0x01 0x02 0x03'],
  ['Contains', '0203', undefined],
  ['Contains', '', 'Response expected to contain \nResponse was: 0x01 0x02 0x03'],
  ['', '04', 'Response expected to contain 0x04\nResponse was: 0x01 0x02 0x03'],
  ['NotContains', '', undefined],
  ['NotContains', '02', 'Response expected not to contain 0x02\nResponse was: 0x01 0x02 0x03'],
  ['StartsWith', '', undefined],
  ['StartsWith', '02', 'Response expected to start with 0x02\nResponse was: 0x01 0x02 0x03'],
  ['NotStartsWith', '02', undefined],
  ['NotStartsWith', '01', 'Response expected not to start with 0x01\nResponse was: 0x01 0x02 0x03'],
])('%s %s', (comparisonType, compareValue, message) => {
  expect(check({ comparisonType, compareValue })).toBe(message);
});

it.each([
  ['0x1234', '34'],
  ['0xFFF', 'ff'],
  ['cafe1', 'cafe01'],
  ['1  2 ', '0102'],
  ['+1 -1', '01ff'],
])('reads %s', (compareValue, hex) => {
  expect(check({ comparisonType: 'Equals', compareValue }, Buffer.from(hex, 'hex'))).toBeUndefined();
});

it('throws for what is no hex and for an unknown comparison', () => {
  const thrown = (props: Record<string, string>): string => {
    try {
      return `${check(props)}`;
    } catch (error) {
      return String(error);
    }
  };
  expect(thrown({ compareValue: 'zz' })).toBe('java.lang.NumberFormatException: For input string: "zz" under radix 16');
  expect(thrown({ compareValue: '0x' })).toBe('java.lang.NumberFormatException: For input string: "" under radix 16');
  expect(thrown({ compareValue: '0xffffffff' })).toMatch(/NumberFormatException/);
  expect(thrown({ comparisonType: 'Foo' })).toBe(
    'java.lang.IllegalArgumentException: No enum constant eu.luminis.jmeter.assertions.BinaryContentAssertion.ComparisonType.Foo',
  );
});
