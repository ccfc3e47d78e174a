import fs from 'node:fs';
import type { Alarm, Clock } from '../model/index.js';
import { type Problem, problems, reasonOf } from '../problem.js';

/** What a file of rows needs beside its name; `write` is fs.writeSync unless a test hands in a failing one. */
export interface RowFileOptions {
  readonly clock: Clock;
  readonly autoflush: boolean;
  /** Hears once that rows can no longer be written. */
  readonly onProblem: (problem: Problem) => void;
  readonly write?: ((fd: number, text: string | Uint8Array) => number) | undefined;
}

/** Rows in memory before they are written: beyond this V8 pays more for flattening the text than writing saves. */
const CHUNK = 64 * 1024;
/** A killed run loses at most the rows of this time (ms). */
const FLUSH_AFTER = 500;

/**
 * An open file that takes whole rows: they go out in chunks of whole rows, when there are enough or after half a second.
 * A write that fails is told once; the file is cut back to its last whole row and takes no more.
 */
export class RowFile {
  #chunk = '';
  #alarm: Alarm | undefined;
  #failed = false;
  #closed = false;
  /** Bytes that are whole rows. */
  #size: number;
  readonly #write: (fd: number, text: string | Uint8Array) => number;

  constructor(
    readonly path: string,
    private readonly fd: number,
    private readonly options: RowFileOptions,
  ) {
    this.#size = fs.fstatSync(fd).size;
    this.#write = options.write ?? writeSync;
  }

  append(rows: string | Uint8Array): void {
    if (this.#failed || this.#closed) return;
    if (typeof rows !== 'string') {
      this.#appendBytes(rows);
      return;
    }
    this.#chunk += rows;
    if (this.options.autoflush || this.#chunk.length >= CHUNK) this.flush();
    else if (this.#alarm === undefined) this.#alarm = this.options.clock.after(FLUSH_AFTER, this.#flushLater);
  }

  #appendBytes(bytes: Uint8Array): void {
    this.flush();
    try {
      if (!this.#failed) this.#size += this.#writeAll(bytes);
    } catch (error) {
      this.#fail(error);
    }
  }

  readonly #flushLater = (): void => {
    this.#alarm = undefined;
    this.flush();
  };

  /** Writes what is waiting; never throws. */
  flush(): void {
    const chunk = wellFormed(this.#chunk);
    this.#chunk = '';
    if (chunk === '' || this.#failed) return;
    try {
      this.#size += this.#writeAll(chunk);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Writes the rest and `end`, closes; never throws. */
  close(end: string): void {
    if (this.#closed) return;
    this.#alarm?.cancel();
    this.#alarm = undefined;
    this.#closed = true;
    this.#chunk += end;
    this.flush();
    try {
      // After a full disk the end often fits where the cut-off rows stood.
      if (this.#failed && end !== '') this.#writeAll(end);
    } catch {
      // It has been told already that this file is not whole.
    }
    try {
      fs.closeSync(this.fd);
    } catch (error) {
      this.#fail(error);
    }
  }

  #writeAll(rows: string | Uint8Array): number {
    const length = Buffer.byteLength(rows);
    const written = this.#write(this.fd, rows);
    if (written >= length) return length;
    const bytes = typeof rows === 'string' ? Buffer.from(rows) : rows;
    for (let at = written; at < length; ) {
      const more = this.#write(this.fd, bytes.subarray(at));
      if (more <= 0) throw new Error('nothing more is taken');
      at += more;
    }
    return length;
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#chunk = '';
    this.#alarm?.cancel();
    try {
      fs.ftruncateSync(this.fd, this.#size);
    } catch {
      // A pipe or device cannot be cut; what was written is written.
    }
    this.options.onProblem(
      problems.resultFile(this.path, `${reasonOf(error)}; the samples from here on are not in it`),
    );
  }
}

const writeSync = (fd: number, text: string | Uint8Array): number =>
  typeof text === 'string' ? fs.writeSync(fd, text) : fs.writeSync(fd, text);

const LONES = /[\ud800-\udfff]/gu;
/** Java's UTF-8 encoder writes `?` for half of a surrogate pair; Node would write U+FFFD. */
const wellFormed = (text: string): string => (text.isWellFormed() ? text : text.replace(LONES, '?'));
