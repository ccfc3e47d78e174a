import { describe, expect, it } from 'vitest';
import { jsonExtractor } from '../../../src/element/post/json-extractor.js';
import { fakeTest, fakeUser, type KeptLog } from '../../kit.js';
import { extracted, sampleOf } from './extracted.js';

const json = (path: string, match = '1', over: Readonly<Record<string, string | boolean>> = {}) => ({
  'JSONPostProcessor.referenceNames': 'j',
  'JSONPostProcessor.jsonPathExprs': path,
  'JSONPostProcessor.match_numbers': match,
  'JSONPostProcessor.defaultValues': 'NF',
  ...over,
});
const TEXT = '{"a":[{"x":1.50},{"x":null},{"x":"s/t"}],"o":{"k":"v/w"},"e":[]}';

describe('JSON Extractor', () => {
  it.each([
    ['$.a[*].x', '1', { j: '1.5', j_matchNr: '3' }],
    ['$.a[*].x', '2', { j: 'NF', j_matchNr: '3' }],
    ['$.a[*].x', '4', { j: 'NF', j_matchNr: '3' }],
    // Any match leaves no number behind.
    ['$.a[*].x', '0', { j: 's/t' }],
    ['$.a[*].x', '', { j: 's/t' }],
    ['$.a[*].x', '-1', { j_1: '1.5', j_2: 'NF', j_3: 's/t', j_matchNr: '3' }],
    // A single hit is taken whatever the number; a definite list is one hit.
    ['$.o', '5', { j: '{"k":"v\\/w"}', j_matchNr: '1' }],
    ['$.a', '1', { j: '[{"x":1.5},{"x":null},{"x":"s\\/t"}]', j_matchNr: '1' }],
    ['$.e', '1', { j: '[]', j_matchNr: '1' }],
    ['$.o.k', '-1', { j_1: 'v/w', j_matchNr: '1' }],
    ['$.none', '1', { j: 'NF', j_matchNr: '0' }],
    ['$.e[*]', '0', { j: 'NF', j_matchNr: '0' }],
    // Not even a number after an error.
    ['$.o.length()', '1', { j: 'NF' }],
    ['$.', '1', { j: 'NF' }],
    [' $.o.k ', '1', { j: 'v/w', j_matchNr: '1' }],
  ])('%s, match %j', (path, match, variables) => {
    expect(extracted(jsonExtractor, json(path, match), TEXT)).toEqual(variables);
  });

  it('joins all hits when told to, and only for negative numbers', () => {
    const join = { 'JSONPostProcessor.compute_concat': true };
    expect(extracted(jsonExtractor, json('$.a[*].x', '-1', join), TEXT).j_ALL).toBe('1.5,NF,s/t');
    expect(extracted(jsonExtractor, json('$.none', '-1', join), TEXT).j_ALL).toBe('');
    expect(extracted(jsonExtractor, json('$.a[*].x', '1', join), TEXT).j_ALL).toBeUndefined();
  });

  it('reads lists; names and paths are trimmed, defaults not, missing numbers are 0', () => {
    const props = {
      'JSONPostProcessor.referenceNames': 'p ; q;',
      'JSONPostProcessor.jsonPathExprs': '$.o.k; $.none',
      'JSONPostProcessor.match_numbers': '1',
      'JSONPostProcessor.defaultValues': 'd1; d2',
    };
    expect(extracted(jsonExtractor, props, TEXT)).toEqual({ p: 'v/w', p_matchNr: '1', q: ' d2', q_matchNr: '0' });
  });

  it.each([
    [{ 'JSONPostProcessor.defaultValues': 'a;b' }, 'Mismatch between number of variables'],
    // Empty defaults at the end are dropped, so here is none for the match number.
    [{ 'JSONPostProcessor.defaultValues': ';' }, 'Index 0 out of bounds for length 0'],
    [{ 'JSONPostProcessor.match_numbers': 'x' }, 'For input string: "x"'],
    [{ 'JSONPostProcessor.match_numbers': '1;2' }, 'Index 1 out of bounds for length 1'],
  ])('loses the sample with %j', (over, message) => {
    expect(() => extracted(jsonExtractor, json('$.a', '1', over), TEXT)).toThrow(message);
  });

  it('takes away numbered variables up to the first gap', () => {
    const user = fakeUser();
    for (const name of ['j_1', 'j_2', 'j_4', 'j_matchNr']) user.variables.put(name, 'old');
    expect(extracted(jsonExtractor, json('$.o.k'), TEXT, user)).toEqual({ j: 'v/w', j_4: 'old', j_matchNr: '1' });
  });

  it('without text stores the default only; passes over blank samples', () => {
    expect(extracted(jsonExtractor, json('$.a'), ' \n')).toEqual({ j: 'NF' });
    const sample = sampleOf(' ', sampleOf('{"a":1}'), sampleOf('{"a":2}'));
    const all = { 'Sample.scope': 'all' };
    expect(extracted(jsonExtractor, json('$.a', '-1', all), sample)).toEqual({ j_1: '1', j_2: '2', j_matchNr: '2' });
  });

  it('reads a variable; without it the library complains and the default is stored', () => {
    const test = fakeTest();
    const user = fakeUser({ test });
    user.variables.put('v', '{"a":5}');
    const scope = { 'Sample.scope': 'variable', 'Scope.variable': 'v' };
    expect(extracted(jsonExtractor, json('$.a', '1', scope), TEXT, user).j).toBe('5');
    const other = { ...scope, 'Scope.variable': 'w' };
    expect(extracted(jsonExtractor, json('$.a', '1', other), TEXT, user)).toEqual({ j: 'NF', v: '{"a":5}' });
    expect((test.log as KeptLog).lines).toEqual([
      'ERROR o.a.j.e.j.j.JSONPostProcessor: Error processing JSON content in Extractor, message: json can not be null or empty',
    ]);
  });
});
