import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { autoStop } from '../../../src/element/listener/auto-stop.js';
import { consoleStatusLogger } from '../../../src/element/listener/console-status-logger.js';
import { correctedResultCollector } from '../../../src/element/listener/corrected-result-collector.js';
import { flexibleFileWriter } from '../../../src/element/listener/flexible-file-writer.js';
import { resultSaver } from '../../../src/element/listener/result-saver.js';
import { nextName, rotatingResultCollector } from '../../../src/element/listener/rotating-result-collector.js';
import { type Element, type Named, type Props, Sample, type User } from '../../../src/model/index.js';
import { fakeTest, fakeUser, SimulatedClock } from '../../kit.js';

let directory: string;
let clock: SimulatedClock;
let user: User;
const printed: string[] = [];
let stops = 0;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'listener-'));
  clock = new SimulatedClock(1_700_000_000_000);
  printed.length = 0;
  stops = 0;
  const test = fakeTest({
    clock,
    workingDirectory: directory,
    planDirectory: path.join(directory, 'plan'),
    sampleVariables: ['a', 'b'],
    totalUsers: 9,
    print: (line) => printed.push(line),
    stopNow: () => void stops++,
  });
  user = fakeUser({ test });
});

/** A listener over samples, from the start of the test to its end. */
function listening<P extends Props>(element: Element<P>, values: Record<string, unknown>) {
  const all = { name: 'x', ...values } as Named<P>; // what the test does not name is not read
  const plan = { tag: '', name: '', enabled: true, guiClass: '', properties: [], children: [], place: {} };
  const self = { element, plan, path: 'plan/x', props: () => all };
  element.testStarted?.(all, user, self);
  return {
    hear: (sample: Sample, variables: (string | undefined)[] = []) =>
      element.listen?.(all, { sample, user, variables }, self),
    end: () => element.testEnded?.(all, user, self),
  };
}
const sampleOf = (over: Partial<Sample>, body = ''): Sample => {
  const sample = Object.assign(new Sample(), { success: true, ...over });
  sample.setText(body);
  return sample;
};
const files = (): string[] => fs.readdirSync(directory, { recursive: true }).map(String).sort();
const read = (name: string): string => fs.readFileSync(path.join(directory, name), 'utf8');

describe('Save Responses to a file', () => {
  const plain = {
    ...{ prefix: 'r', variable: '', digits: 0, onlyErrors: false, onlySuccesses: false, withoutNumber: false },
    ...{ withoutSuffix: false, stamped: false, ignoreTransactions: true },
  };
  it('numbers its files, and takes their endings from the content type', () => {
    const saver = listening(resultSaver, { ...plain, digits: 3 });
    for (const contentType of ['text/html;charset=utf-8', 'application/json', 'text', ''])
      saver.hear(sampleOf({ contentType }));
    expect(files()).toEqual(['r001.html', 'r002.json', 'r003.unknown', 'r004.unknown']);
  });
  it('saves sub-samples too, tells the names, and leaves out transactions', () => {
    const parent = sampleOf({ message: 'Number of samples in transaction : 1, number of failing samples : 0' });
    parent.subSamples = [sampleOf({}, 'one'), sampleOf({}, 'two')];
    listening(resultSaver, { ...plain, prefix: '~/made/', variable: 'v', withoutSuffix: true }).hear(parent);
    const folder = path.join(directory, 'plan/made');
    expect([user.variables.get('v'), user.variables.get('v1'), user.variables.get('v2')]).toEqual([
      undefined,
      `${folder}1`,
      `${folder}2`,
    ]);
    expect(parent.subSamples.map((sub) => sub.fileName)).toEqual([`${folder}1`, `${folder}2`]);
    expect(read('plan/made2')).toBe('two');
  });
  it.each([
    [{ onlyErrors: true }, ['r1.unknown'], 'bad'],
    [{ onlySuccesses: true }, ['r1.unknown'], 'good'],
    [{ withoutNumber: true, withoutSuffix: true }, ['r'], 'bad'],
    [{ onlyErrors: true, onlySuccesses: true }, [], ''],
  ])('%j', (over, names, last) => {
    const saver = listening(resultSaver, { ...plain, ...over });
    saver.hear(sampleOf({}, 'good'));
    saver.hear(sampleOf({ success: false }, 'bad'));
    expect(files()).toEqual(names);
    if (names[0] !== undefined) expect(read(names[0])).toBe(last);
  });
  it('can put the start of the test into the names', () => {
    const now = new Date(1_700_000_000_000);
    listening(resultSaver, { ...plain, stamped: true }).hear(sampleOf({}));
    expect(files()[0]).toMatch(/^r2023111[45]-\d\d\d\d_1\.unknown$/);
    expect(files()[0]).toContain(`${String(now.getHours()).padStart(2, '0')}${now.getMinutes()}_`);
  });
});

describe('jp@gc Flexible File Writer', () => {
  const write = (columns: string, over: Record<string, unknown> = {}): string => {
    const writer = listening(flexibleFileWriter, {
      ...{ file: 'out.txt', header: '', footer: '', overwrite: false, columns },
      ...over,
    });
    const sample = sampleOf({ label: 'home', code: '200', startTime: 1_700_000_000_123, elapsed: 7 }, 'größe');
    sample.samplerData = 'asked';
    writer.hear(sample, ['A', undefined]);
    writer.end();
    return read('out.txt');
  };
  it.each([
    ['sampleLabel|;|responseCode|\\r\\n', 'home;200\r\n'],
    ['a||b', 'a|b'],
    ['', '|'],
    ['isSuccsessful|isFailed', '10'],
    ['startTime|\\t|startTimeMillis', '1700000000123\t1700000000.123'],
    ['responseTime| |responseTimeMicros', '7 7000'],
    ['sentBytes| |receivedBytes| |requestData', '5 7 asked'],
    ['variable#0|variable#1|variable#2', 'AUNDEFINED_variable#2'],
    ['variable#x', 'variable#x'],
    ['responseData|\\n', 'größe\n'],
    ['a\\\\n', 'a\\n'],
    ['sampleLabel|;|', 'home;'],
  ])('%s', (columns, expected) => {
    expect(write(columns)).toBe(expected);
  });
  it('adds to what is there, with header and footer, or begins anew', () => {
    write('x\\n', { header: 'h\\n', footer: 'f\\n' });
    expect(write('y\\n')).toBe('h\nx\nf\ny\n');
    expect(write('z', { overwrite: true })).toBe('z');
  });
  it('loses a record that is larger than the buffer', () => {
    user.test.properties.set('kg.apc.jmeter.reporters.FFWBufferSize', '3');
    expect(write('sampleLabel')).toBe('');
  });
  it('goes on without a file that cannot be opened', () => {
    const writer = listening(flexibleFileWriter, {
      file: 'no/such/x',
      columns: 'a',
      header: '',
      footer: '',
      overwrite: false,
    });
    writer.hear(sampleOf({}));
    writer.end();
    expect(files()).toEqual([]);
  });
});

describe('jp@gc Console Status Logger', () => {
  it('tells a second with the first sample of a later one', async () => {
    const logger = listening(consoleStatusLogger, {});
    logger.hear(sampleOf({ elapsed: 10, latency: 5, allThreads: 2 }));
    logger.hear(sampleOf({ elapsed: 21, latency: 5, allThreads: 3, success: false }));
    await clock.advance(1500);
    logger.hear(sampleOf({ elapsed: 1 }));
    await clock.advance(1500);
    logger.hear(sampleOf({}));
    expect(printed).toEqual([
      // The very first one at once: no second was running yet.
      '#0\tThreads: 2/9\tSamples: 1\tLatency: 5\tResp.Time: 10\tErrors: 0',
      '#1\tThreads: 3/9\tSamples: 1\tLatency: 5\tResp.Time: 21\tErrors: 1',
      '#3\tThreads: 0/9\tSamples: 1\tLatency: 0\tResp.Time: 1\tErrors: 0',
    ]);
  });
});

describe('jp@gc AutoStop', () => {
  const off = {
    ...{ time: '0', timeLength: '2', latency: '0', latencyLength: '', errors: '0', errorsLength: 'x' },
    ...{ percentileTime: '', percentileLength: '', percentile: '' },
  };
  async function run(values: Record<string, string>, sample: Partial<Sample>): Promise<number | undefined> {
    const watch = listening(autoStop, { ...off, ...values });
    for (let second = 0; second < 6; second++) {
      watch.hear(sampleOf(second === 0 ? {} : sample));
      if (stops > 0) return second;
      await clock.advance(1000);
    }
    return undefined;
  }
  it('stops when the average stays above the limit for long enough', async () => {
    expect(await run({ time: '100' }, { elapsed: 101 })).toBe(3);
    expect(printed).toEqual(['AutoStop - Average Response Time is more than 100 for 2s. Auto-shutdown test...']);
  });
  it('looks at latency, errors and percentiles', async () => {
    expect(await run({ latency: '5', latencyLength: '1' }, { latency: 6 })).toBe(2);
    stops = 0;
    expect(await run({ errors: '50', errorsLength: '1' }, { success: false })).toBe(2);
  });
  it('does nothing below the limits or without any', async () => {
    expect(await run({ time: '100' }, { elapsed: 100 })).toBeUndefined();
    expect(await run({}, { elapsed: 9999, success: false })).toBeUndefined();
  });
});

describe('collectors of plug-ins', () => {
  const collector = { file: 'res.csv', onlyErrors: false, onlySuccesses: false, save: new Map([['label', 'true']]) };
  it("jp@gc's always writes the thread counts", () => {
    const graph = listening(correctedResultCollector, collector);
    graph.hear(sampleOf({ label: 'l', groupThreads: 2, allThreads: 3 }));
    graph.end();
    expect(read('res.csv')).toBe('l,2,3,null,null\n');
  });
  it('the rotating one goes on in a new file after so many samples', () => {
    const rotating = listening(rotatingResultCollector, { ...collector, most: '2' });
    for (const label of ['a', 'b', 'c', 'd', 'e']) rotating.hear(sampleOf({ label }));
    rotating.end();
    expect([read('res.csv'), read('res.1.csv'), read('res.2.csv')]).toEqual(
      ['a\nb\n', 'c\nd\n', 'e\n'].map((rows) => rows.replaceAll('\n', ',null,null\n')),
    );
  });
  it.each([
    ['res', 'res', 'res.1'],
    ['res.1', 'res', 'res.2'],
    ['res.jtl', 'res.jtl', 'res.1.jtl'],
    ['res.1.jtl', 'res.jtl', 'res.2.jtl'],
    ['a.b.jtl', 'a.b.jtl', 'a.b.1.jtl'],
  ])('%s of %s is followed by %s', (name, original, next) => {
    expect(nextName(name, original)).toBe(next);
  });
});
