import os from 'node:os';
import { plannedSeconds } from '../engine/index.js';
import { Fleet, launch } from '../fleet/index.js';
import type { Problem } from '../problem.js';
import { ProblemError } from '../problem.js';
import { type RowsView, type Statistics, shareRows, summariesOf } from '../result/index.js';
import type { CommandContext } from './command.js';
import type { Start } from './execute.js';
import type { RunSetup } from './run-setup.js';
import { SHARD_COMMAND, type ShardTask } from './shard.js';
import { showProblems } from './show-problems.js';

/** What the command has besides. */
export interface Sharding {
  readonly plan: string;
  readonly count: number;
  /** Takes the figures of all shards. */
  readonly statistics: Statistics;
  /** Whether the summary's lines go to the log alone. */
  readonly silent: boolean;
  readonly print: (line: string) => void;
  /** Who takes what shards report, by its name. */
  readonly reports?: ReadonlyMap<string, (part: unknown) => void> | undefined;
}

/** Starts the users in processes of their own, whose results come together here. */
export function startShards(
  { line, terminal, startedAt }: CommandContext,
  { program, log, logged }: RunSetup,
  { plan, count, statistics, silent, print, reports = new Map() }: Sharding,
): Start {
  const { test, setup } = program;
  const task: ShardTask = { line, plan, startedAt, silent, logged };
  const seed = Math.floor(Math.random() * 2 ** 47) + 1;
  const launching = { script: process.argv[1] ?? '', args: [SHARD_COMMAND], cores: os.availableParallelism(), task };
  const warn = (problem: Problem): void => terminal.err(showProblems([problem]));
  const views: RowsView[] = [];
  let fleet: Fleet | undefined;
  return {
    begin() {
      fleet = new Fleet({
        count,
        start: (index) => launch(launching, { index, count, seed }),
        statistics,
        users({ active, started, finished, total }) {
          test.allThreads = active;
          test.startedUsers = started;
          test.finishedUsers = finished;
          test.totalUsers = total;
        },
        summary: (part) => summariesOf(test).absorb(part),
        report: (name, part) => reports.get(name)?.(part),
        open(file) {
          try {
            const view = shareRows(file, { clock: setup.clock, autoflush: false, onProblem: warn });
            views.push(view);
            return view;
          } catch (error) {
            if (!(error instanceof ProblemError)) throw error;
            error.problems.forEach(warn);
            return undefined;
          }
        },
        log: (text) => log.append(text.toString('utf8')),
        print,
        warn,
        tick: () => summariesOf(test).look(),
        now: Date.now,
        plannedSeconds: () => plannedSeconds(program),
      });
      void fleet.finished.then(() => summariesOf(test).end());
      return fleet;
    },
    samples: () => fleet?.samples ?? 0,
    async abandon() {},
    save() {
      for (const view of views) view.close();
    },
    failed: () => fleet?.failed ?? false,
  };
}
