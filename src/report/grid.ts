import { fitTo, printable, textWidth } from './text-width.js';

/** A column of figures. */
export interface GridColumn {
  /** May have a line end in it: then all headings take two lines. */
  readonly title: string;
  /** The first to go when the terminal is narrow has the highest number; 0 stays. */
  readonly drop: number;
  readonly cells: readonly string[];
}

/** Lines of a grid, and what had to be left out of it. */
export interface Grid {
  /** The headings, then a line for each row. */
  readonly lines: readonly string[];
  readonly left: readonly GridColumn[];
}

const WIDEST_LABEL = 60;
const NARROWEST_LABEL = 12;
const GAP = '  ';

/** Sets labels and figures side by side, no line wider than `width` if that is told: columns go, then labels are cut. */
export function gridLines(
  labels: Pick<GridColumn, 'title' | 'cells'>,
  columns: readonly GridColumn[],
  width: number | undefined,
): Grid {
  const sized = columns.map((column) => ({ ...column, width: widest([...column.title.split('\n'), ...column.cells]) }));
  const kept = fitting(sized, width);
  const room = width === undefined ? WIDEST_LABEL : Math.max(1, width - taken(kept));
  const names = labels.cells.map((label) => printable(label).trim() || '(no label)');
  const labelWidth = Math.min(widest([labels.title, ...names]), room);
  const line = (label: string, cell: (column: GridColumn) => string): string =>
    [fitTo(label, labelWidth), ...kept.map((column) => fitTo(cell(column), column.width, 'right'))].join(GAP);

  const heights = kept.map(({ title }) => title.split('\n').length);
  const height = Math.max(1, ...heights);
  const heads = Array.from({ length: height }, (_, i) =>
    // A heading of one line stands on the last one.
    line(i === height - 1 ? labels.title : '', ({ title }) => title.split('\n').at(i - height) ?? ''),
  );
  return {
    lines: [...heads, ...names.map((name, row) => line(name, ({ cells }) => cells[row] ?? ''))],
    left: sized.filter((column) => !kept.includes(column)),
  };
}

interface Sized extends GridColumn {
  readonly width: number;
}

function fitting(columns: readonly Sized[], width: number | undefined): readonly Sized[] {
  if (width === undefined) return columns;
  let kept = columns;
  for (let drop = Math.max(...columns.map((column) => column.drop)); drop > 0; drop--) {
    if (NARROWEST_LABEL + taken(kept) <= width) break;
    kept = kept.filter((column) => column.drop !== drop);
  }
  return kept;
}

const taken = (columns: readonly Sized[]): number =>
  columns.reduce((sum, column) => sum + GAP.length + column.width, 0);
const widest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);
