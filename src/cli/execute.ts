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
  readonly start: Start;
  readonly results: ResultsSink | undefined;
  readonly log: RunLog;
  readonly terminal: Terminal;
  /** Told of the run before its first sample. */
  readonly onStart?: (run: Run) => void;
}

/** How the users of a run are started: in this process or in several. */
export interface Start {
  begin(): Run;
  /** Taken so far. */
  readonly samples: () => number;
  /** The run came to nothing: ends what hears of it. */
  abandon(): Promise<void>;
  /** Ends the files it has open, at once; a second call changes nothing. */
  save(): void;
  /** Whether it did not go as it was to go. */
  readonly failed?: () => boolean;
}

/** Starts all users in this process. */
export function startHere(program: Program, sinks: readonly Sink[]): Start {
  let samples = 0;
  const count: Sink = { sample: () => void samples++ };
  return {
    begin: () => run(program, [...sinks, count]),
    samples: () => samples,
    async abandon() {
      for (const sink of sinks) await sink.close?.();
    },
    save() {},
  };
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
  const { start, terminal } = job;
  const save = (): void => saveAll(job);
  process.on('exit', save);
  const started = start.begin();
  const signals = watchSignals(started, (text) => terminal.err(`${text}\n`), terminal.attached);
  try {
    job.onStart?.(started);
    await started.finished;
    return { code: signals.code ?? (start.failed?.() ? exitCode.failed : undefined), samples: start.samples() };
  } catch (error) {
    await start.abandon();
    if (!(error instanceof ProblemError)) throw error;
    terminal.err(showProblems(error.problems));
    return { code: exitCode.failed, samples: start.samples() };
  } finally {
    signals.undo();
    save();
    process.off('exit', save);
  }
}

/** Ends the files of the run at once, those of the plan's listeners too; a second call changes nothing. */
function saveAll({ program, start, results, log }: Job): void {
  results?.close();
  start.save();
  try {
    program.test.closeStates();
  } finally {
    log.flush();
  }
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
