import { parseBoolean, toLong } from '../java/index.js';
import { csvColumns } from './csv.js';
import { CsvRecords } from './csv-records.js';
import type { JtlListener, JtlReader, JtlSample } from './jtl-sample.js';
import type { SaveSettings } from './save-settings.js';

/** Reads a time stamp (epoch ms). */
type StampReader = (text: string) => number | undefined;

/**
 * Reads CSV rows (CSVSaveService.processSamples); a file without a header has the columns that the settings ask for. Beyond
 * JMeter it takes headers in any order and case, quoted or with columns that JMeter does not know, as Taurus and Jenkins
 * do; a row that cannot be read is told, where JMeter would stop.
 */
export function csvReader(settings: SaveSettings, stamp: StampReader, listener: JtlListener): JtlReader {
  const expected = csvColumns(settings);
  const known = new Map(csvColumns(settings, { all: true }).map((name) => [name.toLowerCase(), name]));
  let row: ((fields: readonly string[]) => JtlSample | undefined) | undefined;
  const records = new CsvRecords(settings.delimiter, (fields, line) => {
    if (fields === undefined) return listener.unreadable(line);
    let values = fields;
    if (row === undefined) {
      const first = firstRow(fields, settings.delimiter, known);
      records.delimiter = first.delimiter;
      row = rowReader(first.header ?? expected, settings.stampStart, stamp);
      if (first.header !== undefined) return;
      values = first.fields;
    }
    const sample = row(values);
    if (sample === undefined) listener.unreadable(line);
    else listener.sample(sample);
  });
  return records;
}

interface FirstRow {
  readonly delimiter: string;
  readonly fields: string[];
  /** The columns, blank where a name says nothing; undefined when the row is no header. */
  readonly header: readonly string[] | undefined;
}

/** The first row, cut by another sign than the expected one when that leaves it whole. */
function firstRow(fields: string[], delimiter: string, known: Names): FirstRow {
  const header = headerOf(fields, known);
  const other = OTHER_DELIMITER.exec(fields[0] ?? '')?.[1];
  if (fields.length > 1 || header !== undefined || other === undefined) return { delimiter, fields, header };
  const cut = (fields[0] ?? '').split(other);
  return { delimiter: other, fields: cut, header: headerOf(cut, known) };
}

/** The columns that JMeter has, by their names in lower case. */
type Names = ReadonlyMap<string, string>;

/** Two names or numbers and the sign between them (CSVSaveService.extractDelimiter). */
const OTHER_DELIMITER = /^\w+(\W)\w+/;

/** The columns of a header line, where other programs may have their own among JMeter's; undefined when it is none. */
function headerOf(fields: readonly string[], known: Names): readonly string[] | undefined {
  const names = fields.map((field) => known.get(field.trim().toLowerCase()) ?? '');
  const count = names.filter((name) => name !== '').length;
  const isHeader = count >= 2 || count === fields.length;
  return isHeader ? names : undefined;
}

/** What turns the fields of a row into a sample; undefined for a row that is too short or has a wrong number. */
function rowReader(
  columns: readonly string[],
  stampStart: boolean,
  stamp: StampReader,
): (fields: readonly string[]) => JtlSample | undefined {
  // A variable may have a column's name; it stands behind.
  const at = (name: string): number => columns.indexOf(name);
  const [stampAt, elapsedAt, labelAt, threadAt] = [at('timeStamp'), at('elapsed'), at('label'), at('threadName')];
  const [successAt, bytesAt, sentAt] = [at('success'), at('bytes'), at('sentBytes')];
  const [countAt, errorsAt] = [at('SampleCount'), at('ErrorCount')];
  const width = columns.findLastIndex((name) => name !== '') + 1;
  return (fields) => {
    if (fields.length < width) return undefined;
    const time = stampAt < 0 ? 0 : stamp(fields[stampAt] ?? '');
    const elapsed = elapsedAt < 0 ? 0 : toLong(fields[elapsedAt] ?? '');
    if (time === undefined || elapsed === undefined) return undefined;
    // A file that does not tell is read as failures, as JMeter does.
    const success = successAt >= 0 && parseBoolean(fields[successAt] ?? '');
    const sample: JtlSample = {
      label: fields[labelAt] ?? '',
      threadName: fields[threadAt] ?? '',
      startTime: stampStart ? time : time - elapsed,
      endTime: stampStart ? time + elapsed : time,
      elapsed,
      success,
      bytes: figure(fields[bytesAt], 0),
      sentBytes: figure(fields[sentAt], 0),
      sampleCount: figure(fields[countAt], 1),
      errorCount: figure(fields[errorsAt], success ? 0 : 1),
    };
    const { bytes, sentBytes, sampleCount, errorCount } = sample;
    return Number.isNaN(bytes + sentBytes + sampleCount + errorCount) ? undefined : sample;
  };
}

/** NaN for what is no number. */
const figure = (text: string | undefined, missing: number): number =>
  text === undefined || text === '' ? missing : (toLong(text) ?? Number.NaN);
