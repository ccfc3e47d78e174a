/** The two streams of the process, safe against readers that go away. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether standard output is a terminal that a live view may redraw. */
  readonly live: boolean;
  readonly color: boolean;
  readonly width: number;
  readonly height: number;
}

/**
 * The terminal of this process. Colour only on a terminal and not with NO_COLOR; a reader of standard output that goes
 * away (`| head`) silences it and does not end the run.
 */
export function terminal(): Terminal {
  const { stdout, stderr, env } = process;
  let gone = false;
  const ignoreGone = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    gone = true;
  };
  stdout.on('error', ignoreGone);
  stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
  const live = stdout.isTTY === true && env.TERM !== 'dumb';
  return {
    out(text) {
      if (!gone) stdout.write(text);
    },
    err: (text) => void stderr.write(text),
    live,
    color: live && !env.NO_COLOR,
    get width() {
      return stdout.columns ?? 80;
    },
    get height() {
      return stdout.rows ?? 24;
    },
  };
}
