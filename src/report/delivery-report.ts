import type { Delivery, DeliveryRow, Spending } from '../result/index.js';
import { gridLines } from './grid.js';
import { painter } from './paint.js';
import { shorten } from './text-width.js';

export interface DeliveryOptions {
  /** Columns of the terminal; undefined = as wide as the topics want, up to a point. */
  readonly width?: number | undefined;
  readonly color?: boolean;
  /** What the run took, and processors of the machine. */
  readonly seconds: number;
  readonly cores: number;
}

interface Column {
  readonly title: string;
  readonly drop: number;
  readonly cell: (row: DeliveryRow, percentiles: readonly number[]) => string;
}

const PERCENTS = [50, 95, 99, 99.9] as const;

const COLUMNS: readonly Column[] = [
  { title: 'qos', drop: 2, cell: ({ topic, qos }) => (topic === TOTAL ? '' : String(qos)) },
  { title: 'sent', drop: 0, cell: ({ sent }) => String(sent) },
  { title: 'to arrive', drop: 0, cell: ({ expected }) => String(expected) },
  { title: 'arrived', drop: 0, cell: arrivedText },
  { title: 'twice', drop: 3, cell: ({ duplicates }) => String(duplicates) },
  { title: 'not in order', drop: 4, cell: ({ outOfOrder }) => String(outOfOrder) },
  { title: 'p50 ms', drop: 5, cell: (_, [p50 = 0]) => msText(p50) },
  { title: 'p95 ms', drop: 1, cell: (_, [, p95 = 0]) => msText(p95) },
  { title: 'p99 ms', drop: 6, cell: (_, [, , p99 = 0]) => msText(p99) },
  { title: 'max ms', drop: 7, cell: ({ latency }) => msText(latency.count === 0 ? 0 : latency.max) },
];
const TOTAL = 'total';

/** What became of the messages as lines of text: a row for each topic and QoS, the total, and what it cost. */
export function renderDelivery({ figures, spending }: Delivery, options: DeliveryOptions): string {
  const { total } = figures;
  const rows = [...figures.rows, total];
  const percentiles = rows.map(({ latency }) => latency.percentiles(PERCENTS));
  const { lines: all } = gridLines(
    { title: 'mqtt delivery', cells: rows.map(({ topic }) => topic) },
    COLUMNS.map(({ title, drop, cell }) => ({
      title,
      drop,
      cells: rows.map((row, i) => cell(row, percentiles[i] ?? [])),
    })),
    options.width,
  );
  const [head = '', ...body] = all;
  const paint = painter(options.color ?? false);
  const last = body.pop() ?? '';
  const notes = [countsLine(figures), ratesLine(figures, total), spendingLine(spending, options)];
  return [
    paint.dim(head),
    ...body.map((line, i) => (complete(rows[i]) ? line : paint.red(line))),
    paint.bold(last),
    ...notes.map((line) => (options.width === undefined ? line : shorten(line, options.width))),
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}

/** One line of it, while the run goes on; `now` is µs of the clock of the messages. */
export function renderDeliveryNow({ figures, spending }: Delivery, now: number): string {
  const { sent, expected, arrived, duplicates, outOfOrder, latency } = figures.total;
  const rates = figures.rates.lately(now);
  const [p50 = 0, p99 = 0] = latency.percentiles([50, 99]);
  return [
    `MQTT: ${sent} sent (${rates.sent}/s)`,
    // What is to arrive is known only when all processes have told of it.
    `${arrived} of ${Math.max(arrived, expected)} arrived (${rates.arrived}/s)`,
    `${duplicates} twice`,
    `${outOfOrder} not in order`,
    `p50 ${msText(p50)} ms`,
    `p99 ${msText(p99)} ms`,
    bytesText(spending.memory),
  ].join(', ');
}

/** The same as plain data; units stand in the names. */
export function deliveryJson({ figures, spending }: Delivery, { seconds, cores }: DeliveryOptions): object {
  const { counts, rates, total } = figures;
  return {
    seconds,
    total: {
      ...rowJson(total),
      sentPerSecond: rates.mean('sent', total.sent),
      sentPerSecondMost: rates.peakSent,
      arrivedPerSecond: rates.mean('arrived', total.arrived),
      arrivedPerSecondMost: rates.peakArrived,
    },
    ...counts,
    topics: figures.rows.map((row) => ({ topic: row.topic, qos: row.qos, ...rowJson(row) })),
    machine: {
      cores,
      cpuSeconds: spending.cpuSeconds,
      memoryBytesMost: spending.peakMemory,
      socketsMost: spending.peakSockets,
      receivedBytes: spending.received,
      sentBytes: spending.sent,
      receivedBytesPerSecond: seconds > 0 ? spending.received / seconds : 0,
      sentBytesPerSecond: seconds > 0 ? spending.sent / seconds : 0,
    },
  };
}

function rowJson({ sent, expected, arrived, duplicates, outOfOrder, latency }: DeliveryRow): object {
  const [p50, p95, p99, p999] = latency.percentiles(PERCENTS).map((us) => us / 1000);
  return {
    sent,
    expected,
    arrived,
    arrivedPercent: expected > 0 ? (arrived / expected) * 100 : null,
    duplicates,
    outOfOrder,
    latencyMs:
      latency.count === 0
        ? null
        : {
            min: latency.min / 1000,
            mean: latency.sum / latency.count / 1000,
            p50,
            p95,
            p99,
            p999,
            max: latency.max / 1000,
          },
  };
}

function countsLine({ counts }: Delivery['figures']): string {
  const { acknowledged, toAcknowledge, refused, unasked, retained, otherRuns, unmarked } = counts;
  const parts = toAcknowledge > 0 ? [`acknowledged: ${acknowledged} of ${toAcknowledge} with QoS 1 and 2`] : [];
  if (refused > 0) parts.push(`refused: ${refused}`);
  if (unasked > 0) parts.push(`arrived without a subscription: ${unasked}`);
  if (retained > 0) parts.push(`retained: ${retained}`);
  if (otherRuns > 0) parts.push(`of other runs: ${otherRuns}`);
  if (unmarked > 0) parts.push(`of others: ${unmarked}`);
  return parts.join(', ');
}

function ratesLine({ rates }: Delivery['figures'], { sent, arrived }: DeliveryRow): string {
  const text = (what: 'sent' | 'arrived', count: number, most: number): string => {
    const mean = rates.mean(what, count);
    return `${what} per second: ${mean > 0 ? `${rateText(mean)}, ` : ''}at most ${most}`;
  };
  return `${text('sent', sent, rates.peakSent)}; ${text('arrived', arrived, rates.peakArrived)}`;
}

function spendingLine(spending: Spending, { seconds, cores }: DeliveryOptions): string {
  const { cpuSeconds, peakMemory, peakSockets, received, sent } = spending;
  const each = (amount: number): number => (seconds > 0 ? amount / seconds : 0);
  return [
    `this machine: ${cpuSeconds.toFixed(1)} s of CPU (${each(cpuSeconds).toFixed(2)} of ${cores} processors)`,
    `${bytesText(peakMemory)} of memory`,
    `${peakSockets} sockets at most`,
    `${bytesText(each(received))}/s in, ${bytesText(each(sent))}/s out`,
  ].join(', ');
}

function arrivedText({ expected, arrived }: DeliveryRow): string {
  if (expected === 0) return String(arrived);
  if (arrived === expected) return `${arrived} (100%)`;
  // What is not all never looks like all.
  const percent = (arrived / expected) * 100;
  return `${arrived} (${percent < 100 ? Math.min(99.99, percent).toFixed(2) : percent.toFixed(2)}%)`;
}

const complete = (row: DeliveryRow | undefined): boolean =>
  row === undefined || (row.arrived >= row.expected && row.duplicates === 0 && row.outOfOrder === 0);
const msText = (us: number): string => (us / 1000).toFixed(us < 10_000 ? 2 : us < 100_000 ? 1 : 0);
const rateText = (rate: number): string => rate.toFixed(rate < 100 ? 1 : 0);

function bytesText(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
