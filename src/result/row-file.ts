import type { Alarm, CarryRows, Clock, RowOutput, RowsFile } from '../model/index.js';
import { type Problem, problems, reasonOf } from '../problem.js';
import { openFile, type WriteSync } from './file-output.js';

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
    if (typeof rows !== 'string') {
      this.flush();
      this.#write(rows, 1);
      return;
    }
    this.#chunk += rows;
    this.#events++;
    if (this.options.autoflush || this.#chunk.length >= CHUNK) this.flush();
    else if (this.#alarm === undefined) this.#alarm = this.options.clock.after(FLUSH_AFTER, this.#flushLater);
  }

  readonly #flushLater = (): void => {
    this.#alarm = undefined;
    this.flush();
  };

  /** Writes what is waiting; never throws. */
  flush(): void {
    const chunk = wellFormed(this.#chunk);
    const events = this.#events;
    this.#chunk = '';
    this.#events = 0;
    if (chunk !== '') this.#write(chunk, events);
  }

  #write(rows: string | Uint8Array, events: number): void {
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
    this.#chunk += end;
    this.flush();
    try {
      // After a full disk the end often fits where the cut-off rows stood.
      if (this.#failed && end !== '') this.#output.write(end, 0);
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
    this.#chunk = '';
    this.#alarm?.cancel();
    this.#output.cut();
    const what = `${reasonOf(error)}; the samples from here on are not in it`;
    this.options.onProblem(problems.resultFile(this.file.name, what));
  }
}

const LONES = /[\ud800-\udfff]/gu;
/** Java's UTF-8 encoder writes `?` for half of a surrogate pair; Node would write U+FFFD. */
const wellFormed = (text: string): string => (text.isWellFormed() ? text : text.replace(LONES, '?'));
