import { describe, expect, it } from 'vitest';
import { decimalFormat, doubleToString, floatToString } from '../../src/java/index.js';

const NUMBERS = [7, 1234567.125, -0.5, 0, 2.5, 0.125, -12];

describe('DecimalFormat', () => {
  // Recorded from Java 17.
  it.each([
    ['USER_000', 'USER_007 | USER_1234567 | -USER_000 | USER_000 | USER_002 | USER_000 | -USER_012'],
    ['#,##0', '7 | 1,234,567 | -0 | 0 | 2 | 0 | -12'],
    ['00.0', '07.0 | 1234567.1 | -00.5 | 00.0 | 02.5 | 00.1 | -12.0'],
    ['0.00%', '700.00% | 123456712.50% | -50.00% | 0.00% | 250.00% | 12.50% | -1200.00%'],
    [
      "'file'00'.txt'",
      'file07.txt | file1234567.txt | -file00.txt | file00.txt | file02.txt | file00.txt | -file12.txt',
    ],
    ['#', '7 | 1234567 | -0 | 0 | 2 | 0 | -12'],
    ['#.##', '7 | 1234567.12 | -0.5 | 0 | 2.5 | 0.12 | -12'],
    ['0.###E0', '7E0 | 1.235E6 | -5E-1 | 0E0 | 2.5E0 | 1.25E-1 | -1.2E1'],
    ['##0.##E0', '7E0 | 1.2346E6 | -500E-3 | 0E0 | 2.5E0 | 125E-3 | -12E0'],
    ['000;(000)', '007 | 1234567 | (000) | 000 | 002 | 000 | (012)'],
    ['a.b', 'a7.b | a1234567.b | -a0.b | a0.b | a2.b | a0.b | -a12.b'],
    ['', '7 | 1,234,567.125 | -.5 | 0 | 2.5 | .125 | -12'],
    ['#,##0.00', '7.00 | 1,234,567.12 | -0.50 | 0.00 | 2.50 | 0.12 | -12.00'],
    ["'#'#", '#7 | #1234567 | -#0 | #0 | #2 | #0 | -#12'],
    [
      '0.0\u2030',
      '7000.0\u2030 | 1234567125.0\u2030 | -500.0\u2030 | 0.0\u2030 | 2500.0\u2030 | 125.0\u2030 | -12000.0\u2030',
    ],
    ['#0.0#-x', '7.0-x | 1234567.12-x | -0.5-x | 0.0-x | 2.5-x | 0.12-x | -12.0-x'],
    ['0,0', '0,7 | 1,2,3,4,5,6,7 | -0,0 | 0,0 | 0,2 | 0,0 | -1,2'],
    ['x0x0', 'x07x | x1234567x | -x00x | x00x | x02x | x00x | -x12x'],
    ['.', '7. | 1234567. | -0. | 0. | 2. | 0. | -12.'],
    ['E0', 'E7 | E1234567 | -E0 | E0 | E2 | E0 | -E12'],
    ["''0", "'7 | '1234567 | -'0 | '0 | '2 | '0 | -'12"],
    ['0;0-', '7 | 1234567 | 0- | 0 | 2 | 0 | 12-'],
    ['0;-0', '7 | 1234567 | -0 | 0 | 2 | 0 | -12'],
    ['-0', '-7 | -1234567 | --0 | -0 | -2 | -0 | --12'],
  ])('%s', (pattern, expected) => {
    const format = decimalFormat(pattern);
    expect(NUMBERS.map((n) => format.format(n)).join(' | ')).toBe(expected);
  });

  it.each([
    ['a.b.c', 'Multiple decimal separators in pattern "a.b.c"'],
    ['0#', 'Malformed pattern "0#"'],
    ['0.#0', 'Unexpected \'0\' in pattern "0.#0"'],
    ["'x", 'Malformed pattern "\'x"'],
    ['0;0;0', 'Unquoted special character \';\' in pattern "0;0;0"'],
    ['0,', 'Malformed pattern "0,"'],
    ['%0%', 'Too many percent/per mille characters in pattern "%0%"'],
    ['0E', 'Malformed exponential pattern "0E"'],
  ])('refuses %s', (pattern, message) => {
    expect(() => decimalFormat(pattern)).toThrow(message);
  });

  it('rounds the exact binary value half to even', () => {
    const format = decimalFormat('#.##');
    expect([0.005, 0.015, 0.025, 1e20, 1.005, 0.285, -0, -0.001].map((n) => format.format(n))).toEqual([
      '0.01',
      '0.01',
      '0.03',
      '100000000000000000000',
      '1',
      '0.28',
      '-0',
      '-0',
    ]);
    expect(format.format(123456789012345678n)).toBe('123456789012345678');
    expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((n) => format.format(n))).toEqual([
      'NaN',
      '\u221e',
      '-\u221e',
    ]);
    expect(decimalFormat('#').format(9.5)).toBe('10');
    expect(decimalFormat('0.0').format(0.96)).toBe('1.0');
  });
});

describe('Double and Float to text', () => {
  it('has at least one decimal, and an exponent outside of 0.001 to 10,000,000', () => {
    expect([0.002, 1e7, 9999999, 0.001, 0.0001, 1e10, 1.5, 100, 0, -0, -2.5e-7].map(doubleToString)).toEqual([
      '0.002',
      '1.0E7',
      '9999999.0',
      '0.001',
      '1.0E-4',
      '1.0E10',
      '1.5',
      '100.0',
      '0.0',
      '-0.0',
      '-2.5E-7',
    ]);
    expect([Number.MIN_VALUE, Number.MAX_VALUE, Number.NaN, Number.NEGATIVE_INFINITY].map(doubleToString)).toEqual([
      '4.9E-324',
      '1.7976931348623157E308',
      'NaN',
      '-Infinity',
    ]);
  });
  it('shortens a float to its own precision', () => {
    expect([1.1e-5, 100 / 3, 1e10, 0.1, 16777216, 3.4028235e38, 1e23, 1.4e-45].map(floatToString)).toEqual([
      '1.1E-5',
      '33.333332',
      '1.0E10',
      '0.1',
      '1.6777216E7',
      '3.4028235E38',
      '1.0E23',
      '1.4E-45',
    ]);
  });
});
