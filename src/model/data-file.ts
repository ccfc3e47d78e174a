import fs from 'node:fs';
import path from 'node:path';

/** A name that is relative is looked for in the working directory first, then beside the plan (FileServer.getResolvedFile). */
export function resolveDataFile(name: string, workingDirectory: string, planDirectory: string): string {
  const here = path.resolve(workingDirectory, name);
  return path.isAbsolute(name) || fs.existsSync(here) ? here : path.resolve(planDirectory, name);
}
