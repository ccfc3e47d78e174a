import type { Alarm, CarryRows, Clock, RowOutput, RowsFile, SampleEvent } from '../model/index.js';
import { type Problem, problems, reasonOf } from '../problem.js';
import type { EventWriter } from './csv.js';
import { openFile, type WriteSync } from './file-output.js';
import { RowBytes } from './row-bytes.js';

/** What a file of rows needs beside its name; `write` is fs.writeSync unless a test hands in a failing one. */
export interface RowFileOptions {
  readonly clock: Clock;
  readonly autoflush: boolean;
  /** Hears once that rows can no longer be written. */
  readonly onProblem: (problem: Problem) => void;
  readonly write?: WriteSync | undefined;
  /** Who takes the rows in place of the file system; absent = nobody does. */
  readonly carry?: CarryRows | undefined;
}

/** Bytes of rows in memory before they are written. */
const CHUNK = 64 * 1024;
/** A killed run loses at most the rows of this time (ms). */
const FLUSH_AFTER = 500;

/**
 * An open file that takes whole rows: they go out in chunks of whole rows, when there are enough or after half a second.
 * A write that fails is told once; the file is cut back to its last whole row and takes no more.
 */
export class RowFile {
  readonly #rows = new RowBytes();
  #events = 0;
  #alarm: Alarm | undefined;
  #failed = false;
  #closed = false;
  readonly #output: RowOutput;

  /** Throws what the file system throws. */
  constructor(
    private readonly file: RowsFile,
    private readonly options: RowFileOptions,
  ) {
    const carried = options.carry?.(file);
    if (carried !== undefined) this.#output = carried;
    else {
      const { output, fresh } = openFile(file, options.write);
      this.#output = output;
      if (fresh && file.begin !== '') this.append(file.begin);
    }
  }

  /** Takes the rows of one event. */
  append(rows: string | Uint8Array): void {
    if (this.#failed || this.#closed) return;
    if (typeof rows === 'string') {
      this.#rows.text(rows);
      this.#taken();
    } else {
      this.flush();
      this.#write(rows, 1);
    }
  }

  /** Takes the rows of an event from who writes them; throws what he throws, and then has none of them. */
  take(event: SampleEvent, write: EventWriter): void {
    if (this.#failed || this.#closed) return;
    const rows = this.#rows;
    const { length } = rows;
    try {
      write(rows, event);
    } catch (error) {
      rows.length = length;
      throw error;
    }
    this.#taken();
  }

  #taken(): void {
    this.#events++;
    if (this.options.autoflush || this.#rows.length >= CHUNK) this.flush();
    else if (this.#alarm === undefined) this.#alarm = this.options.clock.after(FLUSH_AFTER, this.#flushLater);
  }

  readonly #flushLater = (): void => {
    this.#alarm = undefined;
    this.flush();
  };

  /** Writes what is waiting; never throws. */
  flush(): void {
    if (this.#rows.length > 0) this.#write(this.#rows.view(), this.#events);
    this.#rows.clear();
    this.#events = 0;
  }

  #write(rows: Uint8Array, events: number): void {
    if (this.#failed) return;
    try {
      this.#output.write(rows, events);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Writes the rest and the file's end, closes; never throws. Who gathers the rows of shards writes the end himself. */
  close(given = this.file.end): void {
    if (this.#closed) return;
    const end = this.options.carry === undefined ? given : '';
    this.#alarm?.cancel();
    this.#alarm = undefined;
    this.#closed = true;
    this.#rows.text(end);
    this.flush();
    try {
      // After a full disk the end often fits where the cut-off rows stood.
      if (this.#failed && end !== '') this.#output.write(Buffer.from(end), 0);
    } catch {
      // It has been told already that this file is not whole.
    }
    try {
      this.#output.close();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#alarm?.cancel();
    this.#output.cut();
    const what = `${reasonOf(error)}; the samples from here on are not in it`;
    this.options.onProblem(problems.resultFile(this.file.name, what));
  }
}
