import fs from 'node:fs';
import path from 'node:path';
import type { Log } from '../model/index.js';
import { makeFolder } from '../result/index.js';
import { type LogLevels, severity } from './log-levels.js';

/** A run log that says nothing, for runs without a log file. */
export const noLog: RunLog = { enabled: () => false, write() {}, append() {}, flush() {}, close() {} };

export interface RunLog extends Log {
  /** Adds lines that are made already. */
  append(lines: string): void;
  /** Writes what is buffered, at once. */
  flush(): void;
  close(): void;
}

/**
 * Opens JMeter's run log: `2024-03-05 10:11:12,001 INFO o.a.j.t.JMeterThread: text`, the file begun anew and its folder
 * made. Lines are written each second. Throws the system's error when the file cannot be opened; of writes that fail
 * later `lost` hears once and the run goes on, since a full disk must not cost it its results.
 */
export function openRunLog(
  file: string,
  levels: LogLevels,
  { now = Date.now, lost }: { readonly now?: () => number; readonly lost?: (error: unknown) => void } = {},
): RunLog {
  makeFolder(path.dirname(path.resolve(file)));
  const descriptor = fs.openSync(file, 'w');
  const close = (): void => fs.closeSync(descriptor);
  return runLog(levels, { write: (text) => void fs.writeSync(descriptor, text), close, now, ...(lost && { lost }) });
}

/** Where the lines of a run log go. */
interface LogOutput {
  write(text: string): void;
  close?(): void;
  readonly now?: () => number;
  /** Hears once of writes that fail. */
  readonly lost?: (error: unknown) => void;
}

/** A run log whose lines go anywhere. */
export function runLog(levels: LogLevels, { write, close, now = Date.now, lost }: LogOutput): RunLog {
  let open = true;
  let lines: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let failed = false;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!open || lines.length === 0) return;
    const text = lines.join('');
    lines = [];
    try {
      write(text);
    } catch (error) {
      if (!failed) lost?.(error);
      failed = true;
    }
  };
  return {
    enabled: (level) => severity[level] >= levels.lowest,
    write(level, category, text) {
      if (!levels.allows(level, category)) return;
      add(`${stamp(now())} ${level} ${category}: ${text}\n`);
    },
    append(text) {
      add(text);
      flush();
    },
    flush,
    close() {
      flush();
      if (open) close?.();
      open = false;
    },
  };

  function add(text: string): void {
    lines.push(text);
    if (lines.length >= MANY) flush();
    else timer ??= setTimeout(flush, 1000).unref();
  }
}

const MANY = 1000;

let second = 0;
let secondText = '';
/** log4j's %d: local time, milliseconds behind a comma. */
function stamp(ms: number): string {
  const whole = Math.floor(ms / 1000);
  if (whole !== second) {
    second = whole;
    const d = new Date(ms);
    const two = (n: number): string => String(n).padStart(2, '0');
    secondText =
      `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ` +
      `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
  }
  return `${secondText},${String(ms % 1000).padStart(3, '0')}`;
}

/**
 * The name of the log file with each pattern in single quotes replaced by the date (`run_'yyyyMMdd'.log`). As in JMeter's
 * start-up a single character behind the last quote is lost, and a name with an odd number of quotes stays as it is.
 */
export function logFileName(name: string, now: Date, format: (pattern: string, date: Date) => string): string {
  const parts = name.split("'");
  if (parts.length === 1) return name;
  if (parts.length % 2 === 0) return name;
  const last = parts.pop() ?? '';
  const begun = parts.map((part, i) => (i % 2 === 1 ? format(part, now) : part)).join('');
  return last.length > 1 ? begun + last : begun;
}
