import { describe, expect, it } from 'vitest';
import { AssertionResult } from '../../src/model/index.js';
import { Histogram, Statistics } from '../../src/result/index.js';
import { event, sampleOf } from './kit.js';

describe('histogram', () => {
  it('is exact below 2048', () => {
    const h = new Histogram();
    for (let i = 1; i <= 100; i++) h.record(i);
    expect(h.percentiles([1, 50, 95, 99, 100])).toEqual([1, 50, 95, 99, 100]);
    expect([h.min, h.max, h.mean, h.count]).toEqual([1, 100, 50, 100]);
  });
  it('is right to a thousandth up to the largest value', () => {
    for (const value of [2047, 2048, 2049, 4095, 4096, 99_999, 1_234_567, 2_147_483_647]) {
      const h = new Histogram();
      h.record(0);
      h.record(value);
      h.record(value * 2);
      expect(Math.abs(h.percentile(66) - value) / value).toBeLessThan(0.001);
    }
  });
  it('agrees with sorted values', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => Math.floor(((i * 7919) % 20_000) ** 1.5));
    const h = new Histogram();
    for (const value of values) h.record(value);
    values.sort((a, b) => a - b);
    for (const p of [10, 50, 90, 95, 99, 99.9]) {
      const exact = values[Math.ceil((values.length * p) / 100) - 1] ?? 0;
      expect(Math.abs(h.percentile(p) - exact) / exact).toBeLessThan(0.001);
    }
  });
  it('adds another, takes negative values, and is 0 when empty', () => {
    const [a, b] = [new Histogram(), new Histogram()];
    expect([a.percentile(50), a.mean]).toEqual([0, 0]);
    a.record(-5);
    b.record(100_000);
    b.record(7);
    a.add(b);
    expect([a.count, a.min, a.max, a.percentile(50)]).toEqual([3, -5, 100_000, 7]);
  });
});

describe('statistics', () => {
  it('count by label and in all', () => {
    const s = new Statistics();
    s.record(event(sampleOf({ label: 'a', allThreads: 3 })));
    s.record(event(sampleOf({ label: 'b', success: false })));
    s.record(event(sampleOf({ label: 'a', elapsed: 100, endTime: 1_700_000_001_123, allThreads: 2 })));
    expect([...s.labels.values()].map((l) => [l.label, l.samples, l.errors])).toEqual([
      ['a', 2, 0],
      ['b', 1, 1],
    ]);
    expect([s.total.samples, s.total.errors, s.total.times.max, s.total.throughput, s.activeUsers]).toEqual([
      3, 1, 100, 3, 2,
    ]);
  });
  it('leave transactions out of the total unless they stand for their children', () => {
    const message = 'Number of samples in transaction : 1, number of failing samples : 0';
    const s = new Statistics();
    s.record(event(sampleOf({ label: 'T', message })));
    const parent = sampleOf({ label: 'TP', message });
    parent.addRawSubSample(sampleOf());
    s.record(event(parent));
    expect([s.labels.size, s.total.samples]).toEqual([2, 1]);
  });
  it('know the most frequent failures and who had them first', () => {
    const s = new Statistics();
    const fail = (label: string, code: string) =>
      s.record(event(sampleOf({ label, code, success: false, message: 'm' })));
    fail('a', '404');
    fail('b', '500');
    fail('c', '500');
    expect(s.topErrors(1)).toEqual([{ code: '500', message: 'm', firstLabel: 'b', count: 2 }]);
    for (let i = 0; i < 300; i++) fail('a', `e${i}`);
    expect([s.topErrors(999).length, s.otherErrors]).toEqual([200, 102]);
  });
});

it('keeps 5,000 labels apart and counts further ones in one line', () => {
  const statistics = new Statistics();
  for (let i = 0; i < 5010; i++) statistics.record(event(sampleOf({ label: `order ${i}` })));
  statistics.record(event(sampleOf({ label: 'order 7' })));
  expect(statistics.labels.size).toBe(5001);
  expect([...statistics.labels.keys()].at(-1)).toBe('(other labels)');
  expect(statistics.labels.get('(other labels)')?.samples).toBe(10);
  expect(statistics.labels.get('order 7')?.samples).toBe(2);
  expect(statistics.total.samples).toBe(5011);
});

it('names the error itself, and the assertion only where there was none', () => {
  const statistics = new Statistics();
  const fail = (code: string, message: string) => {
    const assertions = [new AssertionResult('a').fail('Response was null')];
    statistics.record(event(sampleOf({ success: false, code, message, assertions })));
  };
  fail('Websocket I/O error', 'Connection refused');
  fail('404', 'Not Found');
  fail('200', 'OK');
  fail('101', 'Switching Protocols');
  fail('', 'No data');
  expect(statistics.topErrors(9).map(({ message }) => message)).toEqual([
    'Connection refused',
    'Not Found',
    ...Array(3).fill('Response was null'),
  ]);
});

it('leaves samples without a time out of the rate', () => {
  const statistics = new Statistics();
  statistics.record(event(sampleOf({ elapsed: 500, endTime: 1_700_000_000_623 })));
  statistics.record(event(sampleOf({ startTime: 0, endTime: 0, elapsed: 0 })));
  expect(statistics.total.throughput).toBeCloseTo(4);
});
