import { type ExitCode, exitCode } from './exit-code.js';

/** What signals can do to a run. */
export interface Stoppable {
  stop(): void;
  stopNow(): void;
}

/** Which signal, if any, stopped the run; `undo` gives the signals back to the system. */
export interface SignalWatch {
  readonly code: ExitCode | undefined;
  undo(): void;
}

/**
 * Ctrl-C or SIGTERM once: running samples finish; twice: waits are interrupted; a third time: the process ends there and
 * then, with what is measured so far in the results file.
 */
export function watchSignals(run: Stoppable, say: (text: string) => void): SignalWatch {
  let code: ExitCode | undefined;
  let times = 0;
  const on = (signal: ExitCode, again: string) => (): void => {
    code ??= signal;
    times++;
    if (times === 1) {
      say(`Stopping: running samples finish first; ${again} stops them.`);
      run.stop();
    } else if (times === 2) {
      say('Stopping now.');
      run.stopNow();
    } else process.exit(code);
  };
  const interrupt = on(exitCode.interrupted, 'Ctrl-C again');
  const terminate = on(exitCode.terminated, 'a second signal');
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', terminate);
  return {
    get code() {
      return code;
    },
    undo() {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', terminate);
    },
  };
}
