import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/problem.js';
import { openResults, type ResultsOptions } from '../../src/result/index.js';
import { SimulatedClock } from '../kit.js';
import { event, folder, sampleOf, settings } from './kit.js';

const LABEL_ONLY = Object.fromEntries(
  'timestamp_format=none time response_code response_message thread_name data_type successful assertion_results_failure_message bytes sent_bytes thread_counts url latency idle_time connect_time'
    .split(' ')
    .map((flag) => [flag.split('=')[0] ?? '', flag.split('=')[1] ?? 'false']),
);
const csv = settings(LABEL_ONLY);
const xml = settings({ ...LABEL_ONLY, output_format: 'xml' });

function open(over: Partial<ResultsOptions> & { file: string }) {
  const directory = path.dirname(over.file);
  return openResults({
    settings: csv,
    clock: new SimulatedClock(),
    workingDirectory: directory,
    planDirectory: directory,
    variables: [],
    functionalMode: false,
    onProblem: (problem) => expect.fail(problem.text),
    ...over,
  });
}
const labelled = (label: string) => event(sampleOf({ label }));
/** Opens, writes these labels, closes; what the file holds then. */
function run(file: string, labels: string[], over: Partial<ResultsOptions> = {}): string {
  const results = open({ file, ...over });
  for (const label of labels) results.write(labelled(label));
  results.close();
  return fs.readFileSync(file, 'utf8');
}

describe('a CSV file', () => {
  it('has a header when it is new, and its folders are made', () => {
    expect(run(path.join(folder(), 'a/b/out.jtl'), ['one', 'two'])).toBe('label\none\ntwo\n');
  });
  it('that exists is appended to without a header, even when it is empty', () => {
    const file = path.join(folder(), 'out.jtl');
    run(file, ['one']);
    expect(run(file, ['two'])).toBe('label\none\ntwo\n');
    fs.writeFileSync(file, '');
    expect(run(file, ['three'])).toBe('three\n');
  });
  it('has no header when it is off', () => {
    expect(
      run(path.join(folder(), 'x'), ['a'], { settings: settings({ ...LABEL_ONLY, print_field_names: 'false' }) }),
    ).toBe('a\n');
  });
  it('writes half of a surrogate pair as a question mark, and pairs as they are', () => {
    expect(run(path.join(folder(), 'x'), ['a\ud83d', '\ude00b', '💳'])).toBe('label\na?\n?b\n💳\n');
  });
});

describe('an XML file', () => {
  const START = '<?xml version="1.0" encoding="UTF-8"?>\n<testResults version="1.2">\n';
  it('has a start and an end with an empty line before it', () => {
    expect(run(path.join(folder(), 'x'), ['a'], { settings: xml })).toBe(
      `${START}<sample lb="a"/>\n\n</testResults>\n`,
    );
  });
  it('that has its end is appended to', () => {
    const file = path.join(folder(), 'x');
    run(file, ['a'], { settings: xml });
    expect(run(file, ['b'], { settings: xml })).toBe(
      `${START}<sample lb="a"/>\n\n<sample lb="b"/>\n\n</testResults>\n`,
    );
  });
  it('that has no end, or is something else, is written anew', () => {
    const file = path.join(folder(), 'x');
    fs.writeFileSync(file, `${START}<sample lb="a"/>\n`);
    expect(run(file, ['b'], { settings: xml })).toBe(`${START}<sample lb="b"/>\n\n</testResults>\n`);
    fs.writeFileSync(file, '</testResults>');
    expect(run(file, ['c'], { settings: xml })).toBe(`${START}<sample lb="c"/>\n\n</testResults>\n`);
  });
});

describe('names', () => {
  it('are relative to the working directory, or with ~/ to the plan', () => {
    const [work, plan] = [folder(), folder()];
    for (const file of ['a.jtl', '~/b.jtl']) open({ file, workingDirectory: work, planDirectory: plan }).close();
    expect([...fs.readdirSync(work), ...fs.readdirSync(plan)]).toEqual(['a.jtl', 'b.jtl']);
  });
  it('of one file share its writer, and the first decides the header and the end', () => {
    const directory = folder();
    fs.symlinkSync(directory, `${directory}-link`);
    const first = open({ file: path.join(directory, 'x') });
    const second = open({ file: `${directory}-link/../${path.basename(directory)}/x`, settings: xml });
    first.write(labelled('a'));
    first.close();
    second.write(labelled('b'));
    second.close();
    expect(fs.readFileSync(path.join(directory, 'x'), 'utf8')).toBe('label\na\n<sample lb="b"/>\n');
  });
  it('take a sample once per spelling, not once per file', () => {
    const file = path.join(folder(), 'x');
    const directory = path.dirname(file);
    const files = [open({ file }), open({ file }), open({ file: 'x', workingDirectory: directory })];
    const sample = labelled('a');
    for (const each of files) each.write(sample);
    for (const each of files) each.close();
    expect(fs.readFileSync(file, 'utf8')).toBe('label\na\na\n');
  });
  it('that cannot be opened are a problem', () => {
    const directory = folder();
    fs.writeFileSync(path.join(directory, 'file'), '');
    expect(() => open({ file: path.join(directory, 'file/below/x') })).toThrow(/results file .* cannot be written: /);
    expect(() => open({ file: directory })).toThrow('it is a directory');
  });
});

describe('rows', () => {
  it('are in the file half a second later, and nothing waits for nothing', async () => {
    const clock = new SimulatedClock();
    const file = path.join(folder(), 'x');
    const results = open({ file, clock });
    await clock.advance(500);
    expect(clock.pending).toBe(0);
    results.write(labelled('a'));
    await clock.advance(499);
    expect(fs.readFileSync(file, 'utf8')).toBe('label\n');
    await clock.advance(1);
    expect(fs.readFileSync(file, 'utf8')).toBe('label\na\n');
    results.write(labelled('b'));
    results.close();
    expect(clock.pending).toBe(0);
  });
  it('go out in chunks of whole rows, at once with autoflush', () => {
    const chunks: string[] = [];
    const write = (_: number, text: string | Uint8Array): number =>
      chunks.push(String(text)) && Buffer.byteLength(text);
    const many = Array.from({ length: 20_000 }, (_, i) => `label ${i}`);
    run(path.join(folder(), 'x'), many, { write });
    expect(chunks.join('')).toBe(`label\n${many.join('\n')}\n`);
    expect(chunks.length).toBeLessThan(10);
    for (const chunk of chunks) expect(chunk.endsWith('\n')).toBe(true);
    chunks.length = 0;
    run(path.join(folder(), 'x'), ['a', 'b'], { write, settings: settings({ ...LABEL_ONLY, autoflush: 'true' }) });
    expect(chunks).toEqual(['label\n', 'a\n', 'b\n']);
  });
  it('come in their order, however long', () => {
    const labels = ['a', 'x'.repeat(100_000), 'b', 'ö'.repeat(2_000_000), 'c'];
    expect(run(path.join(folder(), 'x'), labels)).toBe(`label\n${labels.join('\n')}\n`);
  });
  it('of a sample that cannot tell a value are left out whole', () => {
    const file = path.join(folder(), 'x');
    const results = open({ file, settings: settings({ ...LABEL_ONLY, url: 'true' }) });
    const broken = Object.defineProperty(sampleOf({ label: 'broken' }), 'url', {
      get() {
        throw new Error('no address');
      },
    });
    results.write(labelled('a'));
    expect(() => results.write(event(broken))).toThrow('no address');
    results.write(labelled('b'));
    results.close();
    expect(fs.readFileSync(file, 'utf8')).toBe('label,URL\na,null\nb,null\n');
  });
  it('are finished when the system takes only part of a chunk', () => {
    const write = (fd: number, text: string | Uint8Array): number => fs.writeSync(fd, Buffer.from(text).subarray(0, 5));
    expect(run(path.join(folder(), 'x'), ['ÄÖÜ💳', 'b'], { write })).toBe('label\nÄÖÜ💳\nb\n');
  });
  it('that do not fit on the disk are told once, and the file keeps whole rows and its end', async () => {
    const clock = new SimulatedClock();
    const told: Problem[] = [];
    let room = 0;
    const write = (fd: number, text: string | Uint8Array): number => {
      const part = Buffer.from(text).subarray(0, room);
      if (part.length === 0)
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      room -= part.length;
      return fs.writeSync(fd, part);
    };
    const file = path.join(folder(), 'x');
    const results = open({ file, clock, write, settings: xml, onProblem: (problem) => told.push(problem) });
    room = 1000;
    results.write(labelled('a'));
    results.flush();
    room = 4;
    results.write(labelled('b'));
    await clock.advance(500);
    results.write(labelled('c'));
    await clock.advance(500);
    room = 1000;
    results.close();
    expect(told.map(({ code, text }) => `${code} ${text}`)).toEqual([
      `E402 the results file ${file} cannot be written: no space left on the device; the samples from here on are not in it`,
    ]);
    expect(fs.readFileSync(file, 'utf8')).toMatch(/\n<sample lb="a"\/>\n\n<\/testResults>\n$/);
  });
});
