import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { JavaError } from '../../src/java/index.js';
import { buildTree } from '../../src/query/html/build.js';
import type { HtmlNode } from '../../src/query/html/dom.js';
import { buildJoddTree } from '../../src/query/html/jodd-build.js';
import { jodd, jsoup } from '../../src/query/index.js';

type Library = 'jsoup' | 'jodd';
type Values = readonly (string | null)[];
/** `html.json`: what jsoup 1.17.1 and Jodd 5.0.13 gave: trees, and values by selector and attribute; null = it threw. */
const { documents, trees, cases } = JSON.parse(fs.readFileSync(new URL('html.json', import.meta.url), 'utf8')) as {
  readonly documents: readonly string[];
  readonly trees: readonly (readonly [library: Library, document: number, tree: string])[];
  readonly cases: readonly (readonly [Library, document: number, selector: string, attribute: string, Values | null])[];
};

function shown(node: HtmlNode, library: Library): string {
  const inner = (): string =>
    node.kind === 'element' ? node.children.map((child) => shown(child, library)).join('') : '';
  switch (node.kind) {
    case 'element': {
      if (node.name === '#root' && library === 'jodd') return inner();
      const missing = library === 'jodd' ? 'null' : '';
      const attributes = [...(node.attributes ?? [])].map(([key, value]) => ` ${key}=${value ?? missing}`);
      return `<${node.name}${attributes.join('')}>${inner()}</>`;
    }
    case 'comment':
      return 'C|';
    case 'doctype':
      return library === 'jodd' ? 'D|' : '?#doctype|';
    default:
      return `${node.kind === 'data' ? 'D' : 'T'}:${node.text}|`;
  }
}

it.each(['jsoup', 'jodd'] as const)('builds the trees that %s builds', (library) => {
  const build = library === 'jsoup' ? buildTree : buildJoddTree;
  const different = trees.flatMap(([of, document, wanted]) => {
    const text = documents[document] ?? '';
    const found = of === library ? shown(build(text), library) : wanted;
    return found === wanted ? [] : [{ text, found, wanted }];
  });
  expect(different).toEqual([]);
});

it.each([
  ['jsoup', jsoup],
  ['jodd', jodd],
] as const)('finds what %s finds', (library, query) => {
  const different = cases.flatMap(([of, document, selector, attribute, wanted]) => {
    if (of !== library) return [];
    let found: Values | null;
    try {
      const values = query.find(documents[document] ?? '', selector, attribute, Number.POSITIVE_INFINITY);
      found = values.map((value) => value ?? null);
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      found = null;
    }
    return JSON.stringify(found) === JSON.stringify(wanted) ? [] : [{ selector, attribute, found, wanted }];
  });
  expect(different).toEqual([]);
});

describe('jsoup', () => {
  const text = (page: string, selector: string): readonly unknown[] => jsoup.find(page, selector, '', 9);

  it('resolves abs: by the base of the page', () => {
    const page = '<base href="http://e.org/d/"><a href="x?y">';
    expect(jsoup.find(page, 'a[abs:href]', 'abs:href', 9)).toEqual(['http://e.org/d/x?y']);
  });

  it('takes no more than are asked for', () => {
    expect(jsoup.find('<p>1<p>2<p>3', 'p', '', 2)).toEqual(['1', '2']);
  });

  it('ends on a page that is nested too deep as Java does', () => {
    expect(() => text('<div>'.repeat(20_000), 'p')).toThrow(JavaError);
  });

  it('keeps blanks in pre and textarea alone', () => {
    expect(text('<pre>a  b</pre><p>a  b\u00a0 c\u00add</p>', 'pre, p')).toEqual(['a  b', 'a b cd']);
  });
});
