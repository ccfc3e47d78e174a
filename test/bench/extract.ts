/**
 * Time of one extractor on one sample against the library called bare, on bodies of three sizes. Each round has bodies of its
 * own, so that nothing remembered of a text helps. Prints JSON.
 */
import { load } from 'cheerio';
import { selectOne } from 'css-select';
import type { Element as DomElement } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import jmespath from 'jmespath';
import { JSONPath } from 'jsonpath-plus';
import { parse } from 'node-html-parser';
import { boundaryExtractor } from '../../src/element/post/boundary-extractor.js';
import { htmlExtractor } from '../../src/element/post/html-extractor.js';
import { jmesPathExtractor } from '../../src/element/post/jmespath-extractor.js';
import { jsonExtractor } from '../../src/element/post/json-extractor.js';
import { regexExtractor } from '../../src/element/post/regex-extractor.js';
import { type Element, type Props, Sample } from '../../src/model/index.js';
import { fakeUser } from '../kit.js';
import { type Given, place } from '../kit-element.js';

/** Bodies per round, and how long a measurement lasts at least. */
const BODIES = 4;
const ROUNDS = 5;
const LEAST_MS = 20;

type Run = (body: Body) => unknown;
interface Body {
  readonly text: string;
  readonly sample: Sample;
}

function own<P extends Props>(element: Element<P>, props: Readonly<Record<string, Given>>): Run {
  const user = fakeUser();
  const self = place(element, { props });
  return ({ sample }) => {
    void element.after?.(self.props(user), user, sample, self);
    return user.variables.get('v');
  };
}

function json(size: number, seed: number): string {
  const items: unknown[] = [];
  let length = 0;
  for (let i = 0; length < size; i++) {
    const item = {
      id: seed * 1000 + i,
      sku: `A-${seed}-${i}`,
      name: `Item "${i}" – größer`,
      price: Math.round(i * 137 + 1) / 100,
      tags: ['new', 'sale'],
      stock: { berlin: i % 7, 'new york': i % 5 },
      text: 'Words of a description, as long as those that a shop would have. '.repeat(2),
      active: i % 2 === 0,
      seller: null,
    };
    items.push(item);
    length += JSON.stringify(item).length;
  }
  return JSON.stringify({ total: items.length, items, token: `t-${seed}` });
}

function html(size: number, seed: number): string {
  const rows: string[] = [];
  let length = 0;
  for (let i = 0; length < size; i++) {
    const row = `<tr class="row ${i % 2 ? 'odd' : 'even'}"><td><a href="/item/${i}?a=1&amp;b=2">Item ${i}</a></td><td class="price">${i}.50&nbsp;€</td>\n<td><ul><li>one</li><li>two <b>bold</b></li></ul><p>Some words &mdash; a description that goes on for a while.</p><img src="/i/${i}.png" alt="x"><br></td></tr>\n`;
    rows.push(row);
    length += row.length;
  }
  return `<!DOCTYPE html><html><head><title>Shop ${seed}</title><script>var a = "<p>";</script></head><body><table><tbody>${rows.join('')}</tbody></table><form id="login" action="/login"><input type="hidden" name="csrf" value="tok-${seed}"><input name="user"></form></body></html>`;
}

const PATTERN = 'name="csrf" value="([^"]+)"';
const SELECTOR = 'form#login input[name=csrf]';

interface Case {
  readonly name: string;
  readonly body: (size: number, seed: number) => string;
  readonly own: Run;
  readonly peers: Readonly<Record<string, Run>>;
}

const jsonPath = (path: string): Run =>
  own(jsonExtractor, {
    'JSONPostProcessor.referenceNames': 'v',
    'JSONPostProcessor.jsonPathExprs': path,
    'JSONPostProcessor.match_numbers': '1',
    'JSONPostProcessor.defaultValues': 'NF',
  });
const plainJsonPath =
  (path: string): Run =>
  ({ text }) =>
    String(JSONPath({ path, json: JSON.parse(text), wrap: true })[0]);
const jmesPath = (expression: string): Run =>
  own(jmesPathExtractor, {
    'JMESExtractor.referenceName': 'v',
    'JMESExtractor.jmesPathExpr': expression,
    'JMESExtractor.matchNumber': '1',
  });
const plainJmesPath =
  (expression: string): Run =>
  ({ text }) => {
    const found = jmespath.search(JSON.parse(text), expression);
    return String(Array.isArray(found) ? found[0] : found);
  };
const css: Run = own(htmlExtractor, {
  'HtmlExtractor.refname': 'v',
  'HtmlExtractor.expr': SELECTOR,
  'HtmlExtractor.attribute': 'value',
  'HtmlExtractor.match_number': '1',
});
const native = new RegExp(PATTERN);

const CASES: readonly Case[] = [
  {
    name: 'regex',
    body: html,
    own: own(regexExtractor, {
      'RegexExtractor.refname': 'v',
      'RegexExtractor.regex': PATTERN,
      'RegexExtractor.template': '$1$',
      'RegexExtractor.match_number': '1',
    }),
    peers: { RegExp: ({ text }) => native.exec(text)?.[1] },
  },
  {
    name: 'boundary',
    body: html,
    own: own(boundaryExtractor, {
      'BoundaryExtractor.refname': 'v',
      'BoundaryExtractor.lboundary': 'name="csrf" value="',
      'BoundaryExtractor.rboundary': '"',
      'BoundaryExtractor.match_number': '1',
    }),
    peers: {
      indexOf: ({ text }) => {
        const start = text.indexOf('name="csrf" value="') + 19;
        return text.slice(start, text.indexOf('"', start));
      },
    },
  },
  ...['$.items[1].name', '$.items[1].id', '$.items[*].sku'].map((path) => ({
    name: `JsonPath ${path}`,
    body: json,
    own: jsonPath(path),
    peers: { 'jsonpath-plus': plainJsonPath(path) },
  })),
  ...['items[1].name', 'items[1].id', 'items[*].sku', 'items[?id==`1001`].sku'].map((expression) => ({
    name: `JMESPath ${expression}`,
    body: json,
    own: jmesPath(expression),
    peers: { jmespath: plainJmesPath(expression) },
  })),
  {
    name: 'CSS',
    body: html,
    own: css,
    peers: {
      cheerio: ({ text }) => load(text)(SELECTOR).first().attr('value'),
      'node-html-parser': ({ text }) => parse(text).querySelector(SELECTOR)?.getAttribute('value'),
      'css-select': ({ text }) =>
        (selectOne(SELECTOR, parseDocument(text).children) as DomElement | null)?.attribs.value,
    },
  },
];

/** Microseconds of CPU of one call over all bodies. */
function measure(run: Run, bodies: readonly Body[]): number {
  const begin = process.cpuUsage();
  let calls = 0;
  let took = 0;
  do {
    for (const body of bodies) run(body);
    calls += bodies.length;
    const { user, system } = process.cpuUsage(begin);
    took = user + system;
  } while (took < LEAST_MS * 1000);
  return took / calls;
}

function bodies(make: Case['body'], size: number): readonly Body[] {
  return Array.from({ length: BODIES }, (_, seed) => {
    const sample = new Sample();
    sample.setText(make(size, seed + 1));
    return { text: sample.text, sample };
  });
}

const [only] = process.argv.slice(2);
const results = CASES.filter(({ name }) => only === undefined || name.startsWith(only)).flatMap(
  ({ name, body, own: mine, peers }) =>
    [2_000, 50_000, 1_000_000].map((size) => {
      const given = bodies(body, size);
      const runs = { own: mine, ...peers };
      const best: Record<string, number> = {};
      for (const [who, run] of Object.entries(runs)) {
        const [expected, found] = [peers[Object.keys(peers)[0] ?? '']?.(given[0] as Body), run(given[0] as Body)];
        if (expected !== found) throw new Error(`${name}: ${who} found ${found} instead of ${expected}`);
      }
      for (let i = 0; i < ROUNDS; i++)
        for (const [who, run] of Object.entries(runs))
          best[who] = Math.min(best[who] ?? Number.POSITIVE_INFINITY, measure(run, given));
      const [peer = '', time = 0] =
        Object.entries(best)
          .filter(([who]) => who !== 'own')
          .sort(([, a], [, b]) => a - b)[0] ?? [];
      return { name, size, own: best.own ?? 0, peer, time };
    }),
);
console.log(JSON.stringify({ results }));
