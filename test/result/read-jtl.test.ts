import fs from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Properties } from '../../src/model/index.js';
import { type JtlSample, readJtl } from '../../src/result/index.js';
import { folder } from './kit.js';

const place = folder();
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

interface Found {
  readonly samples: JtlSample[];
  readonly unreadable: number[];
}

async function readFile(file: string, properties: Readonly<Record<string, string>> = {}): Promise<Found> {
  const found: Found = { samples: [], unreadable: [] };
  const all = new Properties();
  for (const [name, value] of Object.entries(properties)) all.set(name, value);
  await readJtl(file, all, {
    sample: (sample) => found.samples.push(sample),
    unreadable: (line) => found.unreadable.push(line),
  });
  return found;
}

function read(text: string, properties: Readonly<Record<string, string>> = {}): Promise<Found> {
  const file = path.join(place, 'results.jtl');
  fs.writeFileSync(file, text);
  return readFile(file, properties);
}

const labels = ({ samples }: Found): string[] => samples.map(({ label }) => label);

describe('reading a CSV results file', () => {
  it('takes what stands in it', async () => {
    const { samples } = await read(
      'timeStamp,elapsed,label,threadName,success,bytes,sentBytes\n1700000000000,45,home,TG 1-1,true,120,30\n',
    );
    expect(samples).toEqual([
      {
        label: 'home',
        threadName: 'TG 1-1',
        startTime: 1_700_000_000_000,
        endTime: 1_700_000_000_045,
        elapsed: 45,
        success: true,
        bytes: 120,
        sentBytes: 30,
        sampleCount: 1,
        errorCount: 0,
      },
    ]);
  });

  it('knows a header in any order and case, in quotes, with a mark of the encoding and columns of others', async () => {
    const found = await read('\ufeff"Elapsed","grade","LABEL","success"\n"7","A","a","true"\n"8","B","b","true"\n');
    expect(found.samples).toMatchObject([
      { label: 'a', elapsed: 7, success: true },
      { label: 'b', elapsed: 8, success: true },
    ]);
  });

  it('finds the delimiter where it is not the one of the properties', async () => {
    for (const sign of [';', '\t', '|', '~']) {
      const found = await read(`elapsed,label,success\n7,"a${sign}, b",true\n`.replaceAll(/,(?! )/g, sign));
      expect(found.samples).toMatchObject([{ label: `a${sign}, b`, elapsed: 7, success: true }]);
    }
    const row = '1700000000000;7;home;200;OK;TG 1-1;text;true;;1;2;1;1;null;0;0;0\n';
    expect(labels(await read(row))).toEqual(['home']);
  });

  it('reads a file without a header by the properties', async () => {
    const prefix = 'jmeter.save.saveservice.';
    const found = await read("2023-11-04T22:13:20+01;5;'a';true\n2023-11-04T22:13:21+01;5;b;true\n", {
      ...Object.fromEntries(
        ['response_code', 'response_message', 'thread_name', 'data_type', 'assertion_results_failure_message', 'bytes']
          .concat(['sent_bytes', 'thread_counts', 'url', 'latency', 'idle_time', 'connect_time'])
          .map((name) => [prefix + name, 'false']),
      ),
      [`${prefix}default_delimiter`]: ';',
      [`${prefix}timestamp_format`]: "yyyy-MM-dd'T'HH:mm:ssX",
      'sampleresult.timestamp.start': 'false',
    });
    const end = Date.UTC(2023, 10, 4, 21, 13, 20);
    expect(found.samples).toMatchObject([
      { label: "'a'", endTime: end, startTime: end - 5 },
      { label: 'b', endTime: end + 1000 },
    ]);
  });

  it('leaves out rows that cannot be read and tells their lines', async () => {
    const found = await read(
      'timeStamp,elapsed,label,bytes\n1,2,ok,\n\nx,2,no stamp,1\n1,x,no time,1\n1,2,short\n1,2,"of\ntwo\r\nlines",1\n1,2,bytes,many\n11/31/23,1,day,1\n1,2,last,"',
    );
    expect(labels(found)).toEqual(['ok', 'of\ntwo\r\nlines']);
    expect(found.unreadable).toEqual([4, 5, 6, 10, 11, 12]);
  });

  it('takes a quote within a field as it stands', async () => {
    expect(labels(await read('elapsed,label,success\n1,say "hi",true\n1,"a"b,true\n1,"""",true'))).toEqual([
      'say "hi"',
      'ab',
      '"',
    ]);
  });

  it('does not care where a piece of the file ends', async () => {
    const row = '1700000000000,5,"é ""x"", y\r\nz",true\r\n';
    const found = await read(`timeStamp,elapsed,label,success\r\n${row.repeat(20_000)}`);
    expect(found.unreadable).toEqual([]);
    expect(found.samples).toHaveLength(20_000);
    expect(new Set(labels(found))).toEqual(new Set(['é "x", y\r\nz']));
  });
});

describe('reading an XML results file', () => {
  const xml = (samples: string): string => `<?xml version="1.0"?>\n<testResults version="1.2">\n${samples}`;

  it('does not care where a piece of the file ends', async () => {
    const sample = `<sample t="1" ts="1" s="true" lb="a &gt;"><responseData>${'é'.repeat(99)}<![CDATA[<x>]]></responseData></sample>\n`;
    const found = await read(xml(sample.repeat(5000)));
    expect(found.samples).toHaveLength(5000);
    expect(found.samples.filter(({ label, bytes }) => label !== 'a >' || bytes !== 201)).toEqual([]);
  });

  it('keeps a text that only looks URL-encoded', async () => {
    expect(labels(await read('<testResults>\n<sample lb="50% off"/><sample lb="a%20b"/>'))).toEqual(['50% off', 'a b']);
  });

  it('knows the names of JMeter 2.0', async () => {
    const row = '<sampleResult timeStamp="5" time="7" label="a+b" threadName="T 1-1" success="false"/>';
    expect((await read(`<?xml version="1.0"?><testResults version="1.0">${row}</testResults>`)).samples).toMatchObject([
      { label: 'a b', threadName: 'T 1-1', startTime: 5, elapsed: 7, success: false },
    ]);
  });

  it('ends where the file ends', async () => {
    const found = await read(xml('<sample lb="a"/>\n<sample lb="b">\n</sample>\n<sample lb="c">\n<sample lb="d"/'));
    expect(labels(found)).toEqual(['a', 'b']);
    expect(found.unreadable).toEqual([6]);
  });
});

describe('reading results', () => {
  const cases = path.resolve('test/golden/cases');
  it('takes every file that JMeter wrote', async () => {
    const files = fs
      .readdirSync(cases, { recursive: true })
      .map((file) => path.join(cases, String(file)))
      .filter((file) => /\.(csv|xml)$/.test(file) && fs.existsSync(file.replace(/\w+$/, 'jmx')));
    expect(files.length).toBeGreaterThan(300);
    const silent: string[] = [];
    for (const file of files) {
      const { samples, unreadable } = await readFile(file);
      const lines = fs.readFileSync(file, 'utf8').split('\n');
      // What differs from run to run was replaced by an asterisk when these files were taken.
      const wrong = unreadable.filter(
        (line) =>
          !lines
            .slice(line - 1)
            .join('')
            .includes(',*'),
      );
      if (lines[0] === 'nothing') expect([samples, unreadable]).toEqual([[], [1]]);
      else if (wrong.length > 0 || samples.length === 0) silent.push(path.relative(cases, file));
    }
    expect(silent).toEqual([]);
  });

  it('says why a file cannot be read', async () => {
    await expect(readFile(path.join(place, 'none.jtl'))).rejects.toThrow(/none\.jtl cannot be read: no such file/);
    await expect(readFile(place)).rejects.toThrow('it is a directory');
  });
});
