import type { Sink } from '../engine/index.js';
import { ProblemError } from '../problem.js';
import { Statistics } from '../result/index.js';
import type { CommandContext } from './command.js';
import { type Ending, execute, noSamples, startHere } from './execute.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { type LiveView, openLiveView } from './live-view.js';
import { type MqttDelivery, mqttDelivery } from './mqtt-delivery.js';
import { givenValue, usageProblem } from './parse-flags.js';
import { type RunSetup, setUpRun } from './run-setup.js';
import { shardCount } from './shard-count.js';
import { showProblems } from './show-problems.js';
import { startShards } from './start-shards.js';
import { summarySink } from './summary-sink.js';

/**
 * `meterless run PLAN`: a live table on a terminal, JMeter's summary lines elsewhere, the figures at the end. Failed
 * samples do not change the exit code; a run without samples is a failure.
 */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { line, terminal } = context;
  const quiet = line.given.some(({ flag }) => flag === 'quiet');
  const statistics = new Statistics();
  const view = terminal.live && !quiet ? await openLiveView(terminal, statistics) : undefined;
  const print = (text: string): void => {
    if (view) view.print(text);
    else if (!quiet) terminal.out(`${text}\n`);
  };

  // Whatever is told takes the table away first.
  const shown = { ...context, terminal: view?.terminal ?? terminal };
  const plan = planOf(context);
  const setup = await setUpRun(shown, { plan, print });
  if (typeof setup === 'number') return setup;
  const { code, samples, delivery } = await runWith(setup, statistics, { ...shown, plan, view, quiet, print });
  setup.log.close();
  if (!quiet && samples > 0) await showFigures(context, statistics, delivery);
  const saved = delivery?.save(terminal) ?? true;
  if (samples === 0 && code === undefined) terminal.err(showProblems([noSamples('error')]));
  return setup.lost.happened || !saved ? exitCode.failed : (code ?? (samples === 0 ? exitCode.failed : exitCode.ok));
}

interface Watched extends CommandContext {
  readonly plan: string;
  readonly view: LiveView | undefined;
  readonly quiet: boolean;
  readonly print: (text: string) => void;
}

interface Ran extends Ending {
  readonly delivery: MqttDelivery | undefined;
}

async function runWith(setup: RunSetup, statistics: Statistics, watched: Watched): Promise<Ran> {
  const { line, terminal, view, quiet, plan, print } = watched;
  const { program, log, results, lost } = setup;
  const figures: Sink = { sample: (event) => statistics.record(event) };
  // The lines go to the run log also where a table or nothing is shown.
  const silent = view !== undefined || quiet;
  const summary = summarySink(program.test, silent);
  const sinks = [results, figures, summary].filter((sink) => sink !== undefined);
  const count = shardCount(line, program, terminal, print);
  const delivery = await mqttDelivery(line, program.test, count);
  const reports = delivery?.taken;
  const start =
    count === 1
      ? startHere(program, sinks)
      : startShards(watched, setup, { plan, count, statistics, silent, print, reports });
  try {
    const ending = await execute({
      program,
      start,
      results,
      log,
      terminal,
      onStart(started) {
        lost.run = started;
        if (count === 1) summary?.start();
        view?.start(started, delivery && (() => [delivery.now()]));
      },
    });
    return { ...ending, delivery };
  } finally {
    delivery?.end();
    view?.stop();
  }
}

/** Labels that hold counters can be as many as there are samples. */
const LABELS = 200;

/** The table by label, the most frequent errors, the delivery of messages, and where the files are. */
async function showFigures(
  { line, terminal }: CommandContext,
  statistics: Statistics,
  delivery: MqttDelivery | undefined,
): Promise<void> {
  const { renderTable } = await import('../report/index.js');
  const width = terminal.live ? terminal.width : undefined;
  terminal.out(`${renderTable(statistics, { width, color: terminal.color, labels: LABELS, errors: 5 })}\n`);
  if (delivery !== undefined) terminal.out(`\n${delivery.table({ width, color: terminal.color })}\n`);
  const files = [
    ['results', givenValue(line, 'results')],
    ['run log', givenValue(line, 'log')],
    ['mqtt delivery', givenValue(line, 'mqttDelivery') || undefined],
  ].filter(([, file]) => file !== undefined);
  if (files.length > 0) terminal.out(`\n${files.map(([what, file]) => `${what}: ${file}\n`).join('')}`);
}

function planOf({ line }: CommandContext): string {
  const words = [...line.words];
  const flagged = givenValue(line, 'plan');
  if (flagged !== undefined) words.push(flagged);
  const [plan, ...more] = words;
  if (plan === undefined || more.length > 0) throw new ProblemError([usageProblem('run needs one plan', 'run')]);
  return plan;
}
