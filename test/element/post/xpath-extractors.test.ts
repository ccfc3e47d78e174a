import { expect, it } from 'vitest';
import { xpathExtractor } from '../../../src/element/post/xpath-extractor.js';
import { xpath2Extractor } from '../../../src/element/post/xpath2-extractor.js';
import { fakeUser } from '../../kit.js';
import { extracted, sampleOf } from './extracted.js';

const xpath = (query: string, match?: string) => ({
  'XPathExtractor.refname': 'v',
  'XPathExtractor.default': 'none',
  'XPathExtractor.xpathQuery': query,
  ...(match === undefined ? {} : { 'XPathExtractor.matchNumber': match }),
});
const XML = '<r><a>1</a><a><b>2</b></a><a>3</a></r>';

it('counts a hit whose first child is an element, but stores nothing for it', () => {
  expect(extracted(xpathExtractor, xpath('//a'), XML)).toEqual({ v: '1', v_1: '1', v_3: '3', v_matchNr: '3' });
});

it('takes one hit of each document when a number is given', () => {
  const sample = sampleOf(XML, sampleOf('<r><a>x</a><a>y</a></r>'));
  expect(extracted(xpathExtractor, { ...xpath('//a', '1'), 'Sample.scope': 'all' }, sample)).toEqual({
    v: '1',
    v_1: '1',
    v_2: 'x',
    v_matchNr: '2',
  });
});

it('tells a bad document in an assertion result that leaves the sample successful', () => {
  const sample = sampleOf('<a>');
  expect(extracted(xpathExtractor, xpath('//a'), sample)).toEqual({ v: 'none', v_matchNr: '0' });
  expect(sample.success).toBe(true);
  expect(sample.failureMessage).toBe(
    'XML document structures must start and end within the same entity.\nSee log file for further details.',
  );
});

it('removes what an earlier run left', () => {
  const user = fakeUser({ random: () => 0 });
  extracted(xpathExtractor, xpath('//a'), '<r><a>1</a><a>2</a><a>3</a></r>', user);
  expect(extracted(xpathExtractor, xpath('//a'), '<r><a>9</a></r>', user)).toEqual({
    v: '9',
    v_1: '9',
    v_matchNr: '1',
  });
});

it('fails the sample when an external DTD cannot be read', () => {
  const sample = sampleOf('<!DOCTYPE a SYSTEM "nowhere.dtd"><a/>');
  extracted(xpathExtractor, { ...xpath('//a'), 'XPathExtractor.download_dtds': true }, sample);
  expect(sample.success).toBe(false);
  expect(sample.failureMessage).toMatch(/^IOException: .*nowhere\.dtd \(No such file or directory\)$/);
});

const xpath2 = (query: string, more = {}) => ({
  'XPathExtractor2.refname': 'v',
  'XPathExtractor2.default': 'none',
  'XPathExtractor2.xpathQuery': query,
  ...more,
});

it('asks for one of none with the index -1', () => {
  const sample = sampleOf(XML);
  expect(extracted(xpath2Extractor, xpath2('//nope'), sample)).toEqual({ v: 'none', v_matchNr: '0' });
  expect(sample.failureMessage).toBe('-1\nSee log file for further details.');
});

it('reads the body of the sample once for each sub-sample', () => {
  const sample = sampleOf(XML, sampleOf('<r/>'), sampleOf('<r/>'));
  const props = xpath2('//a[1]', { 'XPathExtractor2.matchNumber': '-1', 'Sample.scope': 'children' });
  expect(extracted(xpath2Extractor, props, sample)).toEqual({ v: '1', v_1: '1', v_2: '1', v_matchNr: '2' });
});
