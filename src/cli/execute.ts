import { type Program, type Run, run, type Sink } from '../engine/index.js';
import { type Problem, ProblemError, problems } from '../problem.js';
import { type ExitCode, exitCode } from './exit-code.js';
import type { ResultsSink } from './results-sink.js';
import type { RunLog } from './run-log.js';
import { showProblems } from './show-problems.js';
import { watchSignals } from './signals.js';
import type { Terminal } from './terminal.js';

/** One run as a command wants it. */
export interface Job {
  readonly program: Program;
  readonly sinks: readonly Sink[];
  readonly results: ResultsSink | undefined;
  readonly log: RunLog;
  readonly terminal: Terminal;
  /** Told of the run before its first sample. */
  readonly onStart?: (run: Run) => void;
}

/** How a run ended: the signal's code, or 1 when results were lost or nothing could start, else undefined. */
export interface Ending {
  readonly code: ExitCode | undefined;
  readonly samples: number;
}

/**
 * Runs a program to its end under the eyes of the signals. Whatever happens, the results taken so far reach their file:
 * also when the process ends through an exception or an exit somewhere below.
 */
export async function execute(job: Job): Promise<Ending> {
  const { program, sinks, terminal } = job;
  let samples = 0;
  const count: Sink = { sample: () => void samples++ };
  const save = (): void => saveAll(job);
  process.on('exit', save);
  const started = run(program, [...sinks, count]);
  const signals = watchSignals(started, (text) => terminal.err(`${text}\n`), terminal.attached);
  try {
    job.onStart?.(started);
    await started.finished;
    return { code: signals.code, samples };
  } catch (error) {
    await closeAll(sinks);
    if (!(error instanceof ProblemError)) throw error;
    terminal.err(showProblems(error.problems));
    return { code: exitCode.failed, samples };
  } finally {
    signals.undo();
    save();
    process.off('exit', save);
  }
}

/** Ends the files of the run at once, those of the plan's listeners too; a second call changes nothing. */
function saveAll({ program, results, log }: Job): void {
  results?.close();
  try {
    program.test.closeStates();
  } finally {
    log.flush();
  }
}

async function closeAll(sinks: readonly Sink[]): Promise<void> {
  for (const sink of sinks) await sink.close?.();
}

/**
 * What to do when the results file can no longer be written: say it once and stop the run, since a run that nobody can
 * evaluate is worth nothing.
 */
export class LostResults {
  happened = false;
  run: Run | undefined;
  constructor(private readonly terminal: Terminal) {}

  readonly on = (problem: Problem): void => {
    if (this.happened) return;
    this.happened = true;
    this.terminal.err(showProblems([problem]));
    this.run?.stop();
  };
}

/** What is said when the run took no samples: an error for `run`, a warning in JMeter's own command line. */
export const noSamples = (severity: 'error' | 'warning'): Problem => ({ ...problems.noSamples(), severity });
