import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { JavaError } from '../../src/java/index.js';
import {
  type ChildNode,
  compileSaxon,
  loadSchema,
  parseXml,
  reencoded,
  saxonDocument,
  saxonValue,
  schemaProblem,
  type XmlDocument,
  XmlParseError,
  xpathHits,
} from '../../src/query/index.js';

/** What Xerces 2.12.2, Xalan 2.7.3 and Saxon-HE 11.6 answered, as JMeter calls them; `!` begins an exception. */
interface Recorded {
  readonly document: string;
  readonly namespaces: string;
  readonly schema: string;
  readonly cases: readonly (readonly [string, ...unknown[]])[];
}
/** The first line holds what all cases share, each other line one case: what was asked and, last, the answer. */
function recorded(name: string): Recorded {
  const text = fs.readFileSync(new URL(`recorded/${name}.jsonl`, import.meta.url), 'utf8');
  const [head, ...cases] = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { ...head, cases };
}

function answer(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    if (error instanceof XmlParseError)
      return `!${error.javaClass}: ${error.message} @${error.line ?? -1}:${error.column ?? -1}`;
    return `!${/Unsupported|Saxon|Completion|Transformer/.test(error.javaClass) ? '' : `${error.javaClass}: `}${error.message}`;
  }
}
const plain = (expected: unknown): unknown =>
  typeof expected === 'string' ? expected.replace(/^!java\.lang\.UnsupportedOperationException: /, '!') : expected;

/** Every case that differs, with both answers: one failure shows them all. */
function differences(cases: Recorded['cases'], run: (...given: string[]) => unknown): readonly unknown[] {
  return cases.flatMap((one) => {
    const expected = plain(one.at(-1));
    const given = one.slice(0, -1).map(String);
    const found = answer(() => run(...given));
    return JSON.stringify(found) === JSON.stringify(expected) ? [] : [[...given, { expected, found }]];
  });
}

function shown(node: ChildNode, namespaces: boolean): string {
  const name = (part: { readonly name: string; readonly uri: string; readonly local: string }): string =>
    `${part.name}|${part.uri || null}|${namespaces ? part.local : null}`;
  switch (node.kind) {
    case 'text':
      return `T'${node.value}'`;
    case 'cdata':
      return `C'${node.value}'`;
    case 'comment':
      return `M'${node.value}'`;
    case 'instruction':
      return `P${node.name}'${node.value}'`;
    case 'element': {
      const attributes = node.attributes.map((attribute) => `;${name(attribute)}=${attribute.value}`).join('');
      const children = node.children.map((child) => shown(child, namespaces)).join('');
      return `E{${name(node)}${attributes}}${children === '' ? '' : `(${children})`}`;
    }
  }
}
const tree = (document: XmlDocument, namespaces: boolean): string =>
  `D(${document.doctype ? `Y${document.doctype.name}` : ''}${document.children.map((child) => shown(child, namespaces)).join('')})`;

describe('XML as JMeter reads it', () => {
  it('parses as Xerces does, with its errors and their places', () => {
    const found = differences(recorded('xerces').cases, (text = '', flags = '') => {
      const namespaces = flags.includes('n');
      return tree(parseXml(reencoded(text), { namespaces, sorted: true }), namespaces);
    });
    expect(found).toEqual([]);
  });

  it('evaluates XPath 1.0 as Xalan does', () => {
    const { document, cases } = recorded('xalan');
    const parsed = parseXml(document, { namespaces: true, sorted: true });
    const found = differences(cases, (query = '') =>
      xpathHits(parsed, query, { number: -1, fragment: false, random: () => 0 }).map((hit) => hit ?? null),
    );
    expect(found).toEqual([]);
  });

  it.each(['saxon', 'saxon-fragments'])('evaluates XPath 3.1 as Saxon-HE does (%s)', (name) => {
    const { document, namespaces, cases } = recorded(name);
    const parsed = saxonDocument(document);
    const found = differences(cases, (query = '') =>
      compileSaxon(query, namespaces)(parsed, 0).map((item) => saxonValue(item, name !== 'saxon')),
    );
    expect(found).toEqual([]);
  });

  it('validates by XML Schema as Xerces does', () => {
    const { schema, cases } = recorded('schema');
    const loaded = loadSchema('a.xsd', () => ({ text: schema, name: 'a.xsd' }));
    const found = differences(cases, (text = '') => {
      const problem = schemaProblem(text, () => loaded);
      if (problem === undefined) return 'null';
      return `${problem.severity}: line=${problem.error.line} col=${problem.error.column} ${problem.error.message}`;
    });
    expect(found).toEqual([]);
  });
});
