import type { JtlSample } from '../result/index.js';
import { gridLines } from './grid.js';
import { painter } from './paint.js';
import { shorten } from './text-width.js';

/** A table over all samples of a results file, as one of JMeter's report listeners has it. */
export interface Report {
  add(sample: JtlSample): void;
  /** What "Save Table Data" writes, with its header. */
  csv(): string;
  /** The table as lines of text. */
  render(options: ReportOptions): string;
}

export interface ReportOptions {
  /** Columns of the terminal; undefined = as wide as the table wants. */
  readonly width: number | undefined;
  readonly color: boolean;
}

/** A column behind the label. */
export interface ReportColumn<Row> {
  readonly title: string;
  readonly csv: (row: Row) => string;
  /** What the window shows, where it is not the same. */
  readonly shown?: (row: Row) => string;
  /** See `GridColumn`. */
  readonly drop: number;
}

interface Figures {
  readonly errors: number;
  add(sample: JtlSample): void;
}

interface Parts<F, Row> {
  readonly figures: () => F;
  readonly row: (figures: F) => Row;
  readonly columns: readonly ReportColumn<Row>[];
  /** Whether the thread group stands before the label (`useGroupName`). */
  readonly byGroup: boolean;
}

/** A report of a row per label, in the order the labels came, and the total (StatVisualizer, SummaryReport). */
export function reportTable<F extends Figures, Row>({ figures, row, columns, byGroup }: Parts<F, Row>): Report {
  const total = figures();
  // A label of that name has no row of its own and counts twice in the total, as in JMeter.
  const byLabel = new Map<string, F>([[TOTAL, total]]);
  const lines = (): readonly Line<F, Row>[] => {
    const [first, ...labels] = [...byLabel].map(([label, of]) => ({ label, of, row: row(of) }));
    return first === undefined ? labels : [...labels, first];
  };
  return {
    add(sample) {
      const label = byGroup ? `${groupOf(sample.threadName)}:${sample.label}` : sample.label;
      let of = byLabel.get(label);
      if (of === undefined) {
        of = figures();
        byLabel.set(label, of);
      }
      of.add(sample);
      total.add(sample);
    },
    csv: () => csvText(columns, lines()),
    render: (options) => renderReport(columns, lines(), options),
  };
}

interface Line<F, Row> {
  readonly label: string;
  readonly of: F;
  readonly row: Row;
}

function csvText<F, Row>(columns: readonly ReportColumn<Row>[], lines: readonly Line<F, Row>[]): string {
  const rows = lines.map((line) => [line.label, ...columns.map(({ csv }) => csv(line.row))]);
  return [['Label', ...columns.map(({ title }) => title)], ...rows]
    .map((cells) => `${cells.map(quoted).join(',')}\n`)
    .join('');
}

function renderReport<F extends Figures, Row>(
  columns: readonly ReportColumn<Row>[],
  lines: readonly Line<F, Row>[],
  { width, color }: ReportOptions,
): string {
  const labels = { title: 'Label', cells: lines.map(({ label }) => label) };
  const cells = columns.map(({ title, drop, csv, shown = csv }) => ({
    title,
    drop,
    cells: lines.map((line) => shown(line.row)),
  }));
  const wide = gridLines(labels, cells, width);
  const narrow = cells.map((column) => ({ ...column, title: column.title.replace(' ', '\n') }));
  const grid = wide.left.length === 0 ? wide : gridLines(labels, narrow, width);
  const heads = grid.lines.length - lines.length;
  const paint = painter(color);
  const text = grid.lines.map((line, i) => {
    if (i < heads) return paint.dim(line);
    if (i === grid.lines.length - 1) return paint.bold(line);
    return lines[i - heads]?.of.errors ? paint.red(line) : line;
  });
  if (grid.left.length > 0) {
    const names = grid.left.map(({ title }) => title.replace('\n', ' ')).join(', ');
    text.push(paint.dim(shorten(`No room for: ${names}`, width ?? Number.POSITIVE_INFINITY)));
  }
  return text.map((line) => line.trimEnd()).join('\n');
}

const TOTAL = 'TOTAL';
/** The name of a thread without its last word, which is the user's number. */
const groupOf = (threadName: string): string => threadName.slice(0, Math.max(0, threadName.lastIndexOf(' ')));
/** Unlike in a results file a line end asks for no quotes (CSVSaveService.saveCSVStats). */
const quoted = (text: string): string => (/[,"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
