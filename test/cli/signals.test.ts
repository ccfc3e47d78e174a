import dgram from 'node:dgram';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchSignals } from '../../src/cli/signals.js';
import { Workplace } from './binary.js';
import { listener, plan, sleep } from './plans.js';

let at: Workplace;
beforeEach(() => {
  at = new Workplace();
});
afterEach(() => at.remove());

/** What is no whole row of sample A; a file without a row is broken too. */
const brokenRows = (): string[] => {
  const [, ...rows] = at.read('out.jtl').split('\n');
  const last = rows.pop();
  const broken = rows.filter((row) => !/^\d{13},\d+,A,(?:[^,]*,){11}\d+,\d+,\d+$/.test(row));
  return rows.length === 0 ? ['no rows'] : [...broken.slice(0, 3), ...(last === '' ? [] : [last ?? ''])];
};

const long = (): void => {
  at.write('p.jmx', plan(`${sleep('short', 1)}\n${sleep('long', 600_000)}`));
};
const slow = (): void => {
  at.write('p.jmx', plan(sleep('A', 20), { loops: -1 }));
};

describe('Ctrl-C', () => {
  it('once lets running samples finish and reports them', async () => {
    slow();
    const run = at.start(['-n', '-t', 'p.jmx', '-l', 'out.jtl', '-Jsummariser.interval=1']);
    await run.says('summary +');
    run.kill('SIGINT');
    const { code, out, err } = await run.ended;
    expect(code).toBe(130);
    expect(err).toContain('Stopping: running samples and timers end first; Ctrl-C again stops them now.\n');
    expect(out).toContain('... end of run');
    expect(brokenRows()).toEqual([]);
  });
  it('twice interrupts what waits', async () => {
    long();
    const run = at.start(['run', 'p.jmx', '-l', 'out.jtl', '-Jsummariser.interval=1']);
    await run.says('summary +');
    run.kill('SIGINT');
    await run.says('Stopping:');
    run.kill('SIGINT');
    const { code, out } = await run.ended;
    expect(code).toBe(130);
    expect(out).toMatch(/^short +1 +0/m);
    expect(at.read('out.jtl')).toContain(',short,');
  });
  it('SIGTERM ends with 143', async () => {
    slow();
    const run = at.start(['run', 'p.jmx', '-l', 'out.jtl', '-Jsummariser.interval=1']);
    await run.says('summary +');
    run.kill('SIGTERM');
    expect((await run.ended).code).toBe(143);
  });
});

describe('a terminal that closes', () => {
  const heard = (attached: boolean) => {
    const calls: string[] = [];
    const run = { stop: () => void calls.push('stop'), stopNow: () => void calls.push('stop now') };
    const watch = watchSignals(run, () => {}, attached);
    process.emit('SIGHUP');
    watch.undo();
    return [calls, watch.code];
  };
  it('stops its run at once', () => expect(heard(true)).toEqual([['stop now'], 129]));
  it('is nothing to a run that has none', async () => {
    expect(heard(false)).toEqual([[], undefined]);
    slow();
    const run = at.start(['run', 'p.jmx', '-l', 'out.jtl', '-Jsummariser.interval=1']);
    await run.says('summary +');
    run.kill('SIGHUP');
    run.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
  });
});

describe('a run that is killed', () => {
  it('leaves whole lines', async () => {
    at.write('p.jmx', plan(sleep('A', 5), { users: 20, loops: -1 }));
    const run = at.start([
      'run',
      'p.jmx',
      '-l',
      'out.jtl',
      '-Jjmeter.save.saveservice.autoflush=true',
      '-Jsummariser.interval=1',
    ]);
    await run.says('summary +');
    run.kill('SIGKILL');
    expect((await run.ended).signal).toBe('SIGKILL');
    expect(brokenRows()).toEqual([]);
  });
});

describe('a bug of ours', () => {
  const code = 'process.on("SIGUSR2", () => { throw new TypeError("boom"); })';
  const bug = `data:text/javascript,${encodeURIComponent(code)}`;
  it('is told in one line, and costs no results', async () => {
    slow();
    const run = at.start(['run', 'p.jmx', '-l', 'out.jtl', '-Jsummariser.interval=1'], {
      NODE_OPTIONS: `--import ${bug}`,
    });
    await run.says('summary +');
    run.kill('SIGUSR2');
    const ended = await run.ended;
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/^This is a bug in Meterless: TypeError: boom \(METERLESS_DEBUG=1 .*\)\n$/);
    expect(brokenRows()).toEqual([]);
  });
  it('leaves XML results with their end, also those of listeners', async () => {
    at.write('p.jmx', plan(`${sleep('A', 20)}\n${listener('own.jtl')}`, { loops: -1 }));
    const xml = '-Jjmeter.save.saveservice.output_format=xml';
    const run = at.start(['run', 'p.jmx', '-l', 'out.jtl', xml, '-Jsummariser.interval=1'], {
      NODE_OPTIONS: `--import ${bug}`,
    });
    await run.says('summary +');
    run.kill('SIGUSR2');
    expect((await run.ended).code).toBe(1);
    for (const file of ['out.jtl', 'own.jtl']) expect(at.read(file)).toMatch(/lb="A"[^>]*>[\s\S]*<\/testResults>\n$/);
  });
});

describe('the shutdown port', () => {
  it('hears Shutdown and StopTestNow', async () => {
    long();
    const run = at.start([
      '-n',
      '-t',
      'p.jmx',
      '-Jjmeterengine.nongui.port=21445',
      '-Jjmeterengine.nongui.maxport=21545',
      '-Jsummariser.interval=1',
    ]);
    await run.says('on port ');
    await run.says('summary +');
    const port = 21445;
    const socket = dgram.createSocket('udp4');
    for (const text of ['shutdown', 'StopTestNow']) socket.send(text, port, '127.0.0.1');
    const { code, out } = await run.ended;
    socket.close();
    expect(code).toBe(0);
    expect(out).toContain('Command: shutdown received from /127.0.0.1\nCommand: shutdown not recognised \n');
    expect(out).toContain('Command: StopTestNow received from /127.0.0.1\n');
  });
});

describe('a reader that goes away', () => {
  it('does not end the run', async () => {
    at.write('p.jmx', plan(sleep('A', 5), { loops: 20 }));
    const run = at.start(['run', 'p.jmx', '-l', 'out.jtl']);
    run.child.stdout?.destroy();
    expect((await run.ended).code).toBe(0);
    expect(at.read('out.jtl').trimEnd().split('\n')).toHaveLength(21);
  });
});
