import type { LabelStatistics, Statistics } from '../result/index.js';
import { fitTo, printable, shorten, textWidth } from './text-width.js';

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
  /** The first to go when the terminal is narrow has the highest number; 0 stays. */
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
const WIDEST_LABEL = 60;
const NARROWEST_LABEL = 12;
const GAP = '  ';

/**
 * The figures by label as lines of text: a title, a row per label, the total when there are several, and what was hidden.
 * Times are milliseconds. No line is wider than `width`.
 */
export function renderTable(statistics: Statistics, options: TableOptions = {}): string {
  const labels = [...statistics.labels.values()];
  const shown = busiest(labels, options.labels);
  const rows = shown.map(rowOf);
  // Transactions count as labels but not in the total, so one label's row need not be the total.
  const total = rowOf(statistics.total);
  const columns = chooseColumns([...rows, total], options.width);
  const labelWidth = labelColumn(shown, columns, options.width);
  const line = (label: string, cells: readonly string[]): string =>
    [fitTo(label, labelWidth), ...cells.map((cell, i) => fitTo(cell, columns[i]?.width ?? 0, 'right'))].join(GAP);
  const cells = (row: Row): string[] => columns.map(({ column }) => column.cell(row));
  const paint = painter(options.color ?? false);

  const lines = [
    paint.dim(
      line(
        'label',
        columns.map(({ column }) => column.title),
      ),
    ),
  ];
  for (const row of rows) {
    const text = line(printable(row.of.label), cells(row));
    lines.push(row.of.errors > 0 ? paint.red(text) : text);
  }
  const hidden = labels.length - shown.length;
  if (hidden > 0)
    lines.push(paint.dim(cut(`… and ${hidden} more ${hidden === 1 ? 'label' : 'labels'}`, options.width)));
  lines.push(paint.bold(line('total', cells(total))));
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

interface Sized {
  readonly column: Column;
  readonly width: number;
}

function chooseColumns(rows: readonly Row[], width: number | undefined): readonly Sized[] {
  let sized = COLUMNS.map((column) => ({
    column,
    width: Math.max(column.title.length, ...rows.map((row) => column.cell(row).length)),
  }));
  if (width === undefined) return sized;
  const fits = (): boolean => NARROWEST_LABEL + taken(sized) <= width;
  for (let drop = Math.max(...COLUMNS.map((c) => c.drop)); drop > 0 && !fits(); drop--)
    sized = sized.filter(({ column }) => column.drop !== drop);
  return sized;
}

const taken = (columns: readonly Sized[]): number => columns.reduce((sum, c) => sum + GAP.length + c.width, 0);

function labelColumn(labels: readonly LabelStatistics[], columns: readonly Sized[], width: number | undefined): number {
  const wanted = labels.reduce((most, { label }) => Math.max(most, textWidth(printable(label))), 'label'.length);
  const room = width === undefined ? WIDEST_LABEL : Math.max(1, width - taken(columns));
  return Math.min(wanted, room);
}

interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
}
function painter(color: boolean): Paint {
  const code = (on: number, off: number) => (text: string) =>
    color ? `\x1b[${on}m${text.trimEnd()}\x1b[${off}m` : text;
  return { bold: code(1, 22), dim: code(2, 22), red: code(31, 39) };
}
