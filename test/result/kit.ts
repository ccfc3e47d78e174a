/** Settings and samples for the tests of results. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Properties, Sample, type SampleEvent } from '../../src/model/index.js';
import type { EventWriter } from '../../src/result/csv.js';
import { type SaveSettings, saveSettings } from '../../src/result/index.js';
import { RowBytes } from '../../src/result/row-bytes.js';
import { fakeTest, fakeUser } from '../kit.js';

/** Settings from properties without their common prefix. */
export function settings(of: Record<string, string> = {}): SaveSettings {
  const properties = new Properties();
  for (const [name, value] of Object.entries(of)) properties.set(`jmeter.save.saveservice.${name}`, value);
  return saveSettings(properties);
}

const user = fakeUser({ test: fakeTest({ hostName: 'box' }) });
export const event = (sample: Sample, variables: (string | undefined)[] = []): SampleEvent => ({
  sample,
  user,
  variables,
});

/** The text that a writer writes of an event. */
export function written(write: EventWriter, of: SampleEvent): string {
  const rows = new RowBytes();
  write(rows, of);
  return Buffer.from(rows.view()).toString();
}

/** A successful sample at a fixed time. */
export function sampleOf(over: Partial<Sample> = {}): Sample {
  const sample = new Sample();
  sample.stamp(1_700_000_000_123, 45);
  return Object.assign(
    sample,
    { label: 'home', code: '200', message: 'OK', success: true, threadName: 'TG 1-1', dataType: 'text' },
    over,
  );
}

export const folder = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'results-'));
