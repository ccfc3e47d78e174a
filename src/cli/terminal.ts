import tty from 'node:tty';

/** The two streams of the process, safe against readers that go away. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether standard output is a terminal that a live view may redraw. */
  readonly live: boolean;
  /** Whether someone's terminal stands behind any stream: then it ends with that terminal. */
  readonly attached: boolean;
  readonly color: boolean;
  readonly width: number;
  readonly height: number;
  /** Calls back once all is written. */
  end(done: () => void): void;
}

/**
 * The terminal of this process. Colour only on a terminal and not with NO_COLOR; a reader of standard output that goes
 * away (`| head`) silences it and does not end the run.
 */
export function terminal(): Terminal {
  const { stdout, stderr, env } = process;
  const out = guard(stdout);
  const err = guard(stderr);
  const live = stdout.isTTY === true && env.TERM !== 'dumb';
  return {
    out: out.write,
    err: err.write,
    live,
    attached: [0, 1, 2].some((stream) => tty.isatty(stream)),
    color: live && !env.NO_COLOR,
    get width() {
      // 0 is what a terminal without a known size says.
      return stdout.columns || 80;
    },
    get height() {
      return stdout.rows || 24;
    },
    end: (done) => out.end(() => err.end(done)),
  };
}

function guard(stream: NodeJS.WriteStream): { write(text: string): void; end(done: () => void): void } {
  let gone = false;
  // A full disk behind `> file` is no reason to lose the run either.
  stream.on('error', () => {
    gone = true;
  });
  return {
    write(text) {
      if (!gone && text !== '') stream.write(text);
    },
    end(done) {
      if (gone || stream.writableLength === 0) done();
      else stream.write('', () => done());
    },
  };
}
