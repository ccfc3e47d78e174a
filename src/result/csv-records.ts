import type { JtlReader } from './jtl-sample.js';

/** Told of each record: its fields, undefined when it has no end, and the line where it begins, from 1. */
export type RecordListener = (fields: string[] | undefined, line: number) => void;

/**
 * Cuts CSV text into records as CSVSaveService.csvReadFile does: fields may be quoted and then hold delimiters, doubled
 * quotes and line ends; CR, LF and CRLF end a record. Empty lines are passed over, and a quote within a plain field
 * stands for itself: JMeter stops reading at both. Only the record that is not complete yet is kept.
 */
export class CsvRecords implements JtlReader {
  #rest = '';
  #line = 1;

  /** `delimiter` may be set anew from within the listener, for the records that follow. */
  constructor(
    public delimiter: string,
    private readonly listener: RecordListener,
  ) {}

  push(text: string): void {
    this.#read(this.#rest + text, false);
  }

  end(): void {
    this.#read(this.#rest, true);
    if (this.#rest !== '') this.listener(undefined, this.#line);
    this.#rest = '';
  }

  #read(text: string, last: boolean): void {
    let at = 0;
    while (at < text.length) {
      const next = this.#record(text, at, last);
      if (next < 0) break;
      at = next;
    }
    this.#rest = text.slice(at);
    // A stray quote must not take the rest of a large file into memory.
    if (this.#rest.length > LONGEST) this.#skipLine();
  }

  /** Tells of the record that begins at `at`; where the next one begins, or -1 when this one is not complete. */
  #record(text: string, at: number, last: boolean): number {
    const newline = text.indexOf('\n', at);
    if (newline < 0 && !last) return -1;
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, text.charCodeAt(end - 1) === CR && end > at ? end - 1 : end);
    if (SPECIAL.test(line)) return this.#careful(text, at, last);
    if (line !== '') this.listener(line.split(this.delimiter), this.#line);
    this.#line++;
    return end + 1;
  }

  #careful(text: string, from: number, last: boolean): number {
    const record = parseRecord(text, from, this.delimiter);
    const complete = record !== undefined && (record.end < text.length || last);
    // The LF of a CRLF may still be to come.
    if (!complete || (text[record.end] === '\r' && record.end + 1 === text.length && !last)) return -1;
    if (record.fields.length > 1 || record.fields[0] !== '') this.listener(record.fields, this.#line);
    const next = record.end + (text.startsWith('\r\n', record.end) ? 2 : 1);
    this.#line += text.slice(from, next).split(LINE_END).length - 1;
    return next;
  }

  #skipLine(): void {
    this.listener(undefined, this.#line);
    this.#line++;
    this.#rest = this.#rest.slice(this.#rest.indexOf('\n') + 1);
  }
}

const CR = 13;
const SPECIAL = /["\r]/;
const LINE_END = /\r\n?|\n/;
/** Characters of one record; a response message can be a whole page. */
const LONGEST = 32 * 1024 * 1024;

/** The fields of the record at `from`, and where its line end stands; undefined when a quoted field has no end. */
function parseRecord(
  text: string,
  from: number,
  delimiter: string,
): { readonly fields: string[]; readonly end: number } | undefined {
  const fields: string[] = [];
  let at = from;
  for (;;) {
    const quoted = text[at] === '"' ? closingQuote(text, at) : undefined;
    if (quoted === -1) return undefined;
    const plain = quoted === undefined ? at : quoted + 1;
    const end = fieldEnd(text, plain, delimiter);
    const value = quoted === undefined ? '' : text.slice(at + 1, quoted).replaceAll('""', '"');
    fields.push(value + text.slice(plain, end));
    if (text[end] !== delimiter) return { fields, end };
    at = end + 1;
  }
}

/** Where the quote stands that ends the field whose first one is at `at`; -1 when it is not there. */
function closingQuote(text: string, at: number): number {
  let end = text.indexOf('"', at + 1);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  return end;
}

function fieldEnd(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}
