import { ProblemError, problems, reasonOf } from '../problem.js';
import { MirrorServer } from '../protocol/index.js';
import type { CommandContext } from './command.js';
import type { ExitCode } from './exit-code.js';
import { givenValue, usageProblem } from './parse-flags.js';

/** HttpMirrorControl.DEFAULT_PORT. */
const DEFAULT_PORT = 8081;

/** `meterless mirror [PORT]`: JMeter's HTTP mirror server, until it is interrupted. */
export async function mirror({ line, terminal }: CommandContext): Promise<ExitCode> {
  const [word = String(DEFAULT_PORT), ...more] = line.words;
  if (more.length > 0 || !/^\d{1,5}$/.test(word) || Number(word) > 65_535) {
    throw new ProblemError([usageProblem('mirror takes one port, from 0 to 65535', 'mirror')]);
  }
  const server = new MirrorServer((said) => terminal.out(`${said}\n`));
  const quiet = line.given.some(({ flag }) => flag === 'quiet');
  try {
    const port = await server.listen(Number(word), givenValue(line, 'bind'));
    if (!quiet) terminal.out(`The HTTP mirror listens on port ${port}; Ctrl+C ends it.\n`);
  } catch (error) {
    throw new ProblemError([problems.cannotListen(word, reasonOf(error))]);
  }
  return new Promise(() => {});
}
