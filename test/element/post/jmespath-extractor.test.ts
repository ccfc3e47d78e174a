import { describe, expect, it } from 'vitest';
import { jmesPathExtractor } from '../../../src/element/post/jmespath-extractor.js';
import { fakeUser } from '../../kit.js';
import { extracted, sampleOf } from './extracted.js';

const props = (expression: string, number = '', more: Readonly<Record<string, string>> = {}) => ({
  'JMESExtractor.referenceName': 'v',
  'JMESExtractor.jmesPathExpr': expression,
  'JMESExtractor.matchNumber': number,
  'JMESExtractor.defaultValue': 'NF',
  ...more,
});
const BODY = '{"a":["x","y",1],"b":"one","n":null}';

describe('JMESPath Extractor', () => {
  it.each([
    ['a', '-1', { v_1: 'x', v_2: 'y', v_3: '1', v_matchNr: '3' }],
    ['a', '0', { v: '1', v_matchNr: '3' }],
    ['a', '2', { v: 'y', v_matchNr: '3' }],
    ['a', '9', { v: 'NF', v_matchNr: '3' }],
    // A single match is taken whatever number is asked for.
    [' b ', '9', { v: 'one', v_matchNr: '1' }],
    ['b', '-1', { v_1: 'one', v_matchNr: '1' }],
    ['n', '-1', { v: 'NF', v_matchNr: '0' }],
    ['a[', '1', { v: 'NF' }],
  ])('%s, match %s', (expression, number, variables) => {
    expect(extracted(jmesPathExtractor, props(expression, number), BODY)).toEqual(variables);
  });

  it('clears what an earlier run left, up to the first gap', () => {
    const user = fakeUser();
    for (const name of ['v_matchNr', 'v_1', 'v_2', 'v_4']) user.variables.put(name, 'old');
    expect(extracted(jmesPathExtractor, props('n'), BODY, user)).toEqual({ v: 'NF', v_4: 'old', v_matchNr: '0' });
  });

  it('gives the default alone when there is no text', () => {
    expect(extracted(jmesPathExtractor, props('a'), ' ')).toEqual({ v: 'NF' });
    const scope = { 'Sample.scope': 'variable', 'Scope.variable': 'none' };
    expect(extracted(jmesPathExtractor, props('a', '', scope), BODY)).toEqual({ v: 'NF' });
  });

  it('puts the matches of all samples in its scope one behind the other', () => {
    const sample = sampleOf('{"a":"p"}', sampleOf('{"a":["q","r"]}'), sampleOf(''));
    const found = extracted(jmesPathExtractor, props('a', '-1', { 'Sample.scope': 'all' }), sample);
    expect(found).toEqual({ v_1: 'p', v_2: 'q', v_3: 'r', v_matchNr: '3' });
  });

  it('loses the sample for a number that is none', () => {
    expect(() => extracted(jmesPathExtractor, props('a', 'x'), BODY)).toThrow('For input string: "x"');
  });
});
