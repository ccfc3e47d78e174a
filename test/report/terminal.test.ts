import { describe, expect, it } from 'vitest';
import { Sample } from '../../src/model/index.js';
import { LiveTable, renderProgress, renderTable } from '../../src/report/index.js';
import { fitTo, printable, shorten, textWidth } from '../../src/report/text-width.js';
import { Statistics } from '../../src/result/index.js';
import { fakeUser } from '../kit.js';

const user = fakeUser();

function figures(...labels: string[]): Statistics {
  const statistics = new Statistics();
  labels.forEach((label, i) => {
    for (let n = 1; n <= 100; n++) {
      const sample = new Sample();
      sample.stamp(1_700_000_000_000 + n * 10, n + i);
      Object.assign(sample, { label, code: '200', message: 'OK', success: true });
      statistics.record({ sample, user, variables: [] });
    }
  });
  return statistics;
}

function fail(statistics: Statistics, label: string, code: string, message: string): void {
  const sample = new Sample();
  sample.stamp(1_700_000_000_000, 1);
  Object.assign(sample, { label, code, message });
  statistics.record({ sample, user, variables: [] });
}

describe('width of text', () => {
  it('counts wide signs twice and marks not at all', () => {
    expect(['abc', '注文', '결제', 'é', 'e\u0301', '💳', '👨‍👩‍👧', 'ｱ', 'Ａ'].map(textWidth)).toEqual([
      3, 4, 4, 1, 1, 2, 2, 1, 2,
    ]);
  });
  it('cuts and fills to columns', () => {
    expect(fitTo('abcdef', 4)).toBe('abc…');
    expect(fitTo('注文を送信', 6)).toBe('注文… ');
    expect(fitTo('ab', 4, 'right')).toBe('  ab');
    expect([shorten('abc', 3), shorten('abc', 1), shorten('abc', 0)]).toEqual(['abc', '…', '']);
  });
  it('keeps labels from moving the cursor', () => {
    expect(printable('a\x1b[2Jb\r\nc\u202ed')).toBe('a [2Jb c d');
  });
});

describe('table', () => {
  it('has aligned columns', () => {
    expect(renderTable(figures('home', '注文を送信する'))).toBe(
      [
        'label           samples  errors  avg  p50  p95  p99  max  req/s',
        'home                100       0   50   50   95   99  100   91.7',
        '注文を送信する      100       0   51   51   96  100  101   91.7',
        'total               200       0   51   51   96  100  101  183.3',
      ].join('\n'),
    );
  });
  it('of no samples is titles and zeros', () => {
    expect(renderTable(new Statistics())).toBe(
      'label  samples  errors  avg  p50  p95  p99  max  req/s\ntotal        0       0    0    0    0    0    0   0.00',
    );
  });
  it('is never wider than the terminal: labels are cut, then columns go', () => {
    const statistics = figures('a rather long label of a request', '長いラベル'.repeat(9));
    fail(statistics, 'x'.repeat(99), 'Non HTTP response code: java.net.ConnectException', 'y'.repeat(99));
    for (const width of [30, 40, 50, 60, 80, 120]) {
      const lines = renderTable(statistics, { width, errors: 3 }).split('\n');
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
    }
    expect(renderTable(statistics, { width: 50 }).split('\n')[0]).toBe(
      'label         samples      errors  avg  p95  req/s',
    );
  });
  it('shows the busiest labels when there is no room for all', () => {
    const statistics = figures('a', 'b', 'c', 'd');
    fail(statistics, 'c', '500', '');
    const lines = renderTable(statistics, { labels: 1 }).split('\n');
    expect(lines.map((line) => line.slice(0, 19))).toEqual([
      'label  samples     ',
      'c          101  1 (',
      '… and 3 more labels',
      'total      401  1 (',
    ]);
  });
  it('shows those labels in the order they came, the earlier of two as busy', () => {
    const statistics = figures('a', 'b', 'c', 'd', 'e');
    for (const label of ['e', 'b']) fail(statistics, label, '500', '');
    const lines = renderTable(statistics, { labels: 3 }).split('\n');
    expect(lines.map((line) => line.slice(0, 2).trim())).toEqual(['la', 'a', 'b', 'e', '…', 'to']);
  });
  it('lists what failed most often, with the label that had it first', () => {
    const statistics = figures('home');
    fail(statistics, 'home', '404', 'Not Found');
    for (let i = 0; i < 12; i++) fail(statistics, `cart ${i}`, '500', 'Internal\nServer Error');
    const text = renderTable(statistics, { errors: 5 });
    expect(text).toMatch(
      /\n\nerrors\n12 × 500 Internal Server Error — first: cart 0\n 1 × 404 Not Found — first: home$/,
    );
    expect(text).toContain('13 (11.5%)');
  });
  it('never shows errors as 0.00 %', () => {
    const statistics = figures(...Array.from({ length: 120 }, () => 'home'));
    fail(statistics, 'home', '500', '');
    expect(renderTable(statistics)).toContain('1 (<0.01%)');
  });
  it('has colour only when asked for', () => {
    const statistics = figures('home');
    fail(statistics, 'home', '500', '');
    expect(renderTable(statistics)).not.toContain('\x1b');
    expect(renderTable(statistics, { color: true })).toContain('\x1b[31mhome');
  });
});

describe('live table', () => {
  const progress = {
    users: { active: 3, started: 5, finished: 2 },
    totalUsers: 10,
    elapsedSeconds: 61.5,
    plannedSeconds: 3600,
  };
  it('says where the run stands', () => {
    expect(renderProgress(progress)).toBe('3 of 10 users active, 5 started, 2 finished   1:01 of 1:00:00');
    expect(renderProgress({ ...progress, totalUsers: 0, plannedSeconds: undefined })).toBe(
      '3 users active, 5 started, 2 finished   1:01',
    );
  });
  it('paints over itself with one write', () => {
    const written: string[] = [];
    const screen = { columns: 80, rows: 24 };
    const live = new LiveTable(
      (text) => written.push(text),
      () => screen,
      false,
    );
    live.paint(figures('home'), progress);
    live.paint(figures('home'), progress);
    expect(written).toHaveLength(2);
    expect(written[0]).toMatch(/^3 of 10 users/);
    expect(written[1]?.startsWith('\x1b[4A\r3 of 10')).toBe(true);
    expect(written[1]?.split('\x1b[K\n')).toHaveLength(5);
    written.length = 0;
    live.print('a line');
    live.print('another');
    expect(written).toEqual(['\x1b[4A\r\x1b[J', 'a line\n', 'another\n']);
    screen.columns = 40;
    written.length = 0;
    live.paint(figures('home'), progress);
    screen.columns = 20;
    live.clear();
    expect(written[1]).toBe('\x1b[8A\r\x1b[J');
    live.clear();
    expect(written).toHaveLength(2);
  });
  it('fits into the rows of the screen', () => {
    let lines = 0;
    const many = figures(...Array.from({ length: 40 }, (_, i) => `label ${i}`));
    new LiveTable(
      (text) => (lines = text.split('\n').length),
      () => ({ columns: 80, rows: 10 }),
      true,
    ).paint(many, progress);
    expect(lines).toBeLessThanOrEqual(10);
  });
});
