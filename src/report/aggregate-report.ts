import { decimalFormat, toDouble } from '../java/index.js';
import type { Properties } from '../model/index.js';
import { ProblemError, problems } from '../problem.js';
import { AggregateFigures } from '../result/index.js';
import { type Report, type ReportColumn, reportTable } from './report-table.js';

interface Row {
  readonly of: AggregateFigures;
  /** Of the median and the three percentiles. */
  readonly times: readonly number[];
}

/**
 * The table of the Aggregate Report (StatVisualizer); its percentiles are those of `aggregate_rpt_pct1` to `3`. Throws
 * ProblemError when one of these is no number.
 */
export function aggregateReport(properties: Properties, { byGroup = false } = {}): Report {
  const percents = PERCENTS.map(([name, fallback]) => percent(name, properties.get(name, fallback)));
  const fractions = [0.5, ...percents.map(({ fraction }) => fraction)];
  return reportTable({
    figures: () => new AggregateFigures(),
    row: (of): Row => ({ of, times: of.percentiles(fractions) }),
    columns: columns(percents.map(({ text }) => `${text}% Line`)),
    byGroup,
  });
}

const PERCENTS = [
  ['aggregate_rpt_pct1', '90'],
  ['aggregate_rpt_pct2', '95'],
  ['aggregate_rpt_pct3', '99'],
] as const;

function percent(name: string, text: string): { readonly text: string; readonly fraction: number } {
  const value = toDouble(text);
  if (value === undefined) throw new ProblemError([problems.badSetting(`${name}: ${text} is no number`)]);
  // A Java float: 90 % of 5 samples are a little less than 4.5.
  return { text, fraction: Math.fround(Math.fround(value) / 100) };
}

function columns([first = '', second = '', third = '']: readonly string[]): readonly ReportColumn<Row>[] {
  const time = (title: string, index: number, drop: number): ReportColumn<Row> => ({
    title,
    csv: ({ times }) => String(times[index]),
    drop,
  });
  return [
    { title: '# Samples', csv: ({ of }) => String(of.count), drop: 0 },
    { title: 'Average', csv: ({ of }) => longText(of.mean), drop: 2 },
    time('Median', 0, 6),
    time(first, 1, 0),
    time(second, 2, 4),
    time(third, 3, 3),
    { title: 'Min', csv: ({ of }) => String(of.min), drop: 7 },
    { title: 'Max', csv: ({ of }) => String(of.max), drop: 5 },
    errorColumn(({ of }) => of.errorRate),
    throughputColumn(({ of }) => of.throughput),
    fixedColumn('Received KB/sec', ({ of }) => of.receivedKilobytesPerSecond, 8),
    fixedColumn('Sent KB/sec', ({ of }) => of.sentKilobytesPerSecond, 9),
  ];
}

/** As Java casts to a long. */
const longText = (value: number): string =>
  value === Number.POSITIVE_INFINITY ? '9223372036854775807' : String(value);

const PERCENT = { csv: decimalFormat('#0.000%'), shown: decimalFormat('#0.00%') };
const RATE = { csv: decimalFormat('#.00000'), shown: decimalFormat('#.0') };
const FIXED = decimalFormat('#0.00');

/** `Error %`, from a part of 1. */
export const errorColumn = <Row>(value: (row: Row) => number): ReportColumn<Row> => ({
  title: 'Error %',
  csv: (row) => PERCENT.csv.format(value(row)),
  shown: (row) => PERCENT.shown.format(value(row)),
  drop: 0,
});

/** `Throughput`, per second in the file; the window changes to minutes and hours (RateRenderer). */
export const throughputColumn = <Row>(value: (row: Row) => number): ReportColumn<Row> => ({
  title: 'Throughput',
  csv: (row) => RATE.csv.format(value(row)),
  shown(row) {
    const rate = value(row);
    const [times, unit] = rate >= 1 ? [1, 'sec'] : rate * 60 >= 1 ? [60, 'min'] : [3600, 'hour'];
    return `${RATE.shown.format(rate * times)}/${unit}`;
  },
  drop: 0,
});

/** A figure with two decimals. */
export const fixedColumn = <Row>(title: string, value: (row: Row) => number, drop: number): ReportColumn<Row> => ({
  title,
  csv: (row) => FIXED.format(value(row)),
  drop,
});
