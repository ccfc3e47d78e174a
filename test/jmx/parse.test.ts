import { describe, expect, it } from 'vitest';
import { parseXml } from '../../src/jmx/index.js';
import { ProblemError } from '../../src/problem.js';

const text = (source: string) => parseXml(source).root.text;
const attribute = (source: string) => parseXml(source).root.attributes.get('a');

// Each line was recorded from mxparser 1.2.2, the parser of JMeter 5.6.3.
describe('text', () => {
  it.each([
    ['<r>te<!--c-->xt<![CDATA[<x>\r\ny]]> more<b>q</b> tail</r>', 'text<x>\ny more'],
    ['<r>a<?pi x?>b</r>', 'ab'],
    ['<r><b/>after</r>', ''],
    ['<r>a\r\nb\rc\n</r>', 'a\nb\nc\n'],
    ['<r>A&#x1;B&#0;</r>', 'A\u0001B\0'],
    ['<r>A\u0001B</r>', 'A\u0001B'],
    ['<r>&#xd;&#xD;&#13;</r>', '\r\r\r'],
    ['<r>&#128512;|&#x1F600;|&#55357;&#56832;</r>', '😀|😀|😀'],
    ['<r>&lt;&#x26;lt;&amp;amp;</r>', '<&lt;&amp;'],
    ['<r>&amp;lt;&gt;&quot;&apos;</r>', '&lt;>"\''],
    ['<r>  </r>', '  '],
    ['<r></r >', ''],
    [' \n<?xml version="1.0"?><r>x</r>', 'x'],
    ['\ufeff<r>x</r>', 'x'],
    ['<x:r>x</x:r>', 'x'],
  ])('%j is %j', (source, expected) => expect(text(source)).toBe(expected));
});

describe('attributes', () => {
  it.each([
    ["<r a='x\n\ty\r\nz\rq'/>", 'x  y z q'],
    ["<r a='x&#10;&#xd;&#9;y'/>", 'x\n\r\ty'],
    ["<r a='>'/>", '>'],
    ['<r a = "1"\n/>', '1'],
    ["<r b='1'a='2'/>", '2'],
    ['<r a="\u0001"/>', '\u0001'],
  ])('%j is %j', (source, expected) => expect(attribute(source)).toBe(expected));

  it('keep their order and odd names', () => {
    const { attributes, children } = parseXml('<r z="1" __proto__="2" a:b="3"><__proto__/></r>').root;
    expect([...attributes.keys()]).toEqual(['z', '__proto__', 'a:b']);
    expect(children[0]?.tag).toBe('__proto__');
  });
});

describe('what is not well-formed', () => {
  it.each([
    ['<r><b></r>', '1:7', '</r> stands where </b> should close <b> of line 1'],
    ['<r>\n  <b>\n', '2:3', '<b> is never closed'],
    ['<r></b></r>', '1:4', '</b> stands where'],
    ['</r>', '1:1', 'closes nothing'],
    ['<r/>junk', '1:5', 'text behind the end of the root'],
    ['<r/>\n<s/>', '2:1', '<s> stands behind the end of the root'],
    ['junk<r/>', '1:1', 'does not start with a tag'],
    ['<!-- only -->', '1:14', 'no root element'],
    ['<r a="1" a="2"/>', '1:10', 'attribute a twice'],
    ['<r a=1/>', '1:4', 'no value in quotes'],
    ['<r a/>', '1:4', 'no value in quotes'],
    ['<r a="<"/>', '1:6', 'does not end'],
    ['<r a="x', '1:6', 'does not end'],
    ['<r', '1:1', 'not closed with >'],
    ['<r / >', '1:1', 'not closed with >'],
    ['<r></r', '1:4', 'not closed with >'],
    ['< r/>', '1:1', 'a < that starts no tag'],
    ['<1r/>', '1:1', 'a < that starts no tag'],
    ['<r>\n<<<<<<< HEAD\n</r>', '2:1', 'merge conflict'],
    ['<r>&foo;</r>', '1:4', 'the entity &foo; does not exist'],
    ['<r>a\r\nb & c</r>', '2:3', 'write it as &amp;'],
    ['<r a="b&c"/>', '1:8', 'write it as &amp;'],
    ['<r>&#;</r>', '1:4', 'the entity &#; does not exist'],
    ['<r>&#XD;</r>', '1:4', 'does not exist'],
    ['<r>&#x110000;</r>', '1:4', 'beyond the last character'],
    ['<r>a]]>b</r>', '1:5', ']]&gt;'],
    ['<r><!-- a -- b --></r>', '1:11', '-- inside a comment'],
    ['<r><!-- a', '1:4', 'the comment does not end'],
    ['<r><![CDATA[ a', '1:4', 'the CDATA section does not end'],
    ['<r><?pi', '1:4', 'the processing instruction does not end'],
    ['<![CDATA[x]]><r/>', '1:1', 'outside of the root'],
    ['<r><!ELEMENT a></r>', '1:4', 'neither a comment nor CDATA'],
  ])('%j at %s', (source, place, what) => {
    const problem = problemOf(source);
    expect(problem?.code).toBe('E104');
    expect(`${problem?.place?.line}:${problem?.place?.column}`).toBe(place);
    expect(problem?.text).toContain(what);
  });

  it('cuts long names in its message', () => expect(problemOf(`<${'a'.repeat(1e6)}>`)?.text.length).toBeLessThan(200));
});

describe('raw spelling', () => {
  const rawOf = (source: string) => parseXml(source).root.raw;

  it.each([
    '<r/>',
    '<r a="1">x</r>',
    '<r>\n  <b/>\n</r>',
    '<r>\r\n  <b>x\r\ny</b>\r\n</r>',
    '<stringProp name="a"></stringProp>',
    '<r>a &lt;&gt;&amp;&quot;&apos;&#xd;&#x0;&#x7f;é😀\t\n</r>',
    '<r a="&#xa;&#x9;&#xd;&lt;"/>',
  ])('is not kept for %j', (source) => expect(rawOf(source)).toBeUndefined());

  it.each([
    ['<r />', { open: '<r />' }],
    ["<r a='1'>x</r>", { open: "<r a='1'>" }],
    ['<r></r>', { open: '<r>' }],
    ['<stringProp name="a"/>', { open: '<stringProp name="a"/>' }],
    ['<r>"</r>', { between: ['"'] }],
    ['<r>a<!--c--></r>', { between: ['a<!--c-->'] }],
    ['<r>&#xD;</r>', { between: ['&#xD;'] }],
    ['<r>\n\t<b/>\n</r>', { between: ['\n\t', '\n'] }],
    ['<r>x</r >', { close: '</r >' }],
  ])('is kept where XStream would differ: %j', (source, raw) => expect(rawOf(source)).toEqual(raw));
});

function problemOf(source: string) {
  try {
    parseXml(source);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0];
    throw error;
  }
  return undefined;
}
