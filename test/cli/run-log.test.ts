import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { logLevels } from '../../src/cli/log-levels.js';
import { parseFlags } from '../../src/cli/parse-flags.js';
import { logFileName, openRunLog } from '../../src/cli/run-log.js';

const levels = (...args: string[]) => logLevels(parseFlags('jmeter', args));

describe('the run log', () => {
  it("has JMeter's lines, is begun anew and makes its folder", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'log-'));
    const file = path.join(folder, 'sub', 'run.log');
    openRunLog(file, levels()).close();
    fs.appendFileSync(file, 'old');
    const log = openRunLog(file, levels(), { now: () => new Date(2024, 2, 5, 10, 11, 12, 1).getTime() });
    log.write('INFO', 'o.a.j.r.Summariser', 'summary = 1');
    log.write('DEBUG', 'o.a.j.r.Summariser', 'not said');
    log.close();
    expect(fs.readFileSync(file, 'utf8')).toBe('2024-03-05 10:11:12,001 INFO o.a.j.r.Summariser: summary = 1\n');
    fs.rmSync(folder, { recursive: true });
  });
  it('says as much as -L asks for, per package', () => {
    expect(levels().allows('INFO', 'o.a.j.JMeter')).toBe(true);
    expect(levels('-LERROR').allows('WARN', 'o.a.j.JMeter')).toBe(false);
    const some = levels('-LWARN', '-Ljmeter.threads=DEBUG', '-Ljmeter.threads.JMeterThread=OFF');
    expect(some.allows('DEBUG', 'o.a.j.t.ThreadGroup')).toBe(true);
    expect(some.allows('ERROR', 'o.a.j.t.JMeterThread')).toBe(false);
    expect(some.allows('INFO', 'o.a.j.e.StandardJMeterEngine')).toBe(false);
    expect(some.lowest).toBe(1);
    expect(levels('-LNONSENSE').allows('INFO', 'x')).toBe(true);
  });
  it('replaces date patterns in its name, with the lost character of JMeter', () => {
    const format = (pattern: string) => `<${pattern}>`;
    const name = (text: string) => logFileName(text, new Date(0), format);
    expect(name("run_'yyyyMMdd'.log")).toBe('run_<yyyyMMdd>.log');
    expect(name("a'y'b'M'.log")).toBe('a<y>b<M>.log');
    expect(name("a'y'x")).toBe('a<y>');
    expect(name("a'y")).toBe("a'y");
    expect(name('plain.log')).toBe('plain.log');
  });
});
