import { describe, expect, it } from 'vitest';
import { httpSampler } from '../../../src/element/http/http-sampler.js';
import { anchorModifier } from '../../../src/element/pre/anchor-modifier.js';
import { regexUserParameters } from '../../../src/element/pre/regex-user-parameters.js';
import { urlRewritingModifier } from '../../../src/element/pre/url-rewriting-modifier.js';
import { dummySampler } from '../../../src/element/sampler/dummy-sampler.js';
import { type Element, overridesOf, type PlacedSampler, type Sample, type User } from '../../../src/model/index.js';
import { fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';
import { sampleOf } from '../post/extracted.js';

type Row = readonly [name: string, value: string];
const request = (path: string, rows: readonly Row[] = [], more: Record<string, Given> = {}): PlacedSampler =>
  place(httpSampler, {
    props: {
      'HTTPSampler.path': path,
      'HTTPSampler.method': 'GET',
      'HTTPsampler.Arguments': {
        'Arguments.arguments': rows.map(([name, value]) => ({ 'Argument.name': name, 'Argument.value': value })),
      },
      ...more,
    },
  }) as unknown as PlacedSampler;

function page(text: string, url = 'http://h/dir/page'): Sample {
  return Object.assign(sampleOf(text), { http: {}, url });
}

/** What the pre-processor changed: `path`, `domain`, and arguments as `name=value`. */
function changed(pre: Element, props: Record<string, Given>, user: User): Record<string, unknown> | undefined {
  const self = place(pre, { props });
  void pre.before?.(self.props(user), user, self);
  const found = user.sampler && overridesOf(user, user.sampler);
  const rows = (found?.arguments as { rows: { name: string; value: string; alwaysEncode: boolean }[] } | undefined)
    ?.rows;
  return found && { ...found, arguments: rows?.map(({ name, value }) => `${name}=${value}`).join('&') };
}
const user = (sampler: PlacedSampler, previous?: Sample, random = 0): User =>
  fakeUser({ sampler, previous, random: () => random });

describe('HTML Link Parser', () => {
  const run = (html: string, sampler: PlacedSampler, random = 0) =>
    changed(anchorModifier as unknown as Element, {}, user(sampler, page(html), random));

  it('takes a link whose path and argument names match', () => {
    const html = '<a href="/a?id=1">1</a><a href="http://o/b/2?id=2&amp;x=%41">2</a>';
    const link = { protocol: 'http', domain: 'o', path: '/b/2', arguments: 'id=2&x=%41' };
    expect(run(html, request('/b/.*', [['i.', '']]))).toEqual(link);
    expect(run(html, request('/b/.*', [['nope', '']]))).toBeUndefined();
    expect(run(html, request('c'))).toBeUndefined();
  });

  it('takes one of several by chance, frames behind links', () => {
    const html = '<frameset><frame src=one><frame src=two></frameset>';
    expect(run(html, request('.*'), 0)?.path).toBe('/dir/one');
    expect(run(html, request('.*'), 0.99)?.path).toBe('/dir/two');
  });

  it('knows the base, and what leads above the root', () => {
    expect(run('<base href="http://b/x/"><a href=y>1</a>', request('.*'))).toMatchObject({ domain: 'b', path: '/x/y' });
    expect(run('<a href="../../up">1</a>', request('.*'))?.path).toBe('/up');
    expect(() => run('<base><a href=y>1</a>', request('.*'))).toThrow();
  });

  it('fills arguments with the fields of a form, each once', () => {
    const html =
      '<form action=f><input name=a value="1+%41"><input name=a value=2><select name=s><option value=x></select></form>';
    const rows: Row[] = [
      ['a', '.*'],
      ['a', '.*'],
      ['a', '.*'],
      ['s', 'x'],
      ['t', 'own'],
    ];
    expect(run(html, request('/dir/f', rows))?.arguments).toBeUndefined();
    expect(run(html, request('/dir/f', rows.slice(0, 4)))?.arguments).toBe('a=1 A&a=2&a=.*&s=x');
  });

  it('counts fields behind a form to it, and forgets a form without an address', () => {
    expect(run('<form action=f>f</form><p>x<input name=b value=1>', request('/dir/f', [['b', '.*']]))?.arguments).toBe(
      'b=1',
    );
    expect(run('<form><input name=a></form>', request('.*'))).toBeUndefined();
  });

  it('leaves other samplers and other results alone', () => {
    const dummy = place(dummySampler, {}) as unknown as PlacedSampler;
    expect(run('<a href=x>1</a>', dummy)).toBeUndefined();
    expect(
      changed(anchorModifier as unknown as Element, {}, user(request('.*'), sampleOf('<a href=x>'))),
    ).toBeUndefined();
  });
});

describe('URL Re-writing Modifier', () => {
  const run = (text: string, props: Record<string, Given>, sampler: PlacedSampler) =>
    changed(
      urlRewritingModifier as unknown as Element,
      { argument_name: 's.d', ...props },
      user(sampler, sampleOf(text)),
    );

  it.each([
    ['/x?s.d=a%20b&y', 's.d=a b'],
    ['/x;s.d=1;z', 's.d=1'],
    ['sxd=1 &s.d=2', 's.d=2'],
    ['<input name="s.d" type=x value="v">', 's.d=v'],
    [`<input Value='w' NAME = 's.d'>`, 's.d=w'],
    ['nothing', 's.d='],
  ])('finds the value in %s', (text, rows) => {
    expect(
      run(
        text,
        {},
        request('/p', [
          ['k', 'v'],
          ['s.d', 'old'],
        ]),
      )?.arguments,
    ).toBe(`k=v&${rows}`);
  });

  it('puts it into the path', () => {
    const inPath = { path_extension: true };
    expect(run(';s.d=1?x', inPath, request('/p'))).toMatchObject({ path: '/p;s.d=1', arguments: 'x=' });
    expect(run(';s.d=1?x', { ...inPath, path_extension_no_questionmark: true }, request('/p'))?.path).toBe('/p;s.d=1');
    expect(run(';s.d1', { ...inPath, path_extension_no_equals: true }, request('/p;s.dold'))?.path).toBe('/p;s.d1');
    const post = { 'HTTPSampler.method': 'POST' };
    expect(run(';s.d=1', inPath, request('/p;s.d=0?q=1', [], post))?.path).toBe('/p?q=1;s.d=1');
    expect(run(';s.d=1', inPath, request('/p;s.d=0?q=1'))).toMatchObject({ path: '/p', arguments: 'q=1;s.d=1' });
  });

  it('keeps the last value for pages without one, unless told not to', () => {
    const self = place(urlRewritingModifier, { props: { argument_name: 's' } });
    const one = user(request('/p'), sampleOf('?s=1'));
    void urlRewritingModifier.before?.(self.props(one), one, self);
    one.previous = sampleOf('none');
    void urlRewritingModifier.before?.(self.props(one), one, self);
    expect(one.sampler && overridesOf(one, one.sampler)?.arguments).toMatchObject({
      rows: [{ name: 's', value: '1' }],
    });
  });
});

describe('RegEx User Parameters', () => {
  const GROUPS = {
    'RegExUserParameters.regex_ref_name': 'r',
    'RegExUserParameters.param_names_gr_nr': '1',
    'RegExUserParameters.param_values_gr_nr': '2',
  };
  const run = (variables: Record<string, string>) => {
    const one = user(
      request('/p', [
        ['a', 'x'],
        ['b', 'y'],
      ]),
    );
    for (const [name, value] of Object.entries(variables)) one.variables.put(name, value);
    return changed(regexUserParameters as unknown as Element, GROUPS, one)?.arguments;
  };

  it('replaces the values of the arguments it knows', () => {
    expect(run({ r_matchNr: '2', r_1_g1: 'b', r_1_g2: 'B', r_2_g1: 'c', r_2_g2: 'C' })).toBe('a=x&b=B');
  });

  it('needs the groups of the first match, and a number of matches', () => {
    expect(run({ r_matchNr: '1', r_1_g1: 'b' })).toBeUndefined();
    expect(run({ r_matchNr: '0', r_1_g1: 'b', r_1_g2: 'B' })).toBeUndefined();
    expect(() => run({ r_matchNr: 'x', r_1_g1: 'b', r_1_g2: 'B' })).toThrow('For input string: "x"');
  });
});
