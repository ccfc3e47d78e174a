import { describe, expect, it } from 'vitest';
import { regexExtractor } from '../../../src/element/post/regex-extractor.js';
import { fakeTest, fakeUser, type KeptLog } from '../../kit.js';
import { planElement } from '../../kit-element.js';
import { extracted, sampleOf } from './extracted.js';

const regex = (over: Readonly<Record<string, string | boolean>> = {}) => ({
  'RegexExtractor.refname': 'r',
  'RegexExtractor.regex': 'id=(\\d+)(x)?',
  'RegexExtractor.template': '$1$',
  'RegexExtractor.match_number': '1',
  ...over,
});
const number = (match: string) => regex({ 'RegexExtractor.match_number': match });
const TEXT = 'id=1 id=2x id=3';

describe('Regular Expression Extractor', () => {
  it('stores the match, its groups and their number; a group without part stays undefined', () => {
    expect(extracted(regexExtractor, number('1'), TEXT)).toEqual({ r: '1', r_g: '2', r_g0: 'id=1', r_g1: '1' });
    expect(extracted(regexExtractor, number('2'), TEXT)).toMatchObject({ r: '2', r_g2: 'x' });
  });

  it('takes any match for 0, blank and what is no number', () => {
    for (const match of ['0', '', 'abc', '1.5'])
      expect(extracted(regexExtractor, number(match), TEXT)).toMatchObject({ r: '3' });
  });

  it('stores all matches and their count for a negative number, and nothing under the name itself', () => {
    const variables = extracted(regexExtractor, number('-5'), TEXT);
    expect(variables).toMatchObject({ r_matchNr: '3', r_1: '1', r_2: '2', r_3: '3', r_2_g: '2', r_2_g2: 'x' });
    expect(variables.r).toBeUndefined();
  });

  it('keeps the old value without a default, and removes the groups, when there is no such match', () => {
    const user = fakeUser();
    extracted(regexExtractor, number('1'), TEXT, user);
    expect(extracted(regexExtractor, number('9'), TEXT, user)).toEqual({ r: '1' });
  });

  it('stores the default first; the flag makes an empty one count', () => {
    const none = { 'RegexExtractor.regex': 'zzz' };
    expect(extracted(regexExtractor, regex({ ...none, 'RegexExtractor.default': ' ' }), TEXT)).toEqual({ r: ' ' });
    const empty = regex({ ...none, 'RegexExtractor.default_empty_value': true });
    expect(extracted(regexExtractor, empty, TEXT)).toEqual({ r: '' });
    expect(extracted(regexExtractor, regex(none), TEXT)).toEqual({});
  });

  it('takes away what an earlier run has left', () => {
    const user = fakeUser();
    extracted(regexExtractor, number('-1'), TEXT, user);
    expect(extracted(regexExtractor, number('-1'), 'id=7', user)).toEqual({
      r_matchNr: '1',
      r_1: '7',
      r_1_g: '2',
      r_1_g0: 'id=7',
      r_1_g1: '7',
    });
    expect(Object.keys(extracted(regexExtractor, number('1'), 'id=8', user))).toEqual(['r', 'r_g', 'r_g0', 'r_g1']);
  });

  it.each([
    ['$0$|$1$', 'id=2x|2'],
    ['', ''],
    ['plain', 'plain'],
    ['$7$', 'null'],
    ['$1', '$1'],
    ['a$2$b$1$c', 'axb2c'],
  ])('template %j gives %j', (template, text) => {
    const props = regex({ 'RegexExtractor.template': template, 'RegexExtractor.match_number': '2' });
    expect(extracted(regexExtractor, props, TEXT).r).toBe(text);
  });

  it('reads the template once per thread', () => {
    const user = fakeUser();
    const props = regex({ 'RegexExtractor.template': '${t}$1$' });
    user.variables.put('t', 'a');
    expect(extracted(regexExtractor, props, TEXT, user).r).toBe('a1');
  });

  it('with java.util.regex gives up at a group that the pattern lacks', () => {
    const test = fakeTest();
    test.properties.set('jmeter.regex.engine', 'java');
    const props = regex({ 'RegexExtractor.template': '$7$', 'RegexExtractor.default': 'NF' });
    expect(extracted(regexExtractor, props, TEXT, fakeUser({ test }))).toEqual({ r: 'NF' });
  });

  it('logs a bad pattern and leaves all variables but the default', () => {
    const test = fakeTest();
    const user = fakeUser({ test });
    user.variables.put('r_matchNr', '2');
    const props = regex({ 'RegexExtractor.regex': '(', 'RegexExtractor.default': 'NF' });
    expect(extracted(regexExtractor, props, TEXT, user)).toEqual({ r: 'NF', r_matchNr: '2' });
    expect((test.log as KeptLog).lines).toEqual(["ERROR o.a.j.e.RegexExtractor: Error in pattern: '('"]);
  });

  it.each([
    ['false', '<p>&lt;</p>'],
    ['nonsense', '<p>&lt;</p>'],
    ['unescaped', '<p><</p>'],
    ['TRUE', 'Head: 1'],
    ['request_headers', 'Ask: 1'],
    ['url', 'http://h/p'],
    ['CODE', '200'],
    ['message', 'OK'],
    ['as_document', 'org.apache.tika.exception.TikaException: Failed to detect the character encoding of a document'],
  ])('reads %s', (field, text) => {
    const sample = sampleOf('<p>&lt;</p>');
    Object.assign(sample, { responseHeaders: 'Head: 1', requestHeaders: 'Ask: 1', url: 'http://h/p' });
    const props = regex({ 'RegexExtractor.useHeaders': field, 'RegexExtractor.regex': '(?s)(.+)' });
    expect(extracted(regexExtractor, props, sample).r).toBe(text);
  });

  it.each([
    ['parent', '1'],
    ['children', '3'],
    ['all', '4'],
    ['nonsense', '0'],
  ])('scope %s finds %s', (scope, count) => {
    const sample = sampleOf('id=1', sampleOf('id=2', sampleOf('id=4')), sampleOf('id=3'));
    const props = { ...number('-1'), 'Sample.scope': scope };
    const variables = extracted(regexExtractor, props, sample);
    expect(variables.r_matchNr).toBe(count);
    // Direct sub-samples come before those below them.
    if (scope === 'all') expect([1, 2, 3, 4].map((i) => variables[`r_${i}`])).toEqual(['1', '2', '3', '4']);
  });

  it('reads a variable; without it nothing is found', () => {
    const test = fakeTest();
    const user = fakeUser({ test });
    user.variables.put('v', 'id=9');
    const scope = { 'Sample.scope': 'variable', 'Scope.variable': 'v' };
    expect(extracted(regexExtractor, { ...number('1'), ...scope }, TEXT, user).r).toBe('9');
    expect(extracted(regexExtractor, { ...number('-1'), ...scope, 'Scope.variable': 'w' }, TEXT, user).r_matchNr).toBe(
      '0',
    );
    expect((test.log as KeptLog).lines[0]).toBe(
      "WARN o.a.j.e.RegexExtractor: No variable 'w' found to process by RegexExtractor 'Extractor', skipping processing",
    );
  });

  it('check tells of patterns only we cannot read, and of documents', () => {
    const told = (props: Readonly<Record<string, string>>, engine?: string) =>
      regexExtractor
        .check?.(planElement(regexExtractor, props), { property: () => engine } as never)
        .map(({ code }) => code);
    // Only with Java's engine is this a grapheme, which we cannot read.
    expect(told({ 'RegexExtractor.regex': '\\X' }, 'java')).toEqual(['E211']);
    expect(told({ 'RegexExtractor.regex': '\\X' })).toEqual([]);
    expect(told({ 'RegexExtractor.regex': '\\G' })).toEqual(['E211']);
    expect(told({ 'RegexExtractor.regex': '(' })).toEqual([]);
    expect(told({ 'RegexExtractor.regex': '${x}\\G' })).toEqual([]);
    expect(told({ 'RegexExtractor.useHeaders': 'as_document' })).toEqual(['N210']);
  });
});
