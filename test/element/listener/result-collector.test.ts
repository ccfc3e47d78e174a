import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { resultCollector } from '../../../src/element/listener/result-collector.js';
import { summariser } from '../../../src/element/listener/summariser.js';
import { type Element, type Named, type Placed, type Props, Sample, type User } from '../../../src/model/index.js';
import { fakeTest, fakeUser, SimulatedClock } from '../../kit.js';

function placed<P extends Props>(element: Element<P>): Placed<P> {
  const plan = { tag: '', name: '', enabled: true, guiClass: '', properties: [], children: [], place: {} };
  return { element, plan, path: 'plan/listener', props: () => expect.fail('values are handed over') };
}

/** Runs a collector over a good and a bad sample; what stands in its file then. */
function collect(
  of: Partial<Named<typeof resultCollector.props>>,
  save: Record<string, string> = { label: 'true' },
): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'collector-'));
  const test = fakeTest({ workingDirectory: directory, planDirectory: directory, clock: new SimulatedClock() });
  const user: User = fakeUser({ test });
  const self = placed(resultCollector);
  const values = {
    name: 'x',
    file: 'out.jtl',
    onlyErrors: false,
    onlySuccesses: false,
    save: new Map(Object.entries(save)),
    ...of,
  };
  resultCollector.testStarted?.(values, user, self);
  for (const label of ['good', 'bad']) {
    const sample = Object.assign(new Sample(), { label, success: label === 'good' });
    resultCollector.listen?.(values, { sample, user, variables: [] }, self);
  }
  resultCollector.testEnded?.(values, user, self);
  const file = path.join(directory, 'out.jtl');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : `nothing; ${test.log.lines.join('; ')}`;
}

describe('result collector', () => {
  it('writes what its saveConfig names, in the working directory', () => {
    expect(collect({})).toBe('good\nbad\n');
    expect(collect({}, { label: 'true', success: 'true', fieldNames: 'true' })).toBe(
      'label,success\ngood,true\nbad,false\n',
    );
  });
  it('uses the properties when it has no saveConfig', () => {
    expect(collect({ save: undefined })).toMatch(/^timeStamp,elapsed,label,/);
  });
  it('can want only errors or only successes; with both flags everything, as in JMeter', () => {
    expect(collect({ onlyErrors: true })).toBe('bad\n');
    expect(collect({ onlySuccesses: true })).toBe('good\n');
    expect(collect({ onlyErrors: true, onlySuccesses: true })).toBe('good\nbad\n');
  });
  it('without a file name only listens', () => {
    expect(collect({ file: '' })).toBe('nothing; ');
  });
  it('goes on without a file that cannot be opened, and says so in the log', () => {
    expect(collect({ file: '/dev/null/x.jtl' })).toMatch(
      /^nothing; ERROR .*E402: the results file \/dev\/null\/x\.jtl cannot be written: /,
    );
  });
});

describe('summariser', () => {
  it('shares the figures of its name and prints once, to console and log', () => {
    const printed: string[] = [];
    const clock = new SimulatedClock(1_700_042_410_000);
    const test = fakeTest({ clock, print: (line) => printed.push(line) });
    const user = fakeUser({ test });
    const two = [placed(summariser), placed(summariser)];
    for (const self of two) summariser.testStarted?.({ name: 'mine' }, user, self);
    const sample = Object.assign(new Sample(), { elapsed: 7, success: true });
    for (const self of two) summariser.listen?.({ name: 'mine' }, { sample, user, variables: [] }, self);
    for (const self of two) summariser.testEnded?.({ name: 'mine' }, user, self);
    expect(printed).toEqual([
      'mine =      2 in 00:00:00 = ******/s Avg:     7 Min:     7 Max:     7 Err:     0 (0.00%)',
    ]);
    expect(test.log.lines).toEqual([`INFO o.a.j.r.Summariser: ${printed[0]}`]);
  });
});
