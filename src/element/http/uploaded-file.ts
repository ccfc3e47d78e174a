import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import type { Test } from '../../model/index.js';

/** Where a file of the plan is: as it stands, or in the working directory, or beside the plan (FileServer 5.6.3). */
export function resolvedFile(name: string, { workingDirectory, planDirectory }: Test): string {
  const here = path.resolve(workingDirectory, name);
  return path.isAbsolute(name) || fs.existsSync(here) ? here : path.resolve(planDirectory, name);
}

/** The content of a file to send. Throws FileNotFoundException as Java words it. */
export function uploadedFile(name: string, test: Test): Buffer {
  const file = resolvedFile(name, test);
  try {
    return fs.readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const why =
      code === 'EISDIR' ? 'Is a directory' : code === 'EACCES' ? 'Permission denied' : 'No such file or directory';
    throw new JavaError('java.io.FileNotFoundException', `${file} (${why})`);
  }
}
