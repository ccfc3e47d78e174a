import fs from 'node:fs';
import path from 'node:path';
import { isDocument, printDocument, readPlanFile } from '../jmx/index.js';
import { ProblemError, problems, reasonOf } from '../problem.js';
import type { CommandContext } from './command.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { usageProblem } from './parse-flags.js';
import { showProblems } from './show-problems.js';

/** `meterless convert FROM TO`: reads a plan and writes it again; a file that exists is kept unless --force is given. */
export async function convert({ line, terminal }: CommandContext): Promise<ExitCode> {
  const [from, to, ...more] = line.words;
  if (from === undefined || to === undefined || more.length > 0) {
    throw new ProblemError([usageProblem('convert needs two files: the plan to read and the one to write', 'convert')]);
  }
  const document = readPlanFile(from);
  if (!isDocument(document)) {
    terminal.err(showProblems(document));
    return exitCode.plan;
  }
  const force = line.given.some(({ flag }) => flag === 'force');
  if (!force && fs.existsSync(to)) {
    throw new ProblemError([problems.usage(`${to} exists already`, 'add --force to overwrite it')]);
  }
  try {
    replaceFile(to, printDocument(document));
  } catch (error) {
    terminal.err(showProblems([problems.planUnwritable(to, reasonOf(error))]));
    return exitCode.failed;
  }
  return exitCode.ok;
}

/** Written beside and renamed: a full disk must not cost the plan that was there. */
function replaceFile(file: string, bytes: Buffer): void {
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
  try {
    fs.writeFileSync(beside, bytes, { flag: 'wx' });
    fs.renameSync(beside, file);
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw error;
  }
}
