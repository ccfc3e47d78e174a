import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AssertionResult } from '../../src/model/index.js';
import { csvHeader, csvWriter } from '../../src/result/csv.js';
import { event, sampleOf, settings, written } from './kit.js';

const golden = (name: string): string => fs.readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
const row = (of: ReturnType<typeof sampleOf>, save: Record<string, string> = {}): string =>
  written(csvWriter(settings(save), []), event(of));

describe('header', () => {
  it('has the columns that JMeter ships with', () => {
    expect(csvHeader(settings(), [])).toBe(
      'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n',
    );
  });
  it('has all columns in order, the delimiter, and variables in quotes', () => {
    const all = { filename: 'true', encoding: 'TRUE', sample_count: 'true', hostname: 'true', default_delimiter: ';' };
    expect(csvHeader(settings(all), [' a ', 'b'])).toBe(
      'timeStamp;elapsed;label;responseCode;responseMessage;threadName;dataType;success;failureMessage;bytes;sentBytes;grpThreads;allThreads;URL;Filename;Latency;Encoding;SampleCount;ErrorCount;Hostname;IdleTime;Connect;" a ";"b"\n',
    );
  });
});

describe('row', () => {
  it('has every value in its place', () => {
    const sample = sampleOf({
      url: 'http://x/',
      sentBytes: 9,
      groupThreads: 2,
      allThreads: 3,
      latency: 7,
      connectTime: 4,
    });
    sample.headersSize = 100;
    sample.setText('body');
    const all = { filename: 'true', encoding: 'true', sample_count: 'true', hostname: 'true' };
    expect(row(sample, all)).toBe(
      '1700000000123,45,home,200,OK,TG 1-1,text,true,,104,9,2,3,http://x/,,7,UTF-8,1,0,box,0,4\n',
    );
  });
  it('says null for a missing URL and an undefined variable', () => {
    expect(written(csvWriter(settings(), ['a', 'b']), event(sampleOf(), [undefined, 'x,y']))).toMatch(
      /,null,0,0,0,null,"x,y"\n$/,
    );
  });
  it('quotes what holds delimiter, quote, CR or LF and nothing else', () => {
    const label = (text: string, delimiter = ','): string => {
      const only = { timestamp_format: 'none', time: 'false', default_delimiter: delimiter };
      return row(sampleOf({ label: text, url: 'u' }), only).split(`${delimiter}200${delimiter}`)[0] ?? '';
    };
    expect(label('a,b')).toBe('"a,b"');
    expect(label('say "hi"')).toBe('"say ""hi"""');
    expect(label('a\rb')).toBe('"a\rb"');
    expect(label('a\nb')).toBe('"a\nb"');
    expect(label(" a;b|c\t'\0 ")).toBe(" a;b|c\t'\0 ");
    expect(label('a;b', ';')).toBe('"a;b"');
    expect(label('a,b', ';')).toBe('a,b');
    expect(label('a|b', '|')).toBe('"a|b"');
    expect(label('a\tb', '\\t').startsWith('"a\tb"')).toBe(true);
    expect(label('a\\b]c^d-e', ']')).toBe('"a\\b]c^d-e"');
  });
  it('has texts beyond ASCII as they are, quoted where the others are too', () => {
    const labels = ['Größe', 'Größe, "neu"', '\u00a0,', '漢字💳', '💳,'];
    const written = labels.map((label) => row(sampleOf({ label })).slice('1700000000123,45,'.length).split(',200,')[0]);
    expect(written).toEqual(['Größe', '"Größe, ""neu"""', '"\u00a0,"', '漢字💳', '"💳,"']);
  });
  it('has the first assertion message, also of an assertion that passed', () => {
    const sample = sampleOf();
    sample.addAssertion(new AssertionResult('passed'));
    sample.addAssertion(new AssertionResult('failed').fail('not "that"'));
    expect(row(sample)).toContain(',false,"not ""that""",');
  });
  it('keeps negative numbers and large ones', () => {
    expect(row(sampleOf({ elapsed: -1, latency: 123456 }))).toContain('1700000000123,-1,');
    const elapsed = (of: number): string | undefined => row(sampleOf({ elapsed: of })).split(',')[1];
    const numbers = [0, 9, 10, 99, 100, 4096, 123_456, 2_147_483_647, 2_147_483_648, 9_007_199_254_740_991, 1.5];
    expect(numbers.map(elapsed)).toEqual(numbers.map(String));
    // The sign is not quoted where it is the delimiter.
    expect(row(sampleOf({ elapsed: -1 }), { default_delimiter: '-' })).toMatch(/^1700000000123--1-home-/);
  });
  it('stamps the end when asked to, and the first millisecond', () => {
    const end = { ...settings(), stampStart: false };
    expect(written(csvWriter(end, []), event(sampleOf()))).toMatch(/^1700000000168,/);
    expect(row(sampleOf({ startTime: 7 }))).toMatch(/^7,/);
    // Recorded: a date that holds the delimiter is quoted.
    expect(row(sampleOf({ startTime: 86_400_000 * 400 }), { timestamp_format: 'yyyy,MM' })).toMatch(/^"1971,02",/);
    expect(row(sampleOf({ startTime: 1_700_000_000_000 }))).toMatch(/^1700000000000,/);
  });
  it('leaves the value out, not the column, when only the listener asks for a time stamp', () => {
    const off = { ...settings({ timestamp_format: 'none' }), timestamp: true };
    expect(csvHeader(off, [])).toMatch(/^timeStamp,elapsed/);
    expect(written(csvWriter(off, []), event(sampleOf()))).toMatch(/^45,home,/);
  });
  it('can be empty', () => {
    const nothing = Object.fromEntries(Object.entries(settings()).map(([k, v]) => [k, v === true ? false : v]));
    expect(written(csvWriter({ ...settings(), ...nothing }, []), event(sampleOf()))).toBe('\n');
  });
});

describe('sub-samples', () => {
  const nested = (depth: number) => {
    const top = sampleOf({ label: 'L0' });
    let last = top;
    for (let i = 1; i <= depth; i++) {
      const sub = sampleOf({ label: `L${i}` });
      last.addRawSubSample(sub, false);
      last = sub;
    }
    return top;
  };
  it('follow their parent depth-first, down to eleven levels', () => {
    const labels = row(nested(13))
      .trim()
      .split('\n')
      .map((line) => line.split(',')[2]);
    expect(labels).toEqual(Array.from({ length: 12 }, (_, i) => `L${i}`));
  });
  it('are left out when they are off', () => {
    expect(row(nested(2), { subresults: 'false' }).trim().split('\n')).toHaveLength(1);
  });
});

describe('recorded rows', () => {
  it('come out as JMeter wrote them', () => {
    for (const name of ['jtl-quoting-labels-and-messages.csv', 'jtl-sample-variables.csv']) {
      const [head, ...rows] = parse(golden(name));
      const variables = (head ?? []).slice(15);
      const columns = {
        timestamp_format: 'none',
        time: 'false',
        encoding: 'true',
        sample_count: 'true',
        latency: 'false',
      };
      const save = settings({ ...columns, idle_time: 'false', connect_time: 'false' });
      const writer = csvWriter(save, variables);
      const lines = rows.map((cells) =>
        written(
          writer,
          event(
            sampleFrom(cells),
            cells.slice(15).map((v) => (v === 'null' ? undefined : v)),
          ),
        ),
      );
      expect(csvHeader(save, variables).replaceAll('"', '') + lines.join('')).toBe(golden(name));
    }
  });
});

function sampleFrom(cells: readonly string[]) {
  const [label = '', code = '', message = '', threadName = '', dataType = '', ...more] = cells;
  const [success, failure, bytes, sent, group, all, url, encoding, , errors] = more;
  const sample = sampleOf({ label, code, message, threadName, dataType });
  sample.encoding = encoding;
  sample.url = url === 'null' ? undefined : url;
  Object.assign(sample, { explicitBytes: Number(bytes), sentBytes: Number(sent), groupThreads: Number(group) });
  sample.allThreads = Number(all);
  if (failure) sample.addAssertion(new AssertionResult('a').fail(failure));
  sample.success = success === 'true';
  expect(sample.errorCount).toBe(Number(errors));
  return sample;
}

function parse(text: string): string[][] {
  const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(,|\n)/g)];
  const rows: string[][] = [[]];
  for (const [, cell = '', end] of cells) {
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

it('counts half of a surrogate pair in the data as one byte, as Java writes it', () => {
  const sample = sampleOf();
  sample.setText('\ud83d!💳');
  expect([sample.bytes, sample.text]).toEqual([6, '?!💳']);
});
