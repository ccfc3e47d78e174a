import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Properties } from '../../src/model/index.js';
import { aggregateReport, type Report, summaryReport } from '../../src/report/index.js';
import { readJtl } from '../../src/result/index.js';

/** Results files in jtl/, beside them what JMeter 5.6.3 saved of its tables after it had read them. */
const recorded = path.join(import.meta.dirname, 'recorded');
const tableOf = (name: string): string => fs.readFileSync(path.join(recorded, `${name}.csv`), 'utf8');

async function filled<T extends Report>(file: string, report: T): Promise<T> {
  await readJtl(path.join(recorded, 'jtl', file), new Properties(), {
    sample: (sample) => report.add(sample),
    unreadable: (line) => expect.unreachable(`line ${line} of ${file}`),
  });
  return report;
}

describe('the tables of the report listeners', () => {
  it.each(fs.readdirSync(path.join(recorded, 'jtl')))('of %s', async (file) => {
    const name = path.parse(file).name;
    expect((await filled(file, aggregateReport(new Properties()))).csv()).toBe(tableOf(`${name}.aggregate`));
    expect((await filled(file, summaryReport())).csv()).toBe(tableOf(`${name}.summary`));
  });

  it('by thread group, with other percentiles', async () => {
    const properties = new Properties();
    for (const [n, percent] of ['50', '99.9', '100'].entries())
      properties.set(`aggregate_rpt_pct${n + 1}`, String(percent));
    const aggregate = aggregateReport(properties, { byGroup: true });
    expect((await filled('labels.csv', aggregate)).csv()).toBe(tableOf('by-group.aggregate'));
    expect((await filled('labels.csv', summaryReport({ byGroup: true }))).csv()).toBe(tableOf('by-group.summary'));
  });

  it('refuse a percentile that is no number', () => {
    const properties = new Properties();
    properties.set('aggregate_rpt_pct2', 'most');
    expect(() => aggregateReport(properties)).toThrow('aggregate_rpt_pct2: most is no number');
  });
});

describe('an Aggregate Report on a terminal', () => {
  const shown = async (file: string, width?: number, color = false): Promise<string[]> =>
    (await filled(file, aggregateReport(new Properties()))).render({ width, color }).split('\n');

  it('shows rates as the window does', async () => {
    const lines = await shown('per-hour.csv');
    expect(lines[0]).toMatch(
      /^Label {2}# Samples {2}Average {3}Median {2}90% Line .* Throughput {2}Received KB\/sec {2}Sent KB\/sec$/,
    );
    expect(lines.slice(1)).toEqual([
      'a              2    90000    60000    120000    120000    120000    60000   120000    0.00%    7.1/hour             0.00         0.00',
      'b              1  9000000  9000000   9000000   9000000   9000000  9000000  9000000  100.00%     .4/hour             5.43         0.00',
      'TOTAL          3  3060000   120000   9000000   9000000   9000000    60000  9000000   33.33%    1.2/hour             5.43         0.00',
    ]);
    expect((await shown('earlier-start-later.csv')).at(-1)).toMatch(/ 20\.0\/min /);
  });

  it('fits: headings on two lines, then columns go and are named', async () => {
    const lines = await shown('labels.csv', 79);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(79);
    expect(lines.slice(0, 2)).toEqual([
      '                  #            90%   95%   99%         Error',
      'Label       Samples  Average  Line  Line  Line   Max       %  Throughput',
    ]);
    expect(lines.at(-1)).toBe('No room for: Median, Min, Received KB/sec, Sent KB/sec');
    const wide = await shown('labels.csv', 120);
    expect(wide.at(-1)).toMatch(/^TOTAL/);
    expect(wide[0]).toContain('90%');
  });

  it('keeps a label on one line, and names one that is empty', async () => {
    expect((await shown('labels.csv')).filter((line) => line.startsWith('(no label) '))).toHaveLength(1);
    expect((await shown('labels.csv')).filter((line) => line.startsWith('multi line '))).toHaveLength(1);
  });

  it('paints rows with errors red', async () => {
    const [, a, b] = await shown('per-hour.csv', 200, true);
    expect([a?.includes('\x1b[31m'), b?.includes('\x1b[31m')]).toEqual([false, true]);
  });
});
