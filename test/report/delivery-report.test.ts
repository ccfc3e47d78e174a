import { expect, it } from 'vitest';
import { deliveryJson, renderDelivery, renderDeliveryNow } from '../../src/report/index.js';
import { Delivery } from '../../src/result/index.js';

function delivery(arrivals: number): Delivery {
  const delivery = new Delivery(1);
  const { figures, spending } = delivery;
  const row = figures.rowOf('car/*/speed', 1);
  Object.assign(row, { sent: 20_000, expected: 20_000, arrived: arrivals, duplicates: 20_000 - arrivals });
  for (const us of [850, 1_500, 12_345, 123_456]) row.latency.record(us);
  figures.rowOf('other', 0).sent = 5;
  Object.assign(figures.counts, { toAcknowledge: 20_000, acknowledged: 19_999, refused: 1, retained: 2, unmarked: 3 });
  figures.rates.absorb({
    seconds: [
      [1, 12_000, 11_000],
      [2, 8005, 9000],
    ],
    firstSent: 1_000_000,
    lastSent: 3_000_000,
    firstArrived: 1_000_000,
    lastArrived: 1_000_000,
  });
  spending.absorb(0, { cpuSeconds: 3.25, memory: 250e6, sockets: 2000, received: 5e6, sent: 1500 });
  spending.absorb(1, { cpuSeconds: 0, memory: 1e9, sockets: 0, received: 0, sent: 0 });
  return delivery;
}
const sizes = { seconds: 4, cores: 2 };

it('shows a row for each topic and QoS, the total, and what it took', () => {
  expect(renderDelivery(delivery(19_999), sizes)).toBe(
    [
      'mqtt delivery  qos   sent  to arrive         arrived  twice  not in order  p50 ms  p95 ms  p99 ms  max ms',
      'car/*/speed      1  20000      20000  19999 (99.99%)      1             0    1.50     123     123     123',
      'other            0      5          0               0      0             0    0.00    0.00    0.00    0.00',
      'total               20005      20000  19999 (99.99%)      1             0    1.50     123     123     123',
      'acknowledged: 19999 of 20000 with QoS 1 and 2, refused: 1, retained: 2, of others: 3',
      'sent per second: 10003, at most 12000; arrived per second: at most 11000',
      'this machine: 3.3 s of CPU (0.81 of 2 processors), 1.25 GB of memory, 2000 sockets at most, 1.3 MB/s in, 0.4 kB/s out',
    ].join('\n'),
  );
});

it('fits the terminal, and marks what is not as it should be', () => {
  const lines = renderDelivery(delivery(19_999), { ...sizes, width: 60, color: true }).split('\n');
  expect(lines[1]).toBe('\x1b[31mcar/*/speed      1  20000      20000  19999 (99.99%)     123\x1b[39m');
  const plain = renderDelivery(delivery(20_000), { ...sizes, width: 60 }).split('\n');
  expect(Math.max(...plain.map(({ length }) => length))).toBeLessThanOrEqual(60);
  expect(plain[1]).toContain('20000 (100%)');
});

it('has one line while the run goes on', () => {
  expect(renderDeliveryNow(delivery(19_999), 4_500_000)).toBe(
    'MQTT: 20005 sent (8005/s), 19999 of 20000 arrived (9000/s), 1 twice, 0 not in order, p50 1.50 ms, p99 123 ms, 1.25 GB',
  );
});

it('is plain data with units in the names', () => {
  expect(deliveryJson(delivery(19_999), sizes)).toMatchObject({
    seconds: 4,
    total: {
      sent: 20_005,
      expected: 20_000,
      arrivedPercent: 99.995,
      sentPerSecond: 10_002.5,
      sentPerSecondMost: 12_000,
    },
    acknowledged: 19_999,
    topics: [
      { topic: 'car/*/speed', qos: 1, duplicates: 1, latencyMs: { min: 0.85, p50: 1.5, max: 123.456 } },
      { topic: 'other', qos: 0, arrivedPercent: null, latencyMs: null },
    ],
    machine: { cpuSeconds: 3.25, memoryBytesMost: 1.25e9, socketsMost: 2000, receivedBytesPerSecond: 1.25e6 },
  });
});
