import type { Statistics, UserCounts } from '../result/index.js';
import { renderTable } from './table.js';
import { shorten, textWidth } from './text-width.js';

/** Where the run stands. */
export interface Progress {
  readonly users: UserCounts;
  /** Users the plan is configured for; 0 = unknown. */
  readonly totalUsers: number;
  readonly elapsedSeconds: number;
  /** Undefined when the plan has no end by time. */
  readonly plannedSeconds: number | undefined;
  /** Further lines. */
  readonly notes?: readonly string[];
}

/** The size of the terminal at the moment, in columns and rows. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
}

/** `10 of 50 users active, 12 started, 2 finished   0:12 of 5:00`. */
export function renderProgress({ users, totalUsers, elapsedSeconds, plannedSeconds }: Progress): string {
  const of = totalUsers > 0 ? ` of ${totalUsers}` : '';
  const end = plannedSeconds === undefined ? '' : ` of ${time(plannedSeconds)}`;
  return `${users.active}${of} users active, ${users.started} started, ${users.finished} finished   ${time(elapsedSeconds)}${end}`;
}

/**
 * Keeps a table of live figures at the bottom of a terminal: it is painted over in place with one write, line by line,
 * so nothing flickers; other lines go above it.
 */
export class LiveTable {
  /** Widths of the lines on the screen, from which their rows follow should the terminal have become narrower. */
  #painted: readonly number[] = [];

  constructor(
    private readonly write: (text: string) => void,
    private readonly screen: () => Screen,
    private readonly color: boolean,
  ) {}

  paint(statistics: Statistics, progress: Progress): void {
    const { columns, rows } = this.screen();
    // The last column stays free: some terminals break the line as soon as it is filled.
    const width = Math.max(20, columns - 1);
    const { notes = [] } = progress;
    const around = 4 + notes.length; // progress, titles, total, and the line of hidden labels
    const table = renderTable(statistics, { width, labels: Math.max(1, rows - 1 - around), color: this.color });
    const lines = [renderProgress(progress), ...notes].map((line) => shorten(line, width));
    this.#replace([...lines, ...table.split('\n')]);
  }

  /** Prints a line above the table; the table comes back with the next paint. */
  print(line: string): void {
    this.#replace([]);
    this.write(`${line}\n`);
  }

  /** Takes the table away. */
  clear(): void {
    this.#replace([]);
  }

  #replace(lines: readonly string[]): void {
    const { columns } = this.screen();
    const up = this.#painted.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / Math.max(1, columns))), 0);
    this.#painted = lines.map((line) => textWidth(line.replaceAll(STYLE, '')));
    const body = lines.map((line) => `${line}\x1b[K\n`).join('');
    // Lines are cleared behind their text and the rest of the screen below: nothing is ever blank before it is painted.
    if (up > 0 || lines.length > 0) this.write(`${up > 0 ? `\x1b[${up}A\r` : ''}${body}\x1b[J`);
  }
}

/** The escapes that color a line: they take no room. */
const STYLE = /\x1b\[\d+m/g;

function time(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
