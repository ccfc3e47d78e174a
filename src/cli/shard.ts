import fs from 'node:fs';
import { watchDelivery } from '../element/index.js';
import { type Program, run, type Sink } from '../engine/index.js';
import { type Channel, type Order, ROWS_FD, ShardSide, type ToShard } from '../fleet/index.js';
import type { Test } from '../model/index.js';
import { ProblemError } from '../problem.js';
import { summariesOf } from '../result/index.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { logLevels } from './log-levels.js';
import { DELIVERY } from './mqtt-delivery.js';
import { type CommandLine, givenValue } from './parse-flags.js';
import { loadPlan } from './plan.js';
import { loadProperties } from './properties.js';
import { resultsSink } from './results-sink.js';
import { noLog, type RunLog, runLog } from './run-log.js';
import { SpentHere } from './spent.js';
import { summarySink } from './summary-sink.js';

/** The first word of a command line that makes the process a shard; nobody types it. */
export const SHARD_COMMAND = 'shard';

/** What a shard does, apart from its share: the command line of the run. */
export interface ShardTask {
  readonly line: CommandLine;
  readonly plan: string;
  readonly startedAt: number;
  readonly silent: boolean;
  /** Whether there is a run log. */
  readonly logged: boolean;
}

/** A process that runs a share of the users: it is told what to do by the one that started it, and tells it all results. */
export async function shard(): Promise<ExitCode> {
  // Who runs the shards decides what a signal means for them.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  // Without it nobody hears of a sample any more.
  process.on('disconnect', () => process.exit(exitCode.failed));
  const { order, task } = await orders();
  const side = new ShardSide(channel);
  const log = task.logged ? runLog(logLevels(task.line), { write: (text) => side.writeLog(text) }) : noLog;
  const properties = loadProperties(task.line, { workingDirectory: process.cwd(), now: task.startedAt });
  // Only the program itself starts a shard, and speaks with it.
  process.on('message', (message) => side.take(message as ToShard, properties));
  try {
    const { problems, program } = await loadPlan(task.plan, {
      line: task.line,
      properties,
      log,
      print: (line) => side.print(line),
      warn: (problem) => side.warn(problem),
      member: { shard: order, siblings: side, carryRows: side.carryRows },
    });
    if (program !== undefined) await runShare(program, side, task, log);
    else side.failed(problems.filter(({ severity }) => severity === 'error'));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    side.failed(error.problems);
  }
  await new Promise<void>((sent) => side.end(sent));
  return exitCode.ok;
}

async function runShare(program: Program, side: ShardSide, { line, silent }: ShardTask, log: RunLog): Promise<void> {
  const { test, setup } = program;
  const file = givenValue(line, 'results');
  const results = file === undefined ? undefined : resultsSink(file, program, (problem) => side.warn(problem));
  const summary = summarySink(test, silent);
  // The test forgets it before the last report.
  const summaries = summariesOf(test);
  if (givenValue(line, 'mqttDelivery') !== undefined) reportDelivery(test, side);
  const figures: Sink = { sample: (event) => side.statistics.record(event) };
  const started = run(
    program,
    [results, figures, summary].filter((sink) => sink !== undefined),
  );
  const begun = (): void => summary?.start();
  side.watch(
    { run: started, begun, flush: () => results?.flush(), summaries: () => summaries.take() },
    setup.properties,
  );
  try {
    await started.finished;
  } finally {
    results?.close();
    test.closeStates();
    log.flush();
  }
}

function reportDelivery(test: Test, side: ShardSide): void {
  const watch = watchDelivery(test);
  const spent = new SpentHere();
  side.report(DELIVERY, () => watch.part(spent.take()));
}

const channel: Channel = {
  send: (message, sent = () => {}) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => sent());
    else sent();
  },
  write(bytes) {
    for (let at = 0; at < bytes.length; ) at += fs.writeSync(ROWS_FD, bytes, at);
  },
};

function orders(): Promise<{ readonly order: Order; readonly task: ShardTask }> {
  return new Promise((resolve) => {
    process.once('message', (message) => {
      const begin = message as Extract<ToShard, { what: 'begin' }>; // always the first
      resolve({ order: begin.order, task: begin.task as ShardTask }); // from startShards
    });
  });
}
