import type { Sample, SampleEvent } from '../model/index.js';
import type { SaveSettings } from './save-settings.js';

/** The text of one event in a results file: all its rows, each with its line end. */
export type EventFormatter = (event: SampleEvent) => string;
/** Gives a value with the delimiter before it: most values repeat, and then no string is made at all. */
type Cell = (sample: Sample, event: SampleEvent) => string;
type Column = readonly [name: string, on: boolean, cell: Cell];

/** The header line of a CSV results file with its line end: names unquoted, variables in quotes (CSVSaveService). */
export function csvHeader(settings: SaveSettings, variables: readonly string[]): string {
  return `${[...csvColumns(settings), ...variables.map((name) => `"${name}"`)].join(settings.delimiter)}\n`;
}

/** The names of the columns that are on, in JMeter's order; `all`: of those that are off too. */
export const csvColumns = (settings: SaveSettings, { all = false } = {}): readonly string[] =>
  columns(settings).flatMap(([name, on]) => (on || all ? [name] : []));

/**
 * Compiles a function that gives an event's CSV rows: the sample, then its sub-samples depth-first unless they are off.
 * Byte for byte CSVSaveService.saveSampleResult of JMeter 5.6.3 on Linux.
 */
export function csvFormatter(settings: SaveSettings, variables: readonly string[]): EventFormatter {
  const enabled = columns(settings).filter(([, on]) => on);
  // A time stamp that cannot be formatted leaves its value out, not its column: the row shifts to the left.
  const cells = enabled.flatMap(([name, , cell]) => (name === 'timeStamp' && !settings.stamp ? [] : [cell]));
  const { text } = writers(settings.delimiter);
  variables.forEach((_, i) => {
    cells.push((_sample, event) => text(event.variables[i] ?? 'null'));
  });
  const row = rowFunction(cells);
  if (!settings.subresults) return (event) => row(event.sample, event);
  return (event) => {
    const { sample } = event;
    const own = row(sample, event);
    return sample.subSamples === undefined ? own : own + subRows(sample, event, row, 0);
  };
}

type Row = (sample: Sample, event: SampleEvent) => string;

function rowFunction(cells: readonly Cell[]): Row {
  const [first, ...rest] = cells;
  if (first === undefined) return () => '\n';
  return (sample, event) => {
    let row = first(sample, event).slice(1);
    for (let i = 0; i < rest.length; i++) row += (rest[i] as Cell)(sample, event); // within bounds
    return `${row}\n`;
  };
}

/** JMeter goes down eleven levels and leaves out what lies deeper. */
function subRows(sample: Sample, event: SampleEvent, row: Row, level: number): string {
  if (level > 10 || sample.subSamples === undefined) return '';
  let text = '';
  for (const sub of sample.subSamples) text += row(sub, event) + subRows(sub, event, row, level + 1);
  return text;
}

/** All columns in JMeter's order. */
function columns(on: SaveSettings): readonly Column[] {
  const { delimiter, text, repeated, number } = writers(on.delimiter);
  const [label, code, message, thread] = [repeated(), repeated(), repeated(), repeated()];
  const [type, failure, url, host] = [repeated(), repeated(), repeated(), repeated()];
  const [yes, no, noUrl] = [`${delimiter}true`, `${delimiter}false`, `${delimiter}null`];
  const stamp = stampCell(on.stamp, delimiter, text);
  return [
    ['timeStamp', on.timestamp, on.stampStart ? (s) => stamp(s.startTime) : (s) => stamp(s.endTime)],
    ['elapsed', on.time, (s) => number(s.elapsed)],
    ['label', on.label, (s) => label(s.label)],
    ['responseCode', on.code, (s) => code(s.code)],
    ['responseMessage', on.message, (s) => message(s.message)],
    ['threadName', on.threadName, (s) => thread(s.threadName)],
    ['dataType', on.dataType, (s) => type(s.dataType)],
    ['success', on.success, (s) => (s.success ? yes : no)],
    ['failureMessage', on.saveAssertionResultsFailureMessage, (s) => failure(s.failureMessage)],
    ['bytes', on.bytes, (s) => number(s.bytes)],
    ['sentBytes', on.sentBytes, (s) => number(s.sentBytes)],
    ['grpThreads', on.threadCounts, (s) => number(s.groupThreads)],
    ['allThreads', on.threadCounts, (s) => number(s.allThreads)],
    ['URL', on.url, (s) => (s.url === undefined ? noUrl : url(s.url))],
    ['Filename', on.fileName, (s) => text(s.fileName)],
    ['Latency', on.latency, (s) => number(s.latency)],
    ['Encoding', on.encoding, (s) => text(s.encodingOrDefault)],
    ['SampleCount', on.sampleCount, (s) => number(s.sampleCount)],
    ['ErrorCount', on.sampleCount, (s) => number(s.errorCount)],
    ['Hostname', on.hostname, (_, event) => host(event.user.test.hostName)],
    ['IdleTime', on.idleTime, (s) => number(s.idleTime)],
    ['Connect', on.connectTime, (s) => number(s.connectTime)],
  ];
}

/** Milliseconds need no quotes; a date may hold the delimiter and is quoted then. */
function stampCell(
  format: SaveSettings['stamp'],
  delimiter: string,
  text: (value: string) => string,
): (ms: number) => string {
  if (format === undefined) return () => '';
  return /^\d+$/.test(String(format(0))) ? (ms) => delimiter + format(ms) : (ms) => text(String(format(ms)));
}

/** What puts the delimiter before a value, and quotes around a text that needs them. */
function writers(delimiter: string) {
  const special = new RegExp(`[${delimiter === '\t' ? '\\t' : `\\${delimiter}`}"\\r\\n]`);
  // What holds the delimiter, a quote, CR or LF is quoted and its quotes doubled; all else stays raw.
  const text = (value: string): string =>
    delimiter + (special.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const small = Array.from({ length: SMALL }, (_, n) => delimiter + n);
  // A negative number or a fraction is not in the list.
  const number = (n: number): string => (n < SMALL ? (small[n] ?? delimiter + n) : delimiter + n);
  return { delimiter, text, number, repeated: () => remembering(text) };
}

/**
 * Labels, threads and codes repeat: the same text again costs a comparison, one of the known ones a look-up. Texts that are
 * mostly new, as addresses with a number in them, are not kept.
 */
function remembering(write: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  let found = 0;
  let mostlyNew = false;
  let last = '';
  let lastWritten = write('');
  return (text) => {
    if (text === last) return lastWritten;
    let written = mostlyNew ? undefined : known.get(text);
    if (written === undefined) {
      written = write(text);
      if (known.size >= REMEMBERED) {
        mostlyNew = found < REMEMBERED;
        found = 0;
        known.clear();
      }
      if (!mostlyNew && text.length <= 200) known.set(text, written);
    } else found++;
    last = text;
    lastWritten = written;
    return written;
  };
}

const REMEMBERED = 4096;
const SMALL = 4096;
