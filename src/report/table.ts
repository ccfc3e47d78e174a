import type { LabelStatistics, Statistics } from '../result/index.js';
import { gridLines } from './grid.js';
import { type Paint, painter } from './paint.js';
import { fitTo, printable, shorten } from './text-width.js';

export interface TableOptions {
  /** Columns of the terminal; undefined = as wide as the labels want, up to a point. */
  readonly width?: number | undefined;
  /** Rows for labels; the busiest are shown when there are more. Undefined = all. */
  readonly labels?: number | undefined;
  readonly color?: boolean;
  /** Kinds of failure listed below the table. */
  readonly errors?: number;
}

interface Column {
  readonly title: string;
  readonly drop: number;
  readonly cell: (row: Row) => string;
}

interface Row {
  readonly of: LabelStatistics;
  readonly percentiles: readonly number[];
}

const COLUMNS: readonly Column[] = [
  { title: 'samples', drop: 0, cell: ({ of }) => String(of.samples) },
  { title: 'errors', drop: 0, cell: ({ of }) => errorText(of) },
  { title: 'avg', drop: 2, cell: ({ of }) => String(of.times.mean) },
  { title: 'p50', drop: 4, cell: ({ percentiles }) => String(percentiles[0]) },
  { title: 'p95', drop: 1, cell: ({ percentiles }) => String(percentiles[1]) },
  { title: 'p99', drop: 5, cell: ({ percentiles }) => String(percentiles[2]) },
  { title: 'max', drop: 6, cell: ({ of }) => (of.samples === 0 ? '0' : String(of.times.max)) },
  { title: 'req/s', drop: 3, cell: ({ of }) => rateText(of.throughput) },
];

/**
 * The figures by label as lines of text: a title, a row per label, the total when there are several, and what was hidden.
 * Times are milliseconds. No line is wider than `width`.
 */
export function renderTable(statistics: Statistics, options: TableOptions = {}): string {
  const labels = [...statistics.labels.values()];
  const shown = busiest(labels, options.labels);
  // Transactions count as labels but not in the total, so one label's row need not be the total.
  const rows = [...shown.map(rowOf), rowOf(statistics.total)];
  const { lines: all } = gridLines(
    { title: 'label', cells: rows.map(({ of }) => of.label) },
    COLUMNS.map(({ title, drop, cell }) => ({ title, drop, cells: rows.map(cell) })),
    options.width,
  );
  const [head = '', ...body] = all;
  const total = body.pop() ?? '';
  const paint = painter(options.color ?? false);

  const lines = [paint.dim(head), ...body.map((text, i) => (rows[i]?.of.errors ? paint.red(text) : text))];
  const hidden = labels.length - shown.length;
  if (hidden > 0)
    lines.push(paint.dim(cut(`… and ${hidden} more ${hidden === 1 ? 'label' : 'labels'}`, options.width)));
  lines.push(paint.bold(total));
  if (options.errors) lines.push(...errorLines(statistics, options.errors, options.width, paint));
  return lines.map((text) => text.trimEnd()).join('\n');
}

/** What went wrong most often: count, code, message, and the label that had it first. */
function errorLines(statistics: Statistics, limit: number, width: number | undefined, paint: Paint): string[] {
  const kinds = statistics.topErrors(limit);
  if (kinds.length === 0) return [];
  const countWidth = String(kinds[0]?.count ?? 0).length;
  const lines = kinds.map(({ count, code, message, firstLabel }) => {
    const what = [code, message].filter((part) => part !== '').join(' ');
    const text = `${fitTo(String(count), countWidth, 'right')} × ${printable(what) || '(no code)'} — first: ${printable(firstLabel)}`;
    return cut(text, width);
  });
  if (statistics.otherErrors > 0) lines.push(`and ${statistics.otherErrors} of other kinds`);
  return ['', paint.bold('errors'), ...lines];
}

const cut = (text: string, width: number | undefined): string => (width === undefined ? text : shorten(text, width));
const rowOf = (of: LabelStatistics): Row => ({ of, percentiles: of.times.percentiles([50, 95, 99]) });

/** `12 (0.50%)`; more than nothing never looks like nothing. */
function errorText({ samples, errors }: LabelStatistics): string {
  if (errors === 0) return '0';
  const percent = (errors / samples) * 100;
  return `${errors} (${percent < 0.01 ? '<0.01' : percent.toFixed(percent < 10 ? 2 : 1)}%)`;
}

const rateText = (rate: number): string => (rate >= 1000 ? rate.toFixed(0) : rate.toFixed(rate < 10 ? 2 : 1));

/** The labels with most samples, in the order they came. */
function busiest(labels: readonly LabelStatistics[], limit = Number.POSITIVE_INFINITY): readonly LabelStatistics[] {
  if (labels.length <= limit) return labels;
  const most = Math.max(1, limit);
  // Busiest first. Most labels are not busier than the last one here, so looking through thousands twice a second is cheap.
  const kept: LabelStatistics[] = [];
  for (const label of labels) {
    if (kept.length === most && label.samples <= (kept.at(-1)?.samples ?? 0)) continue;
    const before = kept.findIndex(({ samples }) => samples < label.samples);
    kept.splice(before < 0 ? kept.length : before, 0, label);
    if (kept.length > most) kept.pop();
  }
  const shown = new Set(kept);
  return labels.filter((label) => shown.has(label));
}
