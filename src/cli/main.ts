import module from 'node:module';
import { formatProblem, ProblemError, problems } from '../problem.js';
import type { CommandCall } from './command.js';
import { type ExitCode, exitCode } from './exit-code.js';
import type { Command } from './flags.js';
import { nearest } from './nearest.js';
import { parseFlags } from './parse-flags.js';
import { type Terminal, terminal } from './terminal.js';

declare const METERLESS_VERSION: string;

/** Each command stands in a file of its own that is loaded when it is called. */
const commands: Readonly<Record<Command, () => Promise<CommandCall>>> = {
  run: async () => (await import('./run.js')).run,
  check: async () => (await import('./check.js')).check,
  report: async () => (await import('./report.js')).report,
  convert: async () => (await import('./convert.js')).convert,
  mirror: async () => (await import('./mirror.js')).mirror,
  jmeter: async () => (await import('./jmeter.js')).jmeter,
};

async function main(args: readonly string[], console: Terminal): Promise<ExitCode> {
  const [first, ...rest] = args;
  if (first === undefined || (args.length === 1 && HELP.has(first))) {
    const { overview } = await import('./help.js');
    (first === undefined ? console.err : console.out)(overview(console.width));
    return first === undefined ? exitCode.usage : exitCode.ok;
  }
  if (first === 'help') return helpFor(rest, console);
  if (first === 'shard' && process.send) return (await import('./shard.js')).shard();
  if (first.startsWith('-')) return call('jmeter', args, console);
  return call(commandOf(first), rest, console);
}

async function helpFor([command = '', ...more]: readonly string[], console: Terminal): Promise<ExitCode> {
  if (more.length > 0) throw new ProblemError([problems.usage('help takes one command')]);
  return call(commandOf(command), ['--help'], console);
}

function commandOf(word: string): Command {
  const known = COMMANDS.find((command) => command === word);
  if (known !== undefined) return known;
  const near = word.endsWith('.jmx')
    ? `run ${word}`
    : word.endsWith('.jtl')
      ? `report ${word}`
      : nearest(word, COMMANDS);
  const help =
    near === undefined ? 'the commands are run, check, report, convert and mirror' : `did you mean: meterless ${near}`;
  throw new ProblemError([problems.usage(`${word} is not a command`, help)]);
}

const COMMANDS = ['run', 'check', 'report', 'convert', 'mirror'] as const;

const HELP: ReadonlySet<string> = new Set(['-h', '--help', '-?', '--?', 'help']);

async function call(command: Command, args: readonly string[], console: Terminal): Promise<ExitCode> {
  const line = parseFlags(command, args);
  if (line.given.some(({ flag }) => flag === 'version')) {
    console.out(`${METERLESS_VERSION}\n`);
    return exitCode.ok;
  }
  if (line.given.some(({ flag }) => flag === 'help' || flag === 'options')) {
    const { helpOf } = await import('./help.js');
    console.out(helpOf(command, console.width));
    return exitCode.ok;
  }
  const start = await commands[command]();
  return start({ line, terminal: console, startedAt: Math.floor(performance.timeOrigin) });
}

/** Mistakes of the user are told as such; anything else that is thrown is a bug, told in one line. */
function failed(error: unknown, console: Terminal): ExitCode {
  if (error instanceof ProblemError) {
    for (const problem of error.problems) console.err(`${formatProblem(problem)}\n`);
    return codeOf(error.problems[0].code);
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = process.env.METERLESS_DEBUG && error instanceof Error ? `\n${error.stack}` : '';
  console.err(
    `This is a bug in Meterless: ${what.split('\n', 1)[0]} (METERLESS_DEBUG=1 shows where; please report it)${stack}\n`,
  );
  return exitCode.failed;
}

/** E5xx is the command line; a property file that a flag names belongs to it. */
const codeOf = (code: string): ExitCode =>
  code.startsWith('E5') || code === 'E403' ? exitCode.usage : /^E[123]/.test(code) ? exitCode.plan : exitCode.failed;

// Node 22 and newer keep what they compiled: about a fifth of the start of a short run.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache();
const console = terminal();
const crash = (error: unknown): void => process.exit(failed(error, console));
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
// Only a run that lost its way leaves the event loop empty before it has an exit code.
process.on('beforeExit', () => crash(new Error('the run waits for something that never comes')));
main(process.argv.slice(2), console)
  .catch((error: unknown) => failed(error, console))
  .then((code) => console.end(() => process.exit(code)));
