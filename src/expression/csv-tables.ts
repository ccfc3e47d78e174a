import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import { JavaError } from '../java/index.js';
import { resolveDataFile, type Test, type User } from '../model/index.js';
import { reasonOf } from '../problem.js';

const CATEGORY = 'o.a.j.f.FileWrapper';

/** The files of `__CSVRead`: each is read once, its rows are handed out to whoever asks next (FileWrapper, FileRowColContainer). */
export class CsvTables {
  /** By file name or alias. */
  readonly #tables = new Map<string, Table>();
  /** The first file that was opened: what an empty file name means. */
  #first = '';

  /** Those of the user's run. */
  static of({ test }: User): CsvTables {
    return test.state(KEY, () => new CsvTables());
  }

  /** Forgets all files, and the rows of this user; other users keep theirs. */
  clear(user: User): void {
    rowsOf(user).clear();
    this.#tables.clear();
    this.#first = '';
  }

  open(given: string, alias: string, user: User): void {
    const file = this.#orFirst(given, user.test);
    const rows = rowsOf(user);
    if (rows.has(alias)) return;
    const table = this.#table(file, alias, user.test);
    if (table !== undefined) rows.set(alias, { table, current: undefined });
  }

  endRow(given: string, user: User): void {
    const file = this.#orFirst(given, user.test);
    const row = rowsOf(user).get(file);
    if (row === undefined) user.test.log.write('WARN', CATEGORY, `endRow(): no entry for ${file}`);
    else row.current = undefined;
  }

  column(given: string, index: number, user: User): string {
    const row = this.#row(given, user);
    if (row === undefined) return '';
    row.current ??= row.table.nextRow();
    const value = row.table.rows[row.current]?.[index];
    if (value === undefined)
      user.test.log.write(
        'WARN',
        'o.a.j.f.CSVRead',
        `${user.threadName} - invalid column number: ${index} at row ${row.current}`,
      );
    return value ?? '';
  }

  #row(given: string, user: User): Row | undefined {
    const rows = rowsOf(user);
    const known = rows.get(given);
    if (known !== undefined) return known;
    if (given.startsWith('*')) {
      user.test.log.write('WARN', CATEGORY, `Cannot perform initial open using alias ${given}`);
      return undefined;
    }
    const file = this.#orFirst(given, user.test);
    if (file === '') return undefined;
    this.open(file, file, user);
    return rows.get(file);
  }

  /** An empty name is the only file's. */
  #orFirst(file: string, { log }: Test): string {
    if (file !== '') return file;
    if (this.#tables.size === 1 && this.#first !== '') {
      log.write('WARN', CATEGORY, `Using default: ${this.#first}`);
      return this.#first;
    }
    log.write('ERROR', CATEGORY, 'Cannot determine default file name');
    return file;
  }

  #table(file: string, alias: string, test: Test): Table | undefined {
    let table = this.#tables.get(alias);
    if (table !== undefined) return table;
    table = readTable(file, test);
    if (table === undefined) return undefined;
    this.#tables.set(alias, table);
    if (this.#first === '') this.#first = file;
    return table;
  }
}

const KEY = {};
const ROWS = {};

/** A user's place in a file. */
interface Row {
  readonly table: Table;
  /** Undefined = the next one that is asked for. */
  current: number | undefined;
}
const rowsOf = (user: User): Map<string, Row> => user.state(ROWS, () => new Map());

class Table {
  #next = 0;
  constructor(readonly rows: readonly (readonly string[])[]) {}

  nextRow(): number {
    const row = this.#next++;
    if (this.#next >= this.rows.length) this.#next = 0;
    return row;
  }
}

/** The lines up to the first empty one. Throws IllegalArgumentException when the file has no name. */
function readTable(file: string, { workingDirectory, planDirectory, properties, log }: Test): Table | undefined {
  if (file === '') throw new JavaError('java.lang.IllegalArgumentException', 'Filename must not be null or empty');
  const delimiter = properties.get('csvread.delimiter', ',');
  try {
    const bytes = fs.readFileSync(resolveDataFile(file, workingDirectory, planDirectory));
    if (!isUtf8(bytes)) throw new Error('it is not UTF-8');
    const lines = bytes.toString().split(/\r\n|\n|\r/);
    const end = lines.indexOf('');
    return new Table(lines.slice(0, end < 0 ? lines.length : end).map((line) => columns(line, delimiter)));
  } catch (error) {
    log.write('WARN', 'o.a.j.f.FileRowColContainer', `${file}: ${reasonOf(error)}`);
    return undefined;
  }
}

/** No quoting. Each character of a longer delimiter cuts, and is then a column itself (StringTokenizer). */
function columns(line: string, delimiter: string): readonly string[] {
  if (delimiter.length === 1) return line.split(delimiter);
  const found: string[] = [];
  let text = '';
  for (const char of line) {
    if (!delimiter.includes(char)) {
      text += char;
      continue;
    }
    if (text !== '') found.push(text);
    found.push(char);
    text = '';
  }
  if (text !== '') found.push(text);
  return found;
}
