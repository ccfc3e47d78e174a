import type { Sample, SampleEvent } from '../model/index.js';
import type { RowBytes } from './row-bytes.js';
import type { SaveSettings } from './save-settings.js';

/** Writes one event as a results file has it: all its rows, each with its line end. */
export type EventWriter = (rows: RowBytes, event: SampleEvent) => void;
/** Writes a value without the delimiter before it. */
type Cell = (rows: RowBytes, sample: Sample, event: SampleEvent) => void;
type Column = readonly [name: string, on: boolean, cell: Cell];

/** The header line of a CSV results file with its line end: names unquoted, variables in quotes (CSVSaveService). */
export function csvHeader(settings: SaveSettings, variables: readonly string[]): string {
  return `${[...csvColumns(settings), ...variables.map((name) => `"${name}"`)].join(settings.delimiter)}\n`;
}

/** The names of the columns that are on, in JMeter's order; `all`: of those that are off too. */
export const csvColumns = (settings: SaveSettings, { all = false } = {}): readonly string[] =>
  columns(settings).flatMap(([name, on]) => (on || all ? [name] : []));

/**
 * Compiles a function that writes an event's CSV rows: the sample, then its sub-samples depth-first unless they are off.
 * Byte for byte CSVSaveService.saveSampleResult of JMeter 5.6.3 on Linux.
 */
export function csvWriter(settings: SaveSettings, variables: readonly string[]): EventWriter {
  const enabled = columns(settings).filter(([, on]) => on);
  // A time stamp that cannot be formatted leaves its value out, not its column: the row shifts to the left.
  const cells = enabled.flatMap(([name, , cell]) => (name === 'timeStamp' && !settings.stamp ? [] : [cell]));
  const text = textWriter(settings.delimiter);
  variables.forEach((_, i) => {
    cells.push((rows, _sample, event) => text(rows, event.variables[i] ?? 'null'));
  });
  const row = rowWriter(cells, settings.delimiter);
  if (!settings.subresults) return (rows, event) => row(rows, event.sample, event);
  return (rows, event) => {
    row(rows, event.sample, event);
    writeSubRows(rows, event.sample, event, row, 0);
  };
}

function rowWriter(cells: readonly Cell[], delimiter: string): Cell {
  const between = delimiter.charCodeAt(0);
  return (rows, sample, event) => {
    for (let i = 0; i < cells.length; i++) {
      if (i > 0) rows.char(between);
      (cells[i] as Cell)(rows, sample, event); // within bounds
    }
    rows.char(LINE_END);
  };
}

/** JMeter goes down eleven levels and leaves out what lies deeper. */
function writeSubRows(rows: RowBytes, sample: Sample, event: SampleEvent, row: Cell, level: number): void {
  if (level > 10 || sample.subSamples === undefined) return;
  for (const sub of sample.subSamples) {
    row(rows, sub, event);
    writeSubRows(rows, sub, event, row, level + 1);
  }
}

/** All columns in JMeter's order. */
function columns(on: SaveSettings): readonly Column[] {
  const text = textWriter(on.delimiter);
  const stamp = stampWriter(on.stamp, text);
  return [
    ['timeStamp', on.timestamp, on.stampStart ? (r, s) => stamp(r, s.startTime) : (r, s) => stamp(r, s.endTime)],
    ['elapsed', on.time, (r, s) => r.number(s.elapsed)],
    ['label', on.label, (r, s) => text(r, s.label)],
    ['responseCode', on.code, (r, s) => text(r, s.code)],
    ['responseMessage', on.message, (r, s) => text(r, s.message)],
    ['threadName', on.threadName, (r, s) => text(r, s.threadName)],
    ['dataType', on.dataType, (r, s) => text(r, s.dataType)],
    ['success', on.success, (r, s) => text(r, s.success ? 'true' : 'false')],
    ['failureMessage', on.saveAssertionResultsFailureMessage, (r, s) => text(r, s.failureMessage)],
    ['bytes', on.bytes, (r, s) => r.number(s.bytes)],
    ['sentBytes', on.sentBytes, (r, s) => r.number(s.sentBytes)],
    ['grpThreads', on.threadCounts, (r, s) => r.number(s.groupThreads)],
    ['allThreads', on.threadCounts, (r, s) => r.number(s.allThreads)],
    ['URL', on.url, (r, s) => text(r, s.url ?? 'null')],
    ['Filename', on.fileName, (r, s) => text(r, s.fileName)],
    ['Latency', on.latency, (r, s) => r.number(s.latency)],
    ['Encoding', on.encoding, (r, s) => text(r, s.encodingOrDefault)],
    ['SampleCount', on.sampleCount, (r, s) => r.number(s.sampleCount)],
    ['ErrorCount', on.sampleCount, (r, s) => r.number(s.errorCount)],
    ['Hostname', on.hostname, (r, _, event) => text(r, event.user.test.hostName)],
    ['IdleTime', on.idleTime, (r, s) => r.number(s.idleTime)],
    ['Connect', on.connectTime, (r, s) => r.number(s.connectTime)],
  ];
}

type TextWriter = (rows: RowBytes, value: string) => void;

/** Milliseconds need no quotes; a date may hold the delimiter and is quoted then. */
function stampWriter(format: SaveSettings['stamp'], text: TextWriter): (rows: RowBytes, ms: number) => void {
  if (format === undefined) return () => {};
  if (format !== 'ms') return (rows, ms) => text(rows, format(ms));
  return (rows, ms) => {
    const second = Math.floor(ms / 1000);
    if (!(second > 0)) rows.number(ms);
    else {
      rows.number(second);
      rows.threeDigits(ms - second * 1000);
    }
  };
}

/** Puts quotes around a text that holds the delimiter, a quote, CR or LF, and doubles its quotes; all else stays raw. */
function textWriter(delimiter: string): TextWriter {
  const special = new Uint8Array(128);
  for (const char of `${delimiter}"\r\n`) special[char.charCodeAt(0)] = 1;
  const isSpecial = new RegExp(`[${delimiter === '\t' ? '\\t' : `\\${delimiter}`}"\\r\\n]`);
  return (rows, value) => {
    if (!rows.plain(value, special)) rows.text(isSpecial.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  };
}

const LINE_END = 10;
