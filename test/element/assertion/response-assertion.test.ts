import { describe, expect, it } from 'vitest';
import { responseAssertion } from '../../../src/element/assertion/response-assertion.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { planElement } from '../../kit-element.js';
import { sampleOf } from '../post/extracted.js';
import { judged } from './judged.js';

const response = (
  type: number,
  patterns: readonly string[],
  over: Readonly<Record<string, string | boolean>> = {},
) => ({
  'Asserion.test_strings': patterns,
  'Assertion.test_field': 'Assertion.response_data',
  'Assertion.test_type': type,
  ...over,
});
const pass = ['pass', undefined];

describe('Response Assertion', () => {
  it.each([
    [2, 'b.d', pass],
    [2, 'zz', ['fail', 'Test failed: text expected to contain /zz/']],
    [6, 'b.d', ['fail', 'Test failed: text expected not to contain /b.d/']],
    [1, 'a.+', pass],
    [1, 'abc', ['fail', 'Test failed: text expected to match /abc/']],
    [5, 'abcd', ['fail', 'Test failed: text expected not to match /abcd/']],
    [8, 'abcd', pass],
    [12, 'zz', pass],
    [16, 'bc', pass],
    [16, 'b.', ['fail', 'Test failed: text expected to contain /b./']],
    [20, 'bc', ['fail', 'Test failed: text expected not to contain /bc/']],
    // Contains wins over equals, equals over substring.
    [2 | 8, 'b', pass],
    [
      8 | 16,
      'bc',
      [
        'fail',
        'Test failed: text expected something using /\n\n****** received  : [[[abcd]]]\n\n****** comparison: [[[bc  ]]]\n\n/',
      ],
    ],
    [34, 'zz', ['fail', 'Test failed: text expected something using /zz/\t']],
  ])('type %d of %j', (type, pattern, verdict) => {
    expect(judged(responseAssertion, response(type, [pattern]), 'abcd')).toEqual(verdict);
  });

  it('stops at the first pattern that fails; with or, tells all of them, each with a tab', () => {
    expect(judged(responseAssertion, response(2, ['a', 'x', 'y']), 'abc')[1]).toBe(
      'Test failed: text expected to contain /x/',
    );
    expect(judged(responseAssertion, response(34, ['x', 'a']), 'abc')).toEqual(pass);
    expect(judged(responseAssertion, response(34, ['x', 'y']), 'abc')[1]).toBe(
      'Test failed: text expected something using /x/\tTest failed: text expected something using /y/\t',
    );
    expect(judged(responseAssertion, response(2, []), 'abc')).toEqual(pass);
    expect(judged(responseAssertion, response(34, []), 'abc')).toEqual(['fail', '\t']);
  });

  it('fails without text unless it negates, whatever the patterns', () => {
    expect(judged(responseAssertion, response(2, []), '')).toEqual(['fail', 'Response was null']);
    expect(judged(responseAssertion, response(6, ['']), '')).toEqual(pass);
    const custom = response(2, ['x'], { 'Assertion.custom_message': 'mine' });
    expect(judged(responseAssertion, custom, '')).toEqual(['fail', 'Response was null']);
    expect(judged(responseAssertion, custom, 'abc')).toEqual(['fail', 'mine']);
  });

  it('is an error for a pattern that the engine refuses, also with a message of its own', () => {
    expect(judged(responseAssertion, response(2, ['(?<=a)'], { 'Assertion.custom_message': 'mine' }), 'abc')).toEqual([
      'error',
      'Bad test configuration org.apache.oro.text.MalformedCachePatternException: Invalid expression: (?<=a)\nSequence (?<...) not recognized',
    ]);
    const test = fakeTest();
    test.properties.set('jmeter.regex.engine', 'java');
    expect(judged(responseAssertion, response(2, ['(?<=a)b']), 'abc', fakeUser({ test }))).toEqual(pass);
  });

  it('never reads equals and substring as patterns', () => {
    expect(judged(responseAssertion, response(16, ['(']), 'a(b')).toEqual(pass);
  });

  it('makes the sample successful before it looks when the status is to be ignored', () => {
    const sample = sampleOf('abc');
    sample.success = false;
    judged(responseAssertion, response(2, ['a'], { 'Assertion.assume_success': true }), sample);
    expect(sample.success).toBe(true);
  });

  it.each([
    ['Assertion.response_code', '200', 'code'],
    ['Assertion.response_message', 'OK', 'message'],
    ['Assertion.response_headers', 'Head: 1', 'headers'],
    ['Assertion.request_headers', 'Ask: 1', 'request headers'],
    ['Assertion.request_data', 'GET', 'request data'],
    ['Assertion.sample_label', 'http://h/p', 'URL'],
    ['nonsense', 'http://h/p', 'URL'],
  ])('%s is %j, called %s', (field, text, name) => {
    const sample = sampleOf('body');
    Object.assign(sample, {
      responseHeaders: 'Head: 1',
      requestHeaders: 'Ask: 1',
      samplerData: 'GET',
      url: 'http://h/p',
    });
    const on = (pattern: string) => response(8, [pattern], { 'Assertion.test_field': field });
    expect(judged(responseAssertion, on(text), sample)).toEqual(pass);
    expect(judged(responseAssertion, response(2, ['zzz'], { 'Assertion.test_field': field }), sample)[1]).toBe(
      `Test failed: ${name} expected to contain /zzz/`,
    );
  });

  it('has only an error text of Tika for a document', () => {
    const on = response(2, ['abc'], { 'Assertion.test_field': 'Assertion.response_data_as_document' });
    expect(judged(responseAssertion, on, 'abc')[1]).toBe('Test failed: document expected to contain /abc/');
  });

  it('reads a variable', () => {
    const user = fakeUser();
    user.variables.put('v', 'value');
    const scope = { 'Assertion.scope': 'variable', 'Scope.variable': 'v' };
    expect(judged(responseAssertion, response(2, ['z'], scope), 'abc', user)[1]).toBe(
      'Test failed: variable(v) expected to contain /z/',
    );
    expect(judged(responseAssertion, response(2, ['z'], { ...scope, 'Scope.variable': 'w' }), 'abc', user)[1]).toBe(
      'Response was null',
    );
  });

  it('without a type contains, without a scope looks at the parent', () => {
    const props = { 'Asserion.test_strings': ['b'], 'Assertion.test_field': 'Assertion.response_data' };
    expect(judged(responseAssertion, props, 'abc')).toEqual(pass);
  });

  it('check looks only at what is read as a pattern', () => {
    const told = (type: number) =>
      responseAssertion.check?.(planElement(responseAssertion, response(type, ['\\G'])), {
        property: () => undefined,
      } as never).length;
    expect([1, 2, 8, 16, 34].map(told)).toEqual([1, 1, 0, 0, 1]);
  });
});
