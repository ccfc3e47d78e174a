import fs from 'node:fs';
import type { RowOutput, RowsFile } from '../model/index.js';
import { openForResults } from './open-file.js';

/** In place of fs.writeSync, for tests. */
export type WriteSync = (fd: number, bytes: Uint8Array) => number;

/** Opens a file of rows; `fresh` when it is to begin with its header. Throws what the file system throws. */
export function openFile(
  { path, opens, anew }: RowsFile,
  write: WriteSync = writeSync,
): { readonly output: RowOutput; readonly fresh: boolean } {
  if (anew) removeFile(path);
  const { fd, fresh } =
    opens === 'csv' || opens === 'xml' ? openForResults(path, opens === 'xml') : openAs(opens, path);
  return { output: new FileOutput(fd, write), fresh };
}

function openAs(opens: 'new' | 'more', file: string): { readonly fd: number; readonly fresh: boolean } {
  return { fd: fs.openSync(file, opens === 'new' ? 'w' : 'a'), fresh: true };
}

/** Files only: JMeter, run by root, would take a device away as well. */
function removeFile(name: string): void {
  if (fs.statSync(name, { throwIfNoEntry: false })?.isFile()) fs.rmSync(name);
}

class FileOutput implements RowOutput {
  /** Bytes that are whole rows. */
  #size: number;

  constructor(
    private readonly fd: number,
    private readonly writeSync: WriteSync,
  ) {
    this.#size = fs.fstatSync(fd).size;
  }

  write(rows: Uint8Array): void {
    for (let at = 0; at < rows.length; ) {
      const written = this.writeSync(this.fd, at === 0 ? rows : rows.subarray(at));
      if (written <= 0) throw new Error('nothing more is taken');
      at += written;
    }
    this.#size += rows.length;
  }

  cut(): void {
    try {
      fs.ftruncateSync(this.fd, this.#size);
    } catch {
      // A pipe or device cannot be cut; what was written is written.
    }
  }

  close(): void {
    fs.closeSync(this.fd);
  }
}

const writeSync: WriteSync = (fd, bytes) => fs.writeSync(fd, bytes);
