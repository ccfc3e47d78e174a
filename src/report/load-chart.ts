import type { LoadShape } from '../model/index.js';
import { printable, shorten } from './text-width.js';

export interface ChartOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
}

const ROWS = 5;
const WIDEST = 60;
const NARROWEST = 10;
/** Eighths of a line, from the bottom. */
const BLOCKS = ' ▁▂▃▄▅▆▇█';
/** Looks per column: a peak between two columns is not lost. */
const LOOKS = 8;

/**
 * A load over time as lines of text: a title, and a small chart unless the load is the same from the first second on.
 * No line is wider than `width`.
 */
export function renderLoad(
  name: string,
  load: LoadShape | { readonly unknown: string },
  options: ChartOptions,
): string {
  const { width } = options;
  const bold = (text: string): string => (options.color ? `\x1b[1m${text}\x1b[22m` : text);
  const title = (what: string): string => {
    const label = shorten(printable(name) || '(no name)', Math.max(10, width - what.length - 2));
    return `${bold(label)}: ${shorten(what, Math.max(1, width - label.length - 2))}`;
  };
  if (!('at' in load)) return title(`the load cannot be told: ${printable(load.unknown)}`);
  if (load.settled <= 0) return title(constantText(load));
  // Where the users end by themselves a part of what follows is shown too.
  const span = load.end ?? load.settled * 1.15;
  const scale = scaleOf(load, span, Math.max(NARROWEST, Math.min(WIDEST, width)));
  const { values, top } = scale;
  if (load.end !== undefined && values.every((value) => value === top))
    return title(`${amount(top, load.of)} for ${timeText(span)}`);
  return [title(summary(load, top)), ...bars(scale), axis(scale, span, load.end === undefined)].join('\n');
}

interface Scale {
  readonly values: readonly number[];
  readonly top: number;
  /** What stands left of the bars on each row, all of one width. */
  readonly labels: readonly string[];
}

function scaleOf(load: LoadShape, span: number, width: number): Scale {
  const first = sampled(load, span, width);
  const top = Math.max(...first);
  const texts = Array.from({ length: ROWS }, (_, row) => (row === 0 ? numberText(top) : ''));
  const gutter = Math.max(1, ...texts.map((text) => text.length));
  const labels = texts.map((text) => `${text.padStart(gutter)} ${text === '' ? '│' : '┤'}`);
  return { values: sampled(load, span, Math.max(1, width - gutter - 3)), top, labels };
}

/** The largest value in the time of each column. */
function sampled({ at }: LoadShape, span: number, columns: number): readonly number[] {
  const step = span / columns;
  return Array.from({ length: columns }, (_, i) => {
    // From the left edge to just before the right one, where the load may be another.
    const looks = Array.from({ length: LOOKS }, (_look, j) => at((i + (j / (LOOKS - 1)) * (1 - 1e-9)) * step));
    return Math.max(0, ...looks);
  });
}

function bars({ values, top, labels }: Scale): readonly string[] {
  const levels = values.map((value) =>
    top === 0 ? 0 : Math.max(value > 0 ? 1 : 0, Math.round((value / top) * ROWS * 8)),
  );
  return labels.map((label, row) => {
    const floor = (ROWS - 1 - row) * 8;
    return `${label}${levels.map((level) => BLOCKS[Math.max(0, Math.min(8, level - floor))]).join('')}`.trimEnd();
  });
}

/** The time below the bars; an arrow where the load goes on. */
function axis({ values, labels }: Scale, span: number, open: boolean): string {
  const gutter = (labels[0]?.length ?? 2) - 2;
  const line = `${'0'.padStart(gutter)} └${'─'.repeat(values.length)}${open ? '→' : ''}`;
  const end = timeText(span);
  return `${line}\n${' '.repeat(gutter + 2)}0${end.padStart(Math.max(end.length + 1, values.length - 1))}`;
}

function constantText(load: LoadShape): string {
  return `${amount(load.at(0), load.of)} from the start, until each is done`;
}

function summary(load: LoadShape, top: number): string {
  const most = `up to ${amount(top, load.of)}`;
  return load.end === undefined
    ? `${most} after ${timeText(load.settled)}, until each is done`
    : `${most} in ${timeText(load.end)}`;
}

const amount = (value: number, of: LoadShape['of']): string =>
  of === 'users' ? `${numberText(value)} ${value === 1 ? 'user' : 'users'}` : `${numberText(value)} arrivals/s`;

const numberText = (value: number): string =>
  Math.abs(value - Math.round(value)) < 1e-6
    ? String(Math.round(value))
    : value >= 100
      ? value.toFixed(0)
      : String(Number(value.toPrecision(3)));

/** `45 s`, `1:30 min`, `2:05:00 h`. */
function timeText(seconds: number): string {
  if (seconds < 60) return `${numberText(seconds)} s`;
  const whole = Math.round(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)} min`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)} h`;
}
