import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  evaluateXPath,
  type TidyOptions,
  tidy,
  type XmlDocument,
  type XmlNode,
  xpathHits,
} from '../../src/query/index.js';

/** `mode`, document, and what JTidy r938 made of it: the tree, what it counted, and its messages. */
type Recorded = readonly [mode: string, document: string, result: string];
const recorded: Recorded[] = fs
  .readFileSync(new URL('tidy-recorded.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));

const MODES: Readonly<Record<string, TidyOptions>> = {
  xpath: { clean: true },
  xml: { xml: true },
  html: {},
  xhtml: { xhtml: true },
};
const MARK = 'content=[HTML Tidy for Java (vers. 2009-12-01), see jtidy.sourceforge.net] name=[generator]';

function treeOf(document: XmlDocument | undefined): string {
  const dump = (node: XmlNode, depth: number): string => {
    const indent = '  '.repeat(depth);
    if (node.kind !== 'element') return node.kind === 'document' ? '' : `${indent}${node.kind}[${node.value}]\n`;
    const attributes = node.attributes.map(({ name, value }) => ` ${name}=[${value}]`).join('');
    return `${indent}<${node.name}${attributes}>\n${node.children.map((child) => dump(child, depth + 1)).join('')}`;
  };
  return document?.children.map((child) => dump(child, 0)).join('') ?? '';
}

describe('JTidy', () => {
  it.each(Object.keys(MODES))('reads documents as recorded: %s', (mode) => {
    const of = recorded.filter(([recordedMode]) => recordedMode === mode);
    const differing = of.filter(([, text, want]) => {
      const { document, errors, warnings, report } = tidy(text, MODES[mode]);
      const tree = treeOf(document).replace(`    <meta ${MARK}>\n`, '');
      const messages = report.split('\n').filter((line) => /^line |^InputStream/.test(line));
      return [`${tree}errors ${errors} warnings ${warnings}`, ...messages].join('\n') !== want;
    });
    expect(of.length).toBeGreaterThan(20);
    expect(differing).toEqual([]);
  });

  it('counts nothing when it is quiet, but for errors still says something', () => {
    const { errors, warnings, report } = tidy('<blah>', { quiet: true, showWarnings: false });
    expect({ errors, warnings }).toEqual({ errors: 0, warnings: 0 });
    expect(report).toBe('line 1 column 1 - Error: <blah> is not recognized!\n');
  });

  it('prints no more than six errors', () => {
    const { errors, report } = tidy('<x>'.repeat(9));
    expect(errors).toBe(9);
    expect(report.match(/Error:/g)).toHaveLength(6);
    expect(report).toContain('This document has errors that must be fixed before\nusing HTML Tidy');
  });

  it('gives advice about what the document did', () => {
    const advice = (text: string): string => tidy(text).report.split('were found!\n')[1]?.split('\n')[0] ?? '';
    expect(advice('<table><tr><td>x</table>')).toMatch(/^The table summary attribute/);
    expect(advice('<img src=x>')).toMatch(/^The alt attribute should/);
    expect(advice('<a href="a b">x</a>')).toMatch(/^It is unlikely that vendor-specific/);
    expect(advice('<frameset><frame></frameset>')).toMatch(/^Pages designed using frames/);
    expect(advice('<frameset><frame><noframes>x</noframes></frameset>')).toBe('');
    expect(advice('<font size=2>x</font>')).toMatch(/^You are recommended to use CSS to specify the font/);
    expect(advice('<ul></form></ul>')).toBe('This document has errors that must be fixed before');
  });

  it('leaves its mark in the head, once', () => {
    const marks = (text: string) => treeOf(tidy(text).document).split(MARK).length - 1;
    expect(marks('<p>x')).toBe(1);
    expect(treeOf(tidy('<meta name=GENERATOR content="HTML Tidy by me"><p>x').document)).toContain(
      '<meta content=[HTML Tidy for Java (vers. 2009-12-01), see jtidy.sourceforge.net] name=[GENERATOR]>',
    );
  });

  it('ends on documents that are too deep, or on which JTidy would not end', () => {
    const overflow = expect.objectContaining({ javaClass: 'java.lang.StackOverflowError' });
    const error = (text: string): unknown => {
      try {
        return tidy(text);
      } catch (thrown) {
        return thrown;
      }
    };
    expect(error('<div>'.repeat(60_000))).toEqual(overflow);
    const endless =
      '<address><noframes>x<ins>z<i foo><dir><noframes color=blue><foo><q><meta><title name=n><b class=x><div>z';
    expect(error(endless)).toEqual(overflow);
  });

  describe('has a DOM of its own', () => {
    const hits = (text: string, query: string): unknown => {
      const { document } = tidy(text);
      return document && xpathHits(document, query, { number: -1, fragment: false, random: () => 0 });
    };

    it('whose elements and document have an empty node value, not null', () => {
      expect(hits('<form><p>x</p></form>', '//form')).toEqual(['']);
      expect(hits('<p>x', '/')).toEqual(['']);
    });

    it('whose texts and comments Xalan does not find on its way down from the root', () => {
      const text = '<p>x<!-- c -->';
      expect(hits(text, '//text()')).toEqual([]);
      expect(hits(text, '//comment()')).toEqual([]);
      expect(hits(text, '//p/text()')).toEqual(['x']);
      expect(hits(text, '//p/comment()')).toEqual([' c ']);
    });

    it('in which some nodes have no type', () => {
      expect(tidy('<?xml version="1.0"?><a/>', { xml: true }).document?.untyped).toBe(true);
      expect(tidy('<p>a<% b %>').document?.untyped).toBe(true);
      expect(tidy('<p>a<?b c?><!-- d -->').document?.untyped).toBe(false);
    });

    // Recorded with JMeter 5.6.3: a bare exception loses the sample, one that Xalan wraps is told.
    it.each([
      ['//p', 'bare'],
      ['/html/body/p', 'bare'],
      ['(//p)[1]', 'bare'],
      ['//@x', 'bare'],
      ['//comment()', 'bare'],
      ['//p[1]', 'wrapped'],
      ['//p/text()', 'wrapped'],
      ['//p|//b', 'wrapped'],
      ['count(//p)', 'wrapped'],
    ])('on which Xalan fails: %s', (query, way) => {
      const javaClass =
        way === 'bare' ? 'java.lang.ArrayIndexOutOfBoundsException' : 'javax.xml.transform.TransformerException';
      const document = tidy('<% a %><p>b').document as XmlDocument; // there is one
      expect(() => evaluateXPath(document, query)).toThrow(
        expect.objectContaining({ javaClass, message: 'Index -1 out of bounds for length 128' }),
      );
      expect(evaluateXPath(document, '/')).toHaveLength(1);
      expect(evaluateXPath(document, '1+1')).toBe(2);
    });
  });
});
