import { describe, expect, it } from 'vitest';
import { htmlExtractor } from '../../../src/element/post/html-extractor.js';
import { fakeUser } from '../../kit.js';
import { extracted, sampleOf } from './extracted.js';

const PAGE = '<p>1<p id=x> 2 <p>3';
const props = (selector: string, number = '', more: Readonly<Record<string, string | boolean>> = {}) => ({
  'HtmlExtractor.refname': 'v',
  'HtmlExtractor.expr': selector,
  'HtmlExtractor.match_number': number,
  ...more,
});
const JODD = { 'HtmlExtractor.extractor_impl': 'JODD' };
const ID = { 'HtmlExtractor.attribute': 'id' };
const DEFAULT = { 'HtmlExtractor.default': 'NF' };

describe('CSS Selector Extractor', () => {
  it.each([
    ['p', '-1', {}, { v_1: '1', v_2: '2', v_3: '3', v_matchNr: '3' }],
    ['p', '2', {}, { v: '2' }],
    ['p', '', {}, { v: '3' }],
    ['p', '9', DEFAULT, { v: 'NF' }],
    ['p', '9', { 'HtmlExtractor.default_empty_value': true }, { v: '' }],
    ['P', '1', {}, { v: '1' }],
    ['P', '1', JODD, {}],
    // An attribute that is not there: empty with jsoup, counted and not stored with Jodd.
    ['p', '-1', ID, { v_1: '', v_2: 'x', v_3: '', v_matchNr: '3' }],
    ['p', '-1', { ...ID, ...JODD }, { v_2: 'x', v_matchNr: '3' }],
  ])('%s, match %s, %j', (selector, number, more, variables) => {
    expect(extracted(htmlExtractor, props(selector, number, more), PAGE)).toEqual(variables);
  });

  it('leaves what an earlier run left when the selector or the library is wrong', () => {
    for (const [selector, library] of [
      ['p[', ''],
      ['p', 'OTHER'],
    ] as const) {
      const user = fakeUser();
      user.variables.put('v_matchNr', '1');
      user.variables.put('v_1', 'old');
      const given = props(selector, '-1', { ...DEFAULT, 'HtmlExtractor.extractor_impl': library });
      expect(extracted(htmlExtractor, given, PAGE, user)).toEqual({ v: 'NF', v_1: 'old', v_matchNr: '1' });
    }
  });

  it('takes away what a longer run left', () => {
    const user = fakeUser();
    user.variables.put('v_matchNr', '4');
    for (const i of [1, 2, 3, 4]) user.variables.put(`v_${i}`, 'old');
    expect(extracted(htmlExtractor, props('#x', '-1'), PAGE, user)).toEqual({ v_1: '2', v_matchNr: '1' });
  });

  it('reads the page that was read first for a sample, whatever the scope or the variable', () => {
    const user = fakeUser();
    user.variables.put('a', '<p>A');
    user.variables.put('b', '<p>B');
    const sample = sampleOf('<p>parent', sampleOf('<p>child'), sampleOf('<p>other'));
    const children = props('p', '-1', { 'Sample.scope': 'children' });
    expect(extracted(htmlExtractor, children, sample, user)).toMatchObject({ v_1: 'child', v_2: 'other' });
    expect(extracted(htmlExtractor, props('p', '1'), sample, user)).toMatchObject({ v: 'child' });
    const variable = (name: string) => props('p', '1', { 'Sample.scope': 'variable', 'Scope.variable': name });
    expect(extracted(htmlExtractor, variable('a'), sample, user)).toMatchObject({ v: 'A' });
    expect(extracted(htmlExtractor, variable('b'), sample, user)).toMatchObject({ v: 'A' });
    expect(extracted(htmlExtractor, variable('b'), sampleOf(''), user)).toMatchObject({ v: 'B' });
  });
});
