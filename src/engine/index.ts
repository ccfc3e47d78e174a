/** Compiles a tree to a program and runs it with virtual users. Knows roles, not element names. */
import type { PlanElement } from '../jmx/index.js';
import type {
  ActiveUsers,
  Awaitable,
  CarryRows,
  Clock,
  CompileScript,
  Environment,
  Log,
  Properties,
  Registry,
  SampleEvent,
  Shard,
  Siblings,
  StandIns,
} from '../model/index.js';
import type { Problem } from '../problem.js';

/** What the engine is given; it reads nothing of the process by itself. */
export interface Setup {
  readonly registry: Registry;
  readonly properties: Properties;
  readonly clock: Clock;
  readonly log: Log;
  readonly workingDirectory: string;
  readonly hostName: string;
  readonly hostAddress: string;
  readonly environment: Environment;
  readonly compileScript: CompileScript;
  readonly standIns: StandIns;
  readonly connectTo: (host: string, port: number) => { readonly host: string; readonly port: number };
  /** Prints a line on the run's console, where there is one. */
  readonly print?: (line: string) => void;
  /** Results files that exist are deleted before they are written. */
  readonly resultsAnew?: boolean;
  /** The share of the users to run; absent = all. */
  readonly shard?: Shard;
  /** The other shards, when there are any. */
  readonly siblings?: Siblings;
  /** Takes the rows of a file to whoever gathers those of all shards. */
  readonly carryRows?: CarryRows;
  /** Tells the user of a problem that comes up while the plan runs and does not end it. */
  readonly warn?: (problem: Problem) => void;
  readonly readPlan: (file: string) => readonly PlanElement[] | readonly Problem[];
}

/** Hears every sample that reaches the test plan's level: the `-l` file, the summary, live figures. */
export interface Sink {
  /** Whether it looks at the data of samples. */
  readonly looksAtData?: boolean;
  sample(event: SampleEvent): void;
  close?(): Awaitable<void>;
}

export interface Run {
  readonly finished: Promise<Outcome>;
  /** Graceful: running samples finish. */
  stop(): void;
  /** At once: waits are interrupted. */
  stopNow(): void;
  readonly activeUsers: number;
  readonly startedUsers: number;
  readonly finishedUsers: number;
  /** Users the running phase is configured for. */
  readonly totalUsers: number;
  /** Seconds the longest scheduler of the plan runs, when all groups have one; for progress. */
  readonly plannedSeconds: number | undefined;
}

/** A run of this process, perhaps one of several shards. */
export interface LocalRun extends Run {
  /** What this process runs of them; {@link activeUsers} counts those of the other shards too. */
  readonly activeHere: ActiveUsers;
  /** How many are active in the other shards. */
  activeElsewhere(users: ActiveUsers): void;
}

export interface Outcome {
  /** Whether something stopped the run before its natural end. */
  readonly stopped: boolean;
}

export { type GroupLoad, groupLoads } from './load-shapes.js';
export { type Program, prepare } from './prepare.js';
export { run } from './run.js';
export { keptTogether, type Membership, plannedSeconds, startsAnyNumber, usersOf } from './shards.js';
export { WheelClock } from './wheel.js';
