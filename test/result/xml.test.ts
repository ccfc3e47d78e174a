import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AssertionResult, type Sample } from '../../src/model/index.js';
import { xmlStart, xmlWriter } from '../../src/result/xml.js';
import { xmlAttribute, xmlName, xmlText } from '../../src/result/xml-text.js';
import { event, sampleOf, settings, written } from './kit.js';

const golden = (name: string): string => fs.readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
const save = (of: Record<string, string> = {}) => settings({ output_format: 'xml', ...of });
const row = (sample: Sample, of: Record<string, string> = {}, functional = false): string =>
  written(xmlWriter(save(of), [], functional), event(sample));

describe('escapes', () => {
  it('are XStream’s', () => {
    expect(xmlText(`<a href="x">'&'\r\n\t`)).toBe('&lt;a href=&quot;x&quot;&gt;&apos;&amp;&apos;&#xd;\n\t');
    expect(xmlAttribute('a\n\tb')).toBe('a&#xa;&#x9;b');
    expect(xmlText('\0\x1b\x7f\x85')).toBe('&#x0;&#x1b;&#x7f;&#x85;');
    expect(xmlText('\uffff\ufffe')).toBe('&#xffff;&#xfffe;');
    expect(xmlText('é — 注文 💳')).toBe('é — 注文 💳');
  });
  it('code the names of attributes', () => {
    expect(['SESSION_ID', 'a$', ' a ', '1a', 'a-b.c1', 'é', 'a/b'].map(xmlName)).toEqual([
      'SESSION__ID',
      'a_-',
      '_.0020a_.0020',
      '_.0031a',
      'a-b.c1',
      'é',
      'a_.002fb',
    ]);
  });
});

describe('elements', () => {
  it('have the attributes in order and no children when there are none', () => {
    const all = { encoding: 'true', sample_count: 'true', hostname: 'true' };
    expect(row(sampleOf({ latency: 7 }), all)).toBe(
      '<sample t="45" it="0" lt="7" ct="0" ts="1700000000123" s="true" lb="home" rc="200" rm="OK" tn="TG 1-1" dt="text" de="" by="0" sby="0" sc="1" ec="0" ng="0" na="0" hn="box"/>\n',
    );
  });
  it('keep the time stamp in milliseconds whatever the format', () => {
    expect(row(sampleOf(), { timestamp_format: 'yyyy' })).toContain(' ts="1700000000123" ');
  });
  it('have an empty address element only in HTTP samples', () => {
    expect(row(sampleOf({ http: {} }))).toMatch(/^<httpSample [^\n]*>\n {2}<null\/>\n<\/httpSample>\n$/);
    expect(row(sampleOf({ url: 'http://x/?a&b' }))).toContain('\n  <java.net.URL>http://x/?a&amp;b</java.net.URL>\n');
  });
  it('leave out what is missing and keep what is empty', () => {
    const sample = sampleOf({ http: { method: 'GET', queryString: '' }, samplerData: 'x' });
    const text = row(sample, { samplerData: 'true', url: 'false' });
    expect(text).toContain('<queryString class="java.lang.String"></queryString>');
    expect(text).not.toMatch(/cookies|redirectLocation|samplerData/);
  });
  it('have no assertion message where there is none', () => {
    const sample = sampleOf();
    sample.addAssertion(new AssertionResult('fine'));
    expect(row(sample)).toContain(
      '>\n  <assertionResult>\n    <name>fine</name>\n    <failure>false</failure>\n    <error>false</error>\n  </assertionResult>\n</sample>\n',
    );
    expect(row(sample, { assertions: 'false' })).toMatch(/\/>\n$/);
  });
  it('have the data of failures only, or of all in functional mode', () => {
    const sample = sampleOf({ samplerData: 'sent' });
    sample.setText('body');
    expect(row(sample, { 'response_data.on_error': 'true' })).toMatch(/\/>\n$/);
    expect(row(sample, {}, true)).toContain(
      '<responseData class="java.lang.String">body</responseData>\n  <samplerData',
    );
    sample.success = false;
    expect(row(sample, { 'response_data.on_error': 'true' })).toContain('<samplerData class="java.lang.String">sent<');
  });
  it('begin a file with the processing instruction when there is one', () => {
    expect(xmlStart(save())).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<testResults version="1.2">\n');
    expect(xmlStart(save({ xml_pi: '<?x y?>' }))).toContain('?>\n<?x y?>\n<testResults');
  });
});

describe('recorded elements', () => {
  const all = {
    encoding: 'true',
    sample_count: 'true',
    response_data: 'true',
    samplerData: 'true',
    requestHeaders: 'true',
    responseHeaders: 'true',
  };
  const untimed = {
    time: 'false',
    idle_time: 'false',
    latency: 'false',
    connect_time: 'false',
    timestamp_format: 'none',
    thread_counts: 'false',
  };
  it.each([
    ['jtl-control-characters.xml', []],
    ['jtl-sample-variables.xml', ['a', 'SESSION_ID', 'late', 'q', 'e', 'undefined', 'dollar$']],
    ['jtl-subresult-hierarchy.xml', []],
  ])('%s come out as JMeter wrote them', (name, variables) => {
    const writer = xmlWriter(save({ ...all, ...untimed }), variables, false);
    const samples = read(golden(name));
    const elements = samples.map(([sample, node]) =>
      written(
        writer,
        event(
          sample,
          variables.map((v) => node.attributes.get(xmlName(v))),
        ),
      ),
    );
    expect(samples.length).toBeGreaterThan(2);
    expect(`<testResults>\n${elements.join('')}</testResults>\n`).toBe(golden(name));
  });
});

interface Node {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Node[];
  text: string;
}

/** The samples of a recording; no XML parser takes its control characters. */
function read(xml: string): [Sample, Node][] {
  const plain = (text: string): string =>
    text.replace(/&(?:#x([0-9a-f]+)|(\w+));/g, (_, hex, name) =>
      hex
        ? String.fromCharCode(Number.parseInt(hex, 16))
        : ({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[name as string] ?? ''),
    );
  const open: Node[] = [{ tag: '', attributes: new Map(), children: [], text: '' }];
  for (const [, close, tag = '', attributes = '', empty, text = ''] of xml.matchAll(
    /<(\/?)([\w.]+)((?: [^=>]+="[^"]*")*)(\/?)>([^<]*)/g,
  )) {
    if (close) {
      open.pop();
      continue;
    }
    const pairs = [...attributes.matchAll(/ ([^=]+)="([^"]*)"/g)].map(([, k = '', v = '']) => [k, plain(v)] as const);
    const node: Node = { tag, attributes: new Map(pairs), children: [], text: plain(text) };
    open.at(-1)?.children.push(node);
    if (!empty) open.push(node);
  }
  return (open[0]?.children[0]?.children ?? []).map((node) => [sampleFrom(node), node]);
}

function sampleFrom(node: Node): Sample {
  const a = (name: string): string => node.attributes.get(name) ?? '';
  const child = (tag: string): string | undefined => node.children.find((c) => c.tag === tag)?.text;
  const sample = sampleOf({
    label: a('lb'),
    code: a('rc'),
    message: a('rm'),
    threadName: a('tn'),
    dataType: a('dt'),
    encoding: a('de'),
  });
  if (sample.dataType === 'text') sample.setText(child('responseData') ?? '');
  Object.assign(sample, { sentBytes: Number(a('sby')), url: child('java.net.URL'), samplerData: child('samplerData') });
  Object.assign(sample, { responseHeaders: child('responseHeader'), requestHeaders: child('requestHeader') });
  if (node.tag === 'httpSample') {
    const http = { cookies: child('cookies'), method: child('method'), queryString: child('queryString') };
    sample.http = {};
    Object.assign(sample.http, http, { redirectLocation: child('redirectLocation') });
  }
  for (const c of node.children) {
    if (/sample$/i.test(c.tag)) sample.addRawSubSample(sampleFrom(c), false);
    if (c.tag !== 'assertionResult') continue;
    const part = (tag: string): string | undefined => c.children.find((p) => p.tag === tag)?.text;
    const result = Object.assign(new AssertionResult(part('name') ?? ''), { message: part('failureMessage') });
    sample.addAssertion(
      Object.assign(result, { failure: part('failure') === 'true', error: part('error') === 'true' }),
    );
  }
  sample.headersSize = Number(a('by')) - sample.body;
  sample.success = a('s') === 'true';
  return sample;
}
