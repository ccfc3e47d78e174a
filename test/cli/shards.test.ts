import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inWorkplace, type Running, type Workplace } from './binary.js';
import { data, plan, sleep } from './plans.js';

const XML = '-Jjmeter.save.saveservice.output_format=xml';

/** Label, thread and whether it passed, of all rows. */
const rows = (at: Workplace, file: string): string[] =>
  at
    .read(file)
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) =>
      row
        .split(',')
        .filter((_, i) => [2, 3, 5, 7].includes(i))
        .join(','),
    )
    .sort();

/** The processes that a run has started. */
const children = ({ child: { pid } }: Running): number[] =>
  fs
    .readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);

describe.concurrent('meterless run --shards', () => {
  it(
    'gives the rows, the table and the summary of one process',
    inWorkplace(async (at) => {
      at.write('p.jmx', plan(sleep('A ${__threadNum}', 5), { users: 5, loops: 2 }));
      const whole = await at.run('run', 'p.jmx', '-l', '1.jtl');
      const split = await at.run('run', 'p.jmx', '-l', '2.jtl', '--shards', '2', '-j', 'run.log');
      expect([whole.code, split.code, split.err]).toEqual([0, 0, '']);
      expect(rows(at, '2.jtl')).toEqual(rows(at, '1.jtl'));
      expect(rows(at, '2.jtl')).toHaveLength(10);
      expect(split.out).toContain('2 processes run the users\n');
      expect(split.out).toMatch(/^summary = {5}10 in .*Err: {5}0 \(0\.00%\)$/m);
      expect(split.out).toMatch(/^total +10 +0 /m);
      expect(at.read('run.log')).toContain('Thread finished: Users 1-5\n');
    }),
  );

  it(
    'keeps what a shard had delivered that is killed, and says what is lost',
    inWorkplace(async (at) => {
      at.write('p.jmx', plan(sleep('A', 20), { users: 4, loops: 90 }));
      const run = at.start(['-n', '-t', 'p.jmx', '-l', 'out.xml', XML, '--shards', '2', '-Jsummariser.interval=1']);
      await run.says('summary +');
      const [, second] = children(run);
      process.kill(second ?? 0, 'SIGKILL');
      const { code, err } = await run.ended;
      expect(code).toBe(1);
      const lost =
        /E415: shard 2 of 2 is lost: it was ended by SIGKILL; the users 2, 4, 6, … .* the (\d+) results/.exec(err);
      const text = at.read('out.xml');
      const threads = [...text.matchAll(/^<sample .* tn="Users 1-(\d)".*\/>$/gm)].map(([, user]) => Number(user) % 2);
      expect(threads.filter((odd) => odd === 1)).toHaveLength(180);
      expect(threads.filter((odd) => odd === 0)).toHaveLength(Number(lost?.[1]));
      expect(text.match(/<sample /g)).toHaveLength(threads.length);
      expect(text.endsWith('/>\n\n</testResults>\n')).toBe(true);
    }),
  );

  it(
    'ends its processes with itself',
    inWorkplace(async (at) => {
      at.write('p.jmx', plan(sleep('A', 10), { users: 2, loops: -1 }));
      const run = at.start(['run', 'p.jmx', '-l', 'out.jtl', '--shards', '2', '-Jsummariser.interval=1']);
      await run.says('summary +');
      const processes = children(run);
      run.kill('SIGINT');
      expect((await run.ended).code).toBe(130);
      expect(processes).toHaveLength(2);
      expect(processes.filter((pid) => fs.existsSync(`/proc/${pid}`))).toEqual([]);
      expect(at.read('out.jtl').endsWith('\n')).toBe(true);
    }),
  );

  it(
    'keeps users together who share something',
    inWorkplace(async (at) => {
      at.write('p.jmx', plan(sleep('A ${__counter(FALSE,)}', 1), { users: 3 }));
      const { code, out, err } = await at.run('run', 'p.jmx', '-l', 'out.jtl', '--shards', '2');
      expect([code, out.includes('processes')]).toEqual([0, false]);
      expect(err).toContain('warning W413: one process runs all users, not 2\n');
      expect(err).toContain('what ${__counter} keeps is shared by all users');
      expect(rows(at, 'out.jtl').map((row) => row.slice(0, 3))).toEqual(['A 1', 'A 2', 'A 3']);
      expect((await at.run('check', 'p.jmx')).out).toContain('note N216: what ${__counter} keeps is shared');
    }),
  );

  // Its users have to keep pace with each other.
  it.sequential(
    'has properties that all shards see',
    inWorkplace(async (at) => {
      const set = sleep('A${__setProperty(seen${__threadNum},yes)}', 1);
      at.write('p.jmx', plan(`${set}${sleep('wait', 200)}${sleep('${__P(seen1)}${__P(seen2)}', 1)}`, { users: 2 }));
      await at.run('run', 'p.jmx', '-l', 'out.jtl', '--shards', '2');
      expect(rows(at, 'out.jtl').slice(-2)).toEqual(['yesyes,,Users 1-1,true', 'yesyes,,Users 1-2,true']);
    }),
  );

  it(
    'deals out the records of a file once',
    inWorkplace(async (at) => {
      const once = data('d.csv')
        .replace('>true<', '>false<')
        .replace('name="stopThread">false<', 'name="stopThread">true<');
      at.write('p.jmx', plan(`${once}${sleep('A', 2)}`, { users: 5, loops: -1 }));
      const ids = Array.from({ length: 137 }, (_, i) => String(1000 + i));
      at.write('d.csv', ['a', ...ids, ''].join('\n'));
      const { code } = await at.run('run', 'p.jmx', '-l', 'out.jtl', '--shards', '2', '-Jsample_variables=a');
      expect(code).toBe(0);
      const used = at
        .read('out.jtl')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((row) => row.split(',').at(-1));
      expect(used.sort()).toEqual(['a', ...ids].sort());
    }),
  );

  it(
    'refuses what is no number',
    inWorkplace(async (at) => {
      at.write('p.jmx', plan(sleep('A', 1)));
      const { code, err } = await at.run('run', 'p.jmx', '--shards', 'many');
      expect([code, err]).toEqual([2, 'error E501: --shards takes a number from 1 to 1000, or auto, not many\n']);
    }),
  );
});
