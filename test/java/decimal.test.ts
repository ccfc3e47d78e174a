import { expect, it } from 'vitest';
import { compareDecimals, type Decimal, decimal, decimalText } from '../../src/java/index.js';

const read = (text: string): Decimal => decimal(text) ?? { unscaled: -999n, scale: 0 };

it.each([
  ['1.50', '1.50'],
  ['1e10', '1E+10'],
  ['12.5E3', '1.25E+4'],
  ['0.0000001', '1E-7'],
  ['0.000001', '0.000001'],
  ['-.5', '-0.5'],
  ['5.', '5'],
])('BigDecimal(%j) prints %s', (text, printed) => {
  expect(decimalText(read(text))).toBe(printed);
});

it.each(['', '.', ' 1', '1f', 'abc', '1e'])('%j is no BigDecimal', (text) => {
  expect(decimal(text)).toBeUndefined();
});

it.each([
  ['1.0', '1.00', 0],
  ['-2', '1', -1],
  ['1e400', '1e-400', 1],
  ['10', '9.99', 1],
  ['-10', '-9.99', -1],
])('%s against %s is %d', (a, b, order) => {
  expect(compareDecimals(read(a), read(b))).toBe(order);
});
