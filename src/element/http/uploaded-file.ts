import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import type { Test } from '../../model/index.js';
import { Parts } from '../../protocol/index.js';

/**
 * Where a file of the plan is: as it stands, or in the working directory, or beside the plan (FileServer 5.6.3). Throws
 * IllegalArgumentException for an empty name.
 */
export function resolvedFile(name: string, { workingDirectory, planDirectory }: Test): string {
  if (name === '') throw new JavaError('java.lang.IllegalArgumentException', 'Filename must not be null or empty');
  const here = path.resolve(workingDirectory, name);
  return path.isAbsolute(name) || fs.existsSync(here) ? here : path.resolve(planDirectory, name);
}

/** A file to send; one that cannot be read is empty, and sending it fails. */
export interface UploadedFile {
  readonly content: Buffer | Parts;
  readonly failure: JavaError | undefined;
}

const EMPTY = Buffer.alloc(0);
/** Bytes up to which a file is held while it is sent. */
const SMALL = 65536;

/** Large files are opened only to see that they can be. */
function contentOf(file: string): Buffer | Parts {
  const opened = fs.openSync(file, 'r');
  try {
    const stat = fs.fstatSync(opened);
    return stat.isFile() && stat.size > SMALL ? new Parts([{ file, size: stat.size }]) : fs.readFileSync(opened);
  } finally {
    fs.closeSync(opened);
  }
}

/** A body of bytes and files; files are read only when they are sent. */
export function bodyOf(pieces: readonly (Buffer | Parts)[]): Buffer | Parts {
  const held = pieces.flatMap((piece) => (piece instanceof Parts ? [] : [piece]));
  if (held.length === pieces.length) return Buffer.concat(held);
  return new Parts(pieces.flatMap((piece) => (piece instanceof Parts ? piece.list : [piece])));
}

/** Reads a file to send; the failure is Java's FileNotFoundException. */
export function uploadedFile(name: string, test: Test): UploadedFile {
  const file = resolvedFile(name, test);
  try {
    return { content: contentOf(file), failure: undefined };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const why =
      code === 'EISDIR' ? 'Is a directory' : code === 'EACCES' ? 'Permission denied' : 'No such file or directory';
    const shown = file === path.resolve(test.workingDirectory, name) && fs.existsSync(file) ? name : file;
    return { content: EMPTY, failure: new JavaError('java.io.FileNotFoundException', `${shown} (${why})`) };
  }
}
