import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockFile } from '../../../src/element/config/lock-file.js';
import { variablesFromCsv } from '../../../src/element/config/variables-from-csv.js';
import { StopTestNow } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place, planElement } from '../../kit-element.js';

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plugin-config-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));
const user = () => fakeUser({ test: fakeTest({ workingDirectory: folder }) });

describe('Variables From CSV', () => {
  const read = (data: string, props: Record<string, Given> = {}, by = user()) => {
    fs.writeFileSync(path.join(folder, 'v.csv'), data);
    const self = place(variablesFromCsv, { props: { filename: 'v.csv', delimiter: ',', ...props } });
    return Object.fromEntries(variablesFromCsv.variables?.(self.props(by), by.test) ?? []);
  };
  it('reads names and values, skips comments, and lets the last of equal names win', () => {
    const data = '# no\na,1,more\nb\n\nc,,2\na,3\n';
    expect(read(data, { variablesPrefix: 'p_' })).toEqual({ p_a: '3', p_b: '', p_c: '' });
    expect(read('x,y\na,1', { skipLines: '1' })).toEqual({ a: '1' });
  });
  it('takes a quote for the start of a value of many lines, even when it is closed', () => {
    expect(read('a,"1\n2\n3"\nb,4\n')).toEqual({ a: '1\n2\n3', b: '4' });
    expect(read('a,"1"\nb,4\n')).toEqual({ b: '4' });
  });
  it('sets system properties that are not there yet', () => {
    const by = user();
    by.test.properties.system.set('old', 'kept');
    read('old,1\nnew,2', { storeSysProp: true }, by);
    expect([by.test.properties.get('old'), by.test.properties.get('new')]).toEqual(['kept', '2']);
  });
  it('needs a delimiter; a file that is not there gives nothing, and is told before the run', () => {
    expect(() => read('a,1', { delimiter: '' })).toThrow('CSV separator cannot be empty');
    expect(read('a,1', { filename: 'none.csv' })).toEqual({});
    const context = { planFile: 'p.jmx' } as Parameters<NonNullable<typeof variablesFromCsv.check>>[1];
    const problems = variablesFromCsv.check?.(planElement(variablesFromCsv, { filename: 'none.csv' }), context);
    expect(problems?.map(({ code }) => code)).toEqual(['W213']);
  });
});

describe('Lock File', () => {
  const at = (props: Record<string, Given>) => {
    const by = user();
    const self = place(lockFile, { props });
    return {
      begin: () => lockFile.testStarted?.(self.props(by), by, self),
      end: () => lockFile.testEnded?.(self.props(by), by, self),
    };
  };
  const there = () => fs.existsSync(path.join(folder, 'run.lock'));

  it('is there as long as the run', () => {
    const lock = at({ filename: 'run.lock', filemask: '' });
    lock.begin();
    expect(there()).toBe(true);
    expect(() => at({ filename: 'run.lock' }).begin()).toThrow(new StopTestNow('Lock file found: run.lock'));
    const masked = at({ filename: 'other.lock', filemask: '*n.l?ck' });
    expect(() => masked.begin()).toThrow('Lock file found by pattern *n.l?ck');
    lock.end();
    expect(there()).toBe(false);
    masked.begin();
    masked.end();
  });
  it('without a name is none; one that cannot be made ends the run', () => {
    expect(() => at({ filename: '' }).begin()).not.toThrow();
    expect(() => at({ filename: 'no/such/folder.lock' }).begin()).toThrow('Could not create lock file');
  });
});
