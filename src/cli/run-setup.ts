import type { Program } from '../engine/index.js';
import type { Properties } from '../model/index.js';
import { type Problem, ProblemError, problems, reasonOf } from '../problem.js';
import { canonicalPath } from '../result/index.js';
import type { CommandContext } from './command.js';
import { LostResults } from './execute.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { logLevels } from './log-levels.js';
import { type CommandLine, givenValue } from './parse-flags.js';
import { loadPlan } from './plan.js';
import { loadProperties } from './properties.js';
import { type ResultsSink, resultsSink } from './results-sink.js';
import { logFileName, noLog, openRunLog, type RunLog } from './run-log.js';
import { countProblems, showProblems } from './show-problems.js';

/** What both command lines need before they can run. */
export interface RunSetup {
  readonly properties: Properties;
  readonly log: RunLog;
  /** Whether there is a run log. */
  readonly logged: boolean;
  readonly program: Program;
  readonly results: ResultsSink | undefined;
  readonly lost: LostResults;
}

/** What the two command lines do differently. */
export interface RunWish {
  readonly plan: string;
  /** The run log without -j. */
  readonly defaultLog?: string;
  /** Prints a line on the run's console. */
  readonly print: (line: string) => void;
}

/**
 * Properties, run log, plan and results file of a run. The plan's problems are shown on standard error; an exit code
 * instead when it cannot run. Throws ProblemError for mistakes in the flags.
 */
export async function setUpRun(
  { line, terminal, startedAt }: CommandContext,
  { plan, defaultLog, print }: RunWish,
): Promise<RunSetup | ExitCode> {
  const properties = loadProperties(line, { workingDirectory: process.cwd(), now: startedAt });
  refusePlanAsResults(plan, line);
  const warn = (problem: Problem): void => terminal.err(showProblems([{ ...problem, severity: 'warning' }]));
  const log = openLog(line, startedAt, defaultLog, warn);
  const loaded = await loadPlan(plan, { line, properties, log, print, warn });
  const told = loaded.problems.filter(({ severity }) => severity !== 'note');
  for (const { severity, text } of told) log.write(severity === 'error' ? 'ERROR' : 'WARN', 'o.a.j.JMeter', text);
  terminal.err(showProblems(told));
  if (!loaded.program) {
    if (told.length > 1) terminal.err(`${plan}: ${countProblems(told)}; the plan cannot run\n`);
    log.close();
    return exitCode.plan;
  }
  const lost = new LostResults(terminal);
  const results = openResultsFile(line, loaded.program, lost);
  return { properties, log, logged: log !== noLog, program: loaded.program, results, lost };
}

/** JMeter would append rows to the plan, or with -f delete it. */
function refusePlanAsResults(plan: string, line: CommandLine): void {
  const file = givenValue(line, 'results');
  if (file === undefined || canonicalPath(file) !== canonicalPath(plan)) return;
  throw new ProblemError([problems.usage(`-l ${file} is the plan itself`, 'give the results a name of their own')]);
}

function openLog(
  line: CommandLine,
  now: number,
  defaultName: string | undefined,
  warn: (problem: Problem) => void,
): RunLog {
  const given = givenValue(line, 'log');
  const name = given === undefined || given === '' ? defaultName : logFileName(given, new Date(now), dated);
  if (name === undefined) return noLog;
  try {
    return openRunLog(name, logLevels(line), { lost: (error) => warn(problems.logFile(name, reasonOf(error))) });
  } catch (error) {
    throw new ProblemError([problems.logFile(name, reasonOf(error))]);
  }
}

/** The fields of a date that stand in file names; other letters of Java's patterns stay as they are. */
function dated(pattern: string, date: Date): string {
  const fields: Readonly<Record<string, number>> = {
    y: date.getFullYear(),
    M: date.getMonth() + 1,
    d: date.getDate(),
    H: date.getHours(),
    m: date.getMinutes(),
    s: date.getSeconds(),
    S: date.getMilliseconds(),
  };
  return pattern.replace(/([A-Za-z])\1*/g, (run, letter: string) => {
    const value = fields[letter];
    if (value === undefined) return run;
    const digits = String(value).padStart(letter === 'S' ? 3 : run.length, '0');
    return letter === 'y' && run.length === 2 ? digits.slice(-2) : digits;
  });
}

function openResultsFile(line: CommandLine, program: Program, lost: LostResults): ResultsSink | undefined {
  const file = givenValue(line, 'results');
  if (file === undefined) return undefined;
  return resultsSink(file, program, lost.on);
}
