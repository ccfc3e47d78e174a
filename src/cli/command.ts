import type { ExitCode } from './exit-code.js';
import type { CommandLine } from './parse-flags.js';
import type { Terminal } from './terminal.js';

/** What a command is given. */
export interface CommandContext {
  readonly line: CommandLine;
  readonly terminal: Terminal;
  /** Epoch ms of the start of the process. */
  readonly startedAt: number;
}

/** One command; it says what it has to say and gives the exit code. Throws ProblemError for mistakes of usage. */
export type CommandCall = (context: CommandContext) => Promise<ExitCode>;
