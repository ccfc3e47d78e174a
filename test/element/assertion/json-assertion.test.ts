import { describe, expect, it } from 'vitest';
import { jsonAssertion } from '../../../src/element/assertion/json-assertion.js';
import { judged } from './judged.js';

const TEXT = '{"n":1,"d":1.50,"s":"a/b","nul":null,"l":[1,"x",null],"e":[],"o":{"k":"v/w"}}';
const exists = (path: string, over: Readonly<Record<string, string | boolean>> = {}) => ({ JSON_PATH: path, ...over });
const equals = (path: string, expected: string, over: Readonly<Record<string, string | boolean>> = {}) => ({
  JSON_PATH: path,
  EXPECTED_VALUE: expected,
  JSONVALIDATION: true,
  ISREGEX: false,
  ...over,
});
const matches = (path: string, expected: string) => equals(path, expected, { ISREGEX: true });
/** It leaves an empty text even when it passes. */
const pass = ['pass', ''];

describe('JSON Assertion', () => {
  it('checks that a path exists', () => {
    expect(judged(jsonAssertion, exists('$.nul'), TEXT)).toEqual(pass);
    expect(judged(jsonAssertion, exists('$.e'), TEXT)).toEqual(pass);
    expect(judged(jsonAssertion, exists('$.none'), TEXT)).toEqual(['fail', "No results for path: $['none']"]);
    expect(judged(jsonAssertion, exists('$..none', { EXPECTED_VALUE: 'x' }), TEXT)[1]).toBe(
      "JSONPath '$..none' is indefinite and the extracted Value is an empty Array. Please use an assertion value, to be sure to get a correct result. Expected value was 'x'",
    );
    expect(judged(jsonAssertion, exists('$.a'), 'text')[1]).toContain("but found 'java.lang.String'");
    expect(judged(jsonAssertion, exists(''), TEXT)).toEqual(['fail', 'path can not be null or empty']);
  });

  it('fails without a response, inverted or not', () => {
    expect(judged(jsonAssertion, exists('$', { INVERT: true }), '')).toEqual(['fail', 'Response was null']);
  });

  it.each([
    ['$.n', '1'],
    ['$.n', '01'],
    ['$.d', '1.5'],
    ['$.s', 'a/b'],
    ['$.s', "'a/b'"],
    ['$.o', '{k:"v/w"}'],
    ['$.l', '[1,x,null]'],
    // Any item of a list will do.
    ['$.l', 'x'],
    ['$.e', '[]'],
    ['$.nul', 'null'],
    ['$.nul', '{'],
  ])('%s equals %s', (path, expected) => {
    expect(judged(jsonAssertion, equals(path, expected), TEXT)).toEqual(pass);
  });

  it.each([
    ['$.n', '1.0', '1'],
    ['$.n', '"1"', '1'],
    ['$.d', '1', '1.5'],
    ['$.o', '{}', '{"k":"v\\/w"}'],
    ['$.l', '2', '[1,"x",null]'],
  ])('%s does not equal %s', (path, expected, found) => {
    expect(judged(jsonAssertion, equals(path, expected), TEXT)).toEqual([
      'fail',
      `Value in json path '${path}' expected to be '${expected}', but found '${found}'`,
    ]);
  });

  it('matches the whole text by default', () => {
    expect(judged(jsonAssertion, matches('$.s', 'a.b'), TEXT)).toEqual(pass);
    expect(judged(jsonAssertion, matches('$.nul', 'n.*'), TEXT)).toEqual(pass);
    expect(judged(jsonAssertion, { JSON_PATH: '$.s', EXPECTED_VALUE: 'a', JSONVALIDATION: true }, TEXT)[1]).toBe(
      "Value in json path '$.s' expected to match regexp 'a', but it did not match: 'a/b'",
    );
    expect(judged(jsonAssertion, matches('$.s', '('), TEXT)[1]).toBe('Invalid expression: (\nUnmatched parentheses.');
  });

  it('expects null; what it found instead is shown as Java does', () => {
    const isNull = (path: string) => equals(path, '', { EXPECT_NULL: true });
    expect(judged(jsonAssertion, isNull('$.nul'), TEXT)).toEqual(pass);
    expect(judged(jsonAssertion, isNull('$.l'), TEXT)).toEqual(pass);
    expect(judged(jsonAssertion, isNull('$.o'), TEXT)[1]).toBe(
      "Value in json path '$.o' expected to be null, but found '{k=v/w}'",
    );
  });

  it('inverted passes for any reason to fail', () => {
    const inverted = { INVERT: true };
    expect(judged(jsonAssertion, exists('$.none', inverted), TEXT)).toEqual(pass);
    expect(judged(jsonAssertion, exists('$.', inverted), TEXT)).toEqual(pass);
    expect(judged(jsonAssertion, exists('$.n', inverted), TEXT)[1]).toBe('Failed that JSONPath not exists: $.n');
    expect(judged(jsonAssertion, equals('$.n', '1', inverted), TEXT)[1]).toBe('Failed that JSONPath $.n not matches 1');
    expect(judged(jsonAssertion, equals('$.nul', '', { ...inverted, EXPECT_NULL: true }), TEXT)[1]).toBe(
      'Failed that JSONPath $.nul not matches null',
    );
  });
});
