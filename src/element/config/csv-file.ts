import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import { ALONE, isOurs, resolveDataFile, type Shard, type Test } from '../../model/index.js';
import { readFields } from './csv-fields.js';
import { FileCharacters } from './csv-text.js';

const LOG = 'o.a.j.s.FileServer';

/** The open data files of a run, or of one user, by alias: whoever uses an alias reads on where the last one stopped. */
export class CsvFiles {
  readonly #files = new Map<string, CsvFile>();

  constructor(private readonly test: Test) {}

  /**
   * The file of this alias; the first to ask fixes its name, its encoding, whether a header line is taken off, and whose
   * records are read.
   * Throws IllegalArgumentException as JMeter words it when there is no name, or no header where one is needed.
   */
  reserve(name: string, encoding: string, alias: string, hasHeader: boolean, share = ALONE): CsvFile {
    if (name === '') throw illegalArgument('Filename must not be null or empty');
    let file = this.#files.get(alias);
    if (file === undefined) {
      file = new CsvFile(resolveDataFile(name, this.test.workingDirectory, this.test.planDirectory), encoding, share);
      this.test.log.write('INFO', LOG, name === alias ? `Stored: ${name}` : `Stored: ${name} Alias: ${alias}`);
      this.#files.set(alias, file);
      if (hasHeader) this.#readHeader(file);
    }
    if (hasHeader && file.header === undefined)
      throw illegalArgument(`Could not read file header line for file ${name}`);
    return file;
  }

  #readHeader(file: CsvFile): void {
    try {
      file.takeHeader();
      if (file.header === undefined)
        this.test.log.write('ERROR', LOG, `java.io.EOFException: File is empty: ${file.path}`);
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      // What the thread says when it dies names the header only; this is why.
      this.test.log.write('ERROR', LOG, String(error));
    }
  }

  close(): void {
    for (const [alias, file] of this.#files) if (file.close()) this.test.log.write('INFO', LOG, `Close: ${alias}`);
    this.#files.clear();
  }
}

/** One data file: opened at its first read, and again each time it is recycled. Of its records those of the shard are read. */
export class CsvFile {
  /** How often it was read, at its end too. */
  turns = 0;
  header: string | undefined;
  #reader: FileCharacters | undefined;
  /** The number of the next record, from 0. */
  #next = 0;

  constructor(
    readonly path: string,
    private readonly encoding: string,
    private readonly share: Shard = ALONE,
  ) {}

  /** Takes the first line off; it is no record. */
  takeHeader(): void {
    this.#reader ??= this.#open();
    this.header = this.#reader.readLine();
  }

  /** The next line, or undefined at the end; `recycle` starts over instead, without the first line if `skipFirst`. */
  readLine(recycle: boolean, skipFirst: boolean): string | undefined {
    this.#reader ??= this.#open();
    const line = this.#record(this.#reader, nextLine);
    if (line !== undefined || !recycle) return line;
    return this.#record(this.#reopen(skipFirst), nextLine);
  }

  /** The fields of the next record with quotes; none at the end. */
  readFields(recycle: boolean, skipFirst: boolean, delimiter: number): string[] {
    const nextFields = (from: FileCharacters): string[] => readFields(from, delimiter);
    let reader = this.#reader;
    if (reader === undefined) {
      reader = this.#reader = this.#open();
      if (skipFirst) reader.readLine();
    }
    this.#passOver(reader, nextFields);
    // A file that was just opened is not opened again, even if it is empty.
    if (recycle && this.#next > 0 && reader.peek() === -1) reader = this.#reopen(skipFirst);
    return this.#record(reader, nextFields);
  }

  #record<T>(from: FileCharacters, read: (from: FileCharacters) => T): T {
    this.#passOver(from, read);
    this.#next++;
    return read(from);
  }

  /** Reads what falls to other shards; they all count alike, those too that cannot be read. */
  #passOver(from: FileCharacters, read: (from: FileCharacters) => unknown): void {
    for (; !isOurs(this.#next, this.share) && from.peek() !== -1; this.#next++) {
      try {
        read(from);
      } catch (error) {
        if (!(error instanceof JavaError)) throw error;
      }
    }
  }

  #reopen(skipFirst: boolean): FileCharacters {
    this.#reader?.close();
    this.#reader = undefined;
    const reader = this.#open();
    this.#reader = reader;
    this.#next = 0;
    if (skipFirst) reader.readLine();
    return reader;
  }

  #open(): FileCharacters {
    if (!isReadableFile(this.path)) {
      throw illegalArgument(`File ${path.basename(this.path)} must exist and be readable`);
    }
    return new FileCharacters(this.path, this.encoding);
  }

  /** True if it was open. */
  close(): boolean {
    this.#reader?.close();
    const wasOpen = this.#reader !== undefined;
    this.#reader = undefined;
    return wasOpen;
  }
}

const nextLine = (from: FileCharacters): string | undefined => from.readLine();

/** Whether it is a file, no directory, that this process may read. */
export function isReadableFile(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.R_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

const illegalArgument = (message: string): JavaError => new JavaError('java.lang.IllegalArgumentException', message);
