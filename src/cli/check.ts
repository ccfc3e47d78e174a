import { groupLoads, keptTogether, type Program } from '../engine/index.js';
import { ProblemError } from '../problem.js';
import type { CommandContext } from './command.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { usageProblem } from './parse-flags.js';
import { loadPlan } from './plan.js';
import { loadProperties } from './properties.js';
import { noLog } from './run-log.js';
import { countProblems, hasErrors, showProblems } from './show-problems.js';
import type { Terminal } from './terminal.js';

/** `meterless check PLAN`: what will not run or will run differently, grouped; exit 3 when the plan cannot run. */
export async function check({ line, terminal, startedAt }: CommandContext): Promise<ExitCode> {
  const [file, ...more] = line.words;
  if (file === undefined || more.length > 0) {
    throw new ProblemError([usageProblem('check needs one plan', 'check')]);
  }
  const properties = loadProperties(line, { workingDirectory: process.cwd(), now: startedAt });
  const loaded = await loadPlan(file, { line, properties, log: noLog, print: () => {} });
  const { program } = loaded;
  const problems = [...loaded.problems, ...(program ? keptTogether(program) : [])];
  const quiet = line.given.some(({ flag }) => flag === 'quiet');
  terminal.out(showProblems(quiet ? problems.filter(({ severity }) => severity === 'error') : problems, MANY));
  const failed = hasErrors(problems);
  if (!quiet) {
    if (program) await showLoads(program, terminal);
    const counted = countProblems(problems);
    const verdict = failed ? 'the plan cannot run' : 'the plan runs';
    terminal.out(`${file}: ${counted === '' ? verdict : `${counted}; ${verdict}`}\n`);
  }
  return failed ? exitCode.plan : exitCode.ok;
}

/** The load of each thread group over time. */
async function showLoads(program: Program, { out, width, color }: Terminal): Promise<void> {
  const { renderLoad } = await import('../report/index.js');
  for (const { name, load } of groupLoads(program)) {
    // The last column stays free: some terminals break the line as soon as it is filled.
    out(`${renderLoad(name, load, { width: width - 1, color })}\n`);
  }
}

/** `check` is there to list: all places up to a number nobody reads through. */
const MANY = 100;
