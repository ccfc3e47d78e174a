import type { Problem } from '../problem.js';
import type { Alarm, Clock } from './clock.js';
import type { Placed, PlacedSampler } from './element.js';
import type { Log } from './log.js';
import type { Properties } from './properties.js';
import type { CarryRows } from './rows.js';
import type { Sample } from './sample.js';
import type { CompileScript, StandIns } from './script.js';
import type { Shard, Siblings } from './shard.js';
import type { LoopAction } from './stop.js';
import type { Text } from './text.js';
import type { Variables } from './variables.js';
import type { Journal } from './wait.js';

/** A virtual user: what JMeter calls a thread. Small on purpose; what it does not use it does not have. */
export interface User {
  readonly test: Test;
  readonly variables: Variables;
  /** `Group 1-1`; empty for the engine's own user, which evaluates the plan before any thread runs. */
  readonly threadName: string;
  readonly groupName: string;
  /** Counted from 0 within its group. */
  readonly number: number;
  /** Passes of the main loop begun, from 1. */
  readonly iteration: number;
  readonly sameUserOnNextIteration: boolean;
  /** How often it has begun: the user of a branch begins with each sample of its parent. */
  readonly life: number;
  /** The user in whose sample this one runs; it has the same variables. */
  readonly parent?: User;
  /** Active users of the group. */
  readonly groupThreads: number;
  /** Its group while it runs: what all users of the group share is kept under it. */
  readonly group: object;
  /** The group in the plan; absent outside of groups. */
  readonly placedGroup?: Placed;
  /** Users that the group is set up for, evaluated anew. */
  readonly groupSize: number;
  /** The result of the last sampler (`prev`). */
  previous: Sample | undefined;
  /** The sampler that runs now, or ran last. */
  readonly sampler: PlacedSampler | undefined;
  /** The one before it. */
  readonly previousSampler?: PlacedSampler | undefined;
  /** What happens after the current sampler; set by Flow Control and scripts. */
  action: LoopAction;
  /** Scheduler end in ms since the epoch; undefined without scheduler. */
  readonly endTime: number | undefined;
  /** False once the user is to stop. */
  readonly running: boolean;
  /** Kept during a stage of a sampler in plans whose functions may wait; elsewhere a function cannot wait. */
  readonly journal?: Journal | undefined;
  /** Properties of samplers that were changed for this user; see {@link override}. */
  overrides?: Map<object, Readonly<Record<string, unknown>>> | undefined;
  /** Uniform in [0, 1). */
  random(): number;
  /** State of one element or client for this user, made when first asked for (JMeter's per-thread clone). */
  state<T>(key: object, create: () => T): T;
  /** The state if it was ever made. */
  peek<T>(key: object): T | undefined;
  /** Waits inside a sampler; resolves early, with false, when it is interrupted: the run stops now, or a sample timed out. */
  sleep(ms: number): Promise<boolean>;
  /**
   * Java's flag of an interrupted thread: the next sleep ends at once and takes it back. Elements whose Java class sets it
   * again after an interrupted sleep do so here; then no timer and no sleep of this user waits any more.
   */
  interrupted: boolean;
  /** Set by whatever waits inside a sampler: called when it is interrupted. Cleared by the engine after each sample. */
  onInterrupt: (() => void) | undefined;
  /** Ends this user after the current sample. */
  stop(): void;
  /** Stops the thread group of this user, and no other: after their samples, or at once. */
  stopGroup(now: boolean): void;
}

/** What the process was started with, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The run: what all users share. */
export interface Test {
  readonly clock: Clock;
  readonly properties: Properties;
  readonly log: Log;
  /** Absolute path of the plan. */
  readonly planFile: string;
  readonly planDirectory: string;
  readonly workingDirectory: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly functionalMode: boolean;
  /** The share of the users that run here. */
  readonly shard: Shard;
  /** The other shards; absent = there are none. */
  readonly siblings?: Siblings | undefined;
  /** Active users of all groups. */
  readonly allThreads: number;
  /** Users the running phase is configured for. */
  readonly totalUsers?: number;
  /** Users started and ended so far, for the summary's lines. */
  readonly startedUsers?: number;
  readonly finishedUsers?: number;
  /** Prints a line on the run's console, as the Summariser does; absent = there is no console. */
  print?(line: string): void;
  /** Takes the rows of a file to whoever gathers those of all shards; absent = they go into the file. */
  readonly carryRows?: CarryRows | undefined;
  /** Results files that exist are deleted before they are written (-f). */
  readonly resultsAnew?: boolean;
  /** Tells the user of a problem that does not end the run; absent = the log alone hears of it. */
  warn?(problem: Problem): void;
  readonly hostName: string;
  /** The address that the host's name stands for. */
  readonly hostAddress: string;
  /** Variables of the process's environment. */
  readonly environment: Environment;
  /** Names of `sample_variables`, untrimmed. */
  readonly sampleVariables: readonly string[];
  /** State shared by all users, made when first asked for; with a `close` method it is closed at the end of the test. */
  state<T>(key: object | string, create: () => T): T;
  /** Where to connect really: `--connect-to` applied. The request itself stays as written. */
  connectTo(host: string, port: number): { readonly host: string; readonly port: number };
  /** Graceful: running samples finish. */
  stop(): void;
  /** At once: waiting samplers and timers are interrupted. */
  stopNow(): void;
  /** Stops one user by thread name; false when there is none. */
  stopUser(threadName: string, now: boolean): boolean;
  /** Compiles a text met at run time (`__eval`); throws ProblemError when it does not compile. */
  compileText(text: string): Text;
  readonly compileScript: CompileScript;
  readonly standIns: StandIns;
  after(ms: number, callback: () => void): Alarm;
}
