import { describe, expect, it } from 'vitest';
import { boundaryExtractor } from '../../../src/element/post/boundary-extractor.js';
import { fakeUser } from '../../kit.js';
import { extracted, sampleOf } from './extracted.js';

const between = (left: string, right: string, match = '1', over: Readonly<Record<string, string | boolean>> = {}) => ({
  'BoundaryExtractor.refname': 'b',
  'BoundaryExtractor.lboundary': left,
  'BoundaryExtractor.rboundary': right,
  'BoundaryExtractor.match_number': match,
  ...over,
});

describe('Boundary Extractor', () => {
  it.each([
    ['[', ']', '1', '[a][b]', 'a'],
    ['[', ']', '2', '[a][b]', 'b'],
    ['[', ']', '3', '[a][b]', undefined],
    ['[', ']', '0', '[a][b]', 'b'],
    ['', ']', '1', 'x[a]', 'x[a'],
    ['[', '', '1', 'x[a]', 'a]'],
    ['', '', '1', 'x[a]', 'x[a]'],
    // The search goes on right behind the left boundary.
    ['a', 'b', '2', 'aab', ''],
    ['[', ']', '1', '[a', undefined],
    ['', '', '1', '  \n', undefined],
  ])('between %j and %j, match %s of %j: %j', (left, right, match, text, found) => {
    expect(extracted(boundaryExtractor, between(left, right, match), text).b).toBe(found);
  });

  it('stores all matches without groups, and takes away what an earlier run has left', () => {
    const user = fakeUser();
    expect(extracted(boundaryExtractor, between('[', ']', '-1'), '[a][b]', user)).toEqual({
      b_matchNr: '2',
      b_1: 'a',
      b_2: 'b',
    });
    expect(extracted(boundaryExtractor, between('[', ']', '-1'), '[c]', user)).toEqual({ b_matchNr: '1', b_1: 'c' });
    expect(extracted(boundaryExtractor, between('[', ']', '1'), '[d]', user)).toEqual({ b: 'd' });
  });

  it('does not store a blank default, but an empty one when told to', () => {
    const found = (over: Readonly<Record<string, string | boolean>>) =>
      extracted(boundaryExtractor, between('<', '>', '1', over), 'text');
    expect(found({ 'BoundaryExtractor.default': ' ' })).toEqual({});
    expect(found({ 'BoundaryExtractor.default': 'NF' })).toEqual({ b: 'NF' });
    expect(found({ 'BoundaryExtractor.default': ' ', 'BoundaryExtractor.default_empty_value': true })).toEqual({
      b: ' ',
    });
  });

  it('counts matches over all samples of the scope, but takes a one-sided match of a variable for any number', () => {
    const sample = sampleOf('[a]', sampleOf('[b]'), sampleOf('[c]'));
    const all = { 'Sample.scope': 'all' };
    expect(extracted(boundaryExtractor, between('[', ']', '3', all), sample).b).toBe('c');
    expect(extracted(boundaryExtractor, between('', ']', '2', all), sample).b).toBe('[b');
    const user = fakeUser();
    user.variables.put('v', 'x]');
    const variable = { 'Sample.scope': 'variable', 'Scope.variable': 'v' };
    expect(extracted(boundaryExtractor, between('', ']', '7', variable), sample, user).b).toBe('x');
  });

  it('loses the sample when the variable has no name', () => {
    expect(() => extracted(boundaryExtractor, { 'BoundaryExtractor.refname': '' }, 'x')).toThrow(
      'One of the mandatory properties is missing in Boundary Extractor:Extractor',
    );
  });
});
