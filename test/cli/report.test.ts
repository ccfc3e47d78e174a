import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workplace } from './binary.js';

let at: Workplace;
beforeEach(() => {
  at = new Workplace();
});
afterEach(() => at.remove());

const recorded = path.resolve('test/report/recorded');
const results = path.join(recorded, 'jtl/labels.csv');
const table = (name: string): string => fs.readFileSync(path.join(recorded, `${name}.csv`), 'utf8');

describe('meterless report', () => {
  it('shows the table and writes those of JMeter', async () => {
    const { code, out, err } = await at.run('report', results, '--aggregate', 'a.csv', '--summary', 's.csv');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Label +# Samples {2}Average {2}Median {2}90% Line/);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^TOTAL /);
    expect([at.read('a.csv'), at.read('s.csv')]).toEqual([table('labels.aggregate'), table('labels.summary')]);
  });

  it('takes percentiles and groups from the command line', async () => {
    const percents = ['50', '99.9', '100'].map((percent, i) => `-Jaggregate_rpt_pct${i + 1}=${percent}`);
    const { code, out } = await at.run('report', results, '--quiet', '--by-group', '--aggregate', 'a.csv', ...percents);
    expect([code, out, at.read('a.csv')]).toEqual([0, '', table('by-group.aggregate')]);
  });

  it('tells of rows it leaves out', async () => {
    at.write('r.jtl', 'timeStamp,elapsed,label,success\n1,2,a,true\n1,x,a,true\n1,2,cut o');
    const { code, err } = await at.run('report', 'r.jtl');
    expect([code, err]).toEqual([0, 'warning W412: 2 rows of r.jtl left out: unreadable, first on line 3\n']);
  });

  it('has no table of nothing', async () => {
    at.write('r.jtl', 'timeStamp,elapsed,label,success\n');
    expect(await at.run('report', 'r.jtl', '--summary', 's.csv')).toMatchObject({
      code: 1,
      err: 'error E411: r.jtl has no samples\n',
    });
    expect(at.has('s.csv')).toBe(false);
    const none = await at.run('report', 'none.jtl');
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('E410')]);
  });

  it('calls mistakes usage problems', async () => {
    at.write('r.jtl', 'elapsed,label\n1,a\n');
    for (const args of [[], ['r.jtl', 'r.jtl'], ['r.jtl', '--aggregate', './r.jtl'], ['r.jtl', '-l', 'x']])
      expect((await at.run('report', ...args)).err).toMatch(/^error E501: /);
    expect((await at.run('r.jtl')).err).toContain('did you mean: meterless report r.jtl');
    expect((await at.run('report', 'r.jtl', '-Jaggregate_rpt_pct1=x')).code).toBe(1);
    expect((await at.run('report', 'r.jtl', '--summary', 'no/such/folder')).err).toContain('E408');
  });

  it.each([
    [
      'CSV',
      'timeStamp,elapsed,label,responseMessage,success\n',
      (text: string) => `1,2,a,${text},true\n1,2,b,"${text},\n""",true\n`,
    ],
    [
      'XML',
      '<?xml version="1.0"?>\n<testResults version="1.2">\n',
      (text: string) =>
        `<sample t="1" s="true" lb="a"><responseData>${text}</responseData></sample><sample t="1" lb="b"><sample><responseData>${text}\n`.concat(
          '</responseData></sample></sample>\n',
        ),
    ],
  ])('reads 100 MB of %s with little memory', async (_, head, rows) => {
    const file = path.join(at.folder, 'large.jtl');
    const out = fs.openSync(file, 'w');
    fs.writeSync(out, head);
    const block = rows('x'.repeat(50_000)).repeat(20);
    const blocks = Math.ceil(100_000_000 / block.length);
    for (let i = 0; i < blocks; i++) fs.writeSync(out, block);
    fs.closeSync(out);
    const ended = await at.start(['report', file], { NODE_OPTIONS: '--max-old-space-size=24' }).ended;
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(new RegExp(`^TOTAL +${40 * blocks} `, 'm'));
  });
});
