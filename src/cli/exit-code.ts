/** What the process says at its end; `docs/cli.md` explains each. */
export const exitCode = {
  ok: 0,
  /** Anything that has no code of its own: the results file cannot be written, no samples, a bug. */
  failed: 1,
  usage: 2,
  /** The plan cannot be read or cannot run. */
  plan: 3,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
