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
 * Ctrl-C or SIGTERM once: running samples and timers end first; twice: waits are interrupted; a third time: the process
 * ends there and then, with what is measured so far in the results file. A terminal that closes stops the run at once;
 * a run `attached` to none goes on, since Node itself forgets what nohup asked for.
 */
export function watchSignals(run: Stoppable, say: (text: string) => void, attached: boolean): SignalWatch {
  let code: ExitCode | undefined;
  let times = 0;
  const on = (signal: ExitCode, again: string) => (): void => {
    code ??= signal;
    times++;
    if (times === 1) {
      say(`Stopping: running samples and timers end first; ${again} stops them now.`);
      run.stop();
    } else if (times === 2) {
      say('Stopping now.');
      run.stopNow();
    } else process.exit(code);
  };
  const interrupt = on(exitCode.interrupted, 'Ctrl-C again');
  const terminate = on(exitCode.terminated, 'a second signal');
  const hangUp = (): void => {
    if (!attached) return;
    code ??= exitCode.hungUp;
    run.stopNow();
  };
  process.on('SIGHUP', hangUp);
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', terminate);
  return {
    get code() {
      return code;
    },
    undo() {
      process.off('SIGHUP', hangUp);
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', terminate);
    },
  };
}
