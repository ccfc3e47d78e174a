import { JavaError } from '../../java/index.js';
import type { Characters } from './csv-text.js';

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * The fields of the next record, with quotes (CSVSaveService.csvReadFile 5.6.3): a quoted field may hold delimiters, line
 * ends and doubled quotes. Nothing left gives no fields, an empty line one empty field. Throws java.io.IOException for a
 * quote where none may stand; the reader then stays right there, and the next record begins in the middle of the line.
 */
export function readFields(from: Characters, delimiter: number): string[] {
  const fields: string[] = [];
  for (;;) {
    const first = from.read();
    if (first === -1) {
      // A delimiter was the last thing in the file: an empty field stands behind it.
      if (fields.length > 0) fields.push('');
      return fields;
    }
    const end = first === QUOTE ? quoted(from, delimiter, fields) : plain(from, delimiter, first, fields);
    if (end !== delimiter) return fields;
  }
}

/** Adds one unquoted field; gives what ended it. */
function plain(from: Characters, delimiter: number, first: number, fields: string[]): number {
  let text = '';
  for (let c = first; ; c = from.read()) {
    if (ends(c, delimiter)) return close(from, c, text, fields);
    if (c === QUOTE) throw ioError(`Cannot have quote-char in plain field:[${text}"]`);
    text += String.fromCharCode(c);
  }
}

/** Adds one quoted field, its first quote already read; gives what ended it. */
function quoted(from: Characters, delimiter: number, fields: string[]): number {
  let text = '';
  for (;;) {
    const c = from.read();
    if (c === -1) throw ioError(`Missing trailing quote-char in quoted field:["${text}]`);
    if (c !== QUOTE) {
      text += String.fromCharCode(c);
      continue;
    }
    const next = from.read();
    if (ends(next, delimiter)) return close(from, next, text, fields);
    text += '"';
    if (next !== QUOTE) throw ioError(`Cannot have single quote-char in quoted field:[${text}]`);
  }
}

const ends = (c: number, delimiter: number): boolean => c === delimiter || c === LF || c === CR || c === -1;

function close(from: Characters, end: number, text: string, fields: string[]): number {
  fields.push(text);
  if (end === CR && from.peek() === LF) from.read();
  // A line end ends the record even where it is the delimiter.
  return end === LF || end === CR ? -1 : end;
}

const ioError = (message: string): JavaError => new JavaError('java.io.IOException', message);
