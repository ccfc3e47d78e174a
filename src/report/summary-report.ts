import { decimalFormat } from '../java/index.js';
import { SummaryFigures } from '../result/index.js';
import { errorColumn, fixedColumn, throughputColumn } from './aggregate-report.js';
import { type Report, type ReportColumn, reportTable } from './report-table.js';

/** The table of the Summary Report (SummaryReport). */
export const summaryReport = ({ byGroup = false } = {}): Report =>
  reportTable({ figures: () => new SummaryFigures(), row: (figures) => figures, columns, byGroup });

const BYTES = decimalFormat('#.0');

const columns: readonly ReportColumn<SummaryFigures>[] = [
  { title: '# Samples', csv: ({ count }) => String(count), drop: 0 },
  { title: 'Average', csv: ({ mean }) => String(mean), drop: 0 },
  { title: 'Min', csv: ({ min }) => String(min), drop: 4 },
  { title: 'Max', csv: ({ max }) => String(max), drop: 1 },
  fixedColumn('Std. Dev.', ({ standardDeviation }) => standardDeviation, 2),
  errorColumn(({ errorRate }) => errorRate),
  throughputColumn(({ throughput }) => throughput),
  fixedColumn('Received KB/sec', ({ receivedKilobytesPerSecond }) => receivedKilobytesPerSecond, 5),
  fixedColumn('Sent KB/sec', ({ sentKilobytesPerSecond }) => sentKilobytesPerSecond, 6),
  { title: 'Avg. Bytes', csv: ({ bytesPerSample }) => BYTES.format(bytesPerSample), drop: 3 },
];
