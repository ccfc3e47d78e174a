import type { Run } from '../engine/index.js';
import { ProblemError } from '../problem.js';
import { Statistics } from '../result/index.js';
import type { CommandContext } from './command.js';
import { execute, noSamples, startHere } from './execute.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { END_LINE, startLine, tidyLine } from './jmeter-lines.js';
import { mqttDelivery } from './mqtt-delivery.js';
import { givenValue, usageProblem } from './parse-flags.js';
import { type RunSetup, setUpRun } from './run-setup.js';
import { shardCount } from './shard-count.js';
import { showProblems } from './show-problems.js';
import { startShards } from './start-shards.js';
import { summarySink } from './summary-sink.js';

/**
 * `meterless -n -t PLAN …`: JMeter's own command line, its lines on the console and its exit code 0 for every run that
 * took place, also one with failed samples or with none.
 */
export async function jmeter(context: CommandContext): Promise<ExitCode> {
  const { line, terminal } = context;
  const plan = planOf(context);
  const quiet = line.given.some(({ flag }) => flag === 'quiet');
  const print = (text: string): void => {
    if (!quiet) terminal.out(`${text}\n`);
  };
  const setup = await setUpRun(context, { plan, defaultLog: 'jmeter.log', print });
  if (typeof setup === 'number') return setup;
  const { program, log, results, lost } = setup;

  let running: Run | undefined;
  const summary = summarySink(program.test);
  if (summary) print(`Creating summariser <${summary.name}>`);
  print(`Created the tree successfully using ${plan}`);
  const port = await openPort(setup, () => running, print);
  print(startLine(Date.now()));
  if (port) print(`Waiting for possible Shutdown/StopTestNow/HeapDump/ThreadDump message on port ${port.port}`);
  const count = shardCount(context.line, program, terminal, print);
  const sinks = [results, summary].filter((sink) => sink !== undefined);
  const statistics = new Statistics();
  const delivery = await mqttDelivery(line, program.test, count);
  const reports = delivery?.taken;
  const start =
    count === 1
      ? startHere(program, sinks)
      : startShards(context, setup, { plan, count, statistics, silent: false, print, reports });
  const { code, samples } = await execute({
    program,
    start,
    results,
    log,
    terminal,
    onStart(started) {
      running = started;
      lost.run = started;
      if (count === 1) summary?.start();
    },
  });
  delivery?.end();
  port?.close();
  print(tidyLine(Date.now()));
  if (samples === 0 && code === undefined) terminal.err(showProblems([noSamples('warning')]));
  if (delivery !== undefined) print(delivery.table({}));
  const saved = delivery?.save(terminal) ?? true;
  print(END_LINE);
  log.close();
  return lost.happened || !saved ? exitCode.failed : (code ?? exitCode.ok);
}

function planOf({ line }: CommandContext): string {
  const refuse = (what: string): ProblemError => new ProblemError([usageProblem(what, 'jmeter')]);
  if (line.words.length > 0) throw refuse(`Unknown arg: ${line.words[0]}`);
  if (!line.given.some(({ flag }) => flag === 'nongui')) throw refuse('Meterless has no window: add -n to run a plan');
  const plan = givenValue(line, 'plan');
  if (plan === undefined) throw refuse('Non-GUI runs require a test plan');
  return plan;
}

/** JMeter listens for its stop scripts unless `jmeterengine.nongui.port` is 1000 or less. */
async function openPort({ properties }: RunSetup, run: () => Run | undefined, print: (line: string) => void) {
  const from = properties.int('jmeterengine.nongui.port', 4445);
  if (from <= 1000) return undefined;
  const { openShutdownPort } = await import('./shutdown-port.js');
  const stoppable = { stop: () => run()?.stop(), stopNow: () => run()?.stopNow() };
  const port = await openShutdownPort(from, properties.int('jmeterengine.nongui.maxport', 4455), stoppable, print);
  if (!port) print('Failed to create UDP port');
  return port;
}
