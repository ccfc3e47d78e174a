import path from 'node:path';
import { compileExpression } from '../expression/index.js';
import {
  ALONE,
  type Alarm,
  type CarryRows,
  type Clock,
  type CompileScript,
  type Environment,
  type Log,
  type Properties,
  type Sample,
  type SampleEvent,
  type Shard,
  type Siblings,
  type StandIns,
  type Test,
  type Text,
} from '../model/index.js';
import type { Problem } from '../problem.js';
import type { Setup, Sink } from './index.js';
import type { VirtualUser } from './user.js';

/** What all users of a run share. */
export class TestRun implements Test {
  readonly clock: Clock;
  readonly properties: Properties;
  readonly log: Log;
  readonly planFile: string;
  readonly planDirectory: string;
  readonly workingDirectory: string;
  readonly hostName: string;
  readonly hostAddress: string;
  readonly environment: Environment;
  readonly compileScript: CompileScript;
  readonly standIns: StandIns;
  readonly connectTo: Setup['connectTo'];
  readonly print?: (line: string) => void;
  readonly warn?: (problem: Problem) => void;
  readonly resultsAnew: boolean;
  readonly shard: Shard;
  readonly siblings: Siblings | undefined;
  readonly carryRows: CarryRows | undefined;
  readonly timerFactor: number;
  readonly sampleVariables: readonly string[];
  readonly users = new Set<VirtualUser>();
  startedAt = 0;
  functionalMode = false;
  allThreads = 0;
  totalUsers = 0;
  startedUsers = 0;
  finishedUsers = 0;
  sinks: readonly Sink[] = [];
  stoppingNow = false;
  stopping = false;
  /** Set by the run: what to do on a stop. */
  onStop: (now: boolean) => void = () => {};
  /** Users of other shards that {@link allThreads} counts. */
  #elsewhere = 0;
  readonly #states = new Map<object | string, unknown>();
  #ready: VirtualUser[] = [];

  constructor(
    setup: Setup,
    planFile: string,
    private readonly engineUser: () => VirtualUserLike,
  ) {
    this.clock = setup.clock;
    this.properties = setup.properties;
    this.log = setup.log;
    this.planFile = path.resolve(setup.workingDirectory, planFile);
    this.planDirectory = path.dirname(this.planFile);
    this.workingDirectory = setup.workingDirectory;
    this.hostName = setup.hostName;
    this.hostAddress = setup.hostAddress;
    this.environment = setup.environment;
    this.compileScript = setup.compileScript;
    this.standIns = setup.standIns;
    this.connectTo = setup.connectTo;
    if (setup.print) this.print = setup.print;
    if (setup.warn) this.warn = setup.warn;
    this.resultsAnew = setup.resultsAnew ?? false;
    this.shard = setup.shard ?? ALONE;
    this.siblings = setup.siblings;
    this.carryRows = setup.carryRows;
    this.startedAt = setup.clock.now();
    const factor = Number(setup.properties.get('timer.factor', '1'));
    this.timerFactor = Number.isFinite(factor) ? factor : 1;
    const names = setup.properties.get('sample_variables', '');
    this.sampleVariables = names === '' ? [] : splitAsJava(names);
  }

  random(): number {
    return Math.random();
  }

  state<T>(key: object | string, create: () => T): T {
    const known = this.#states.get(key);
    if (known !== undefined) return known as T;
    const made = create();
    this.#states.set(key, made);
    return made;
  }

  /** Closes what was opened for the test. */
  closeStates(): void {
    for (const state of this.#states.values()) {
      const close = (state as { close?: unknown } | null)?.close;
      if (typeof close === 'function') close.call(state);
    }
    this.#states.clear();
  }

  compileText(text: string): Text {
    return compileExpression(text, { engineUser: this.engineUser() });
  }

  after(ms: number, callback: () => void): Alarm {
    return this.clock.after(ms, callback);
  }

  stop(): void {
    this.onStop(false);
  }
  stopNow(): void {
    this.onStop(true);
  }
  stopUser(threadName: string, now: boolean): boolean {
    for (const user of this.users) {
      if (user.threadName !== threadName) continue;
      if (now) user.interrupt();
      else user.stop();
      return true;
    }
    return false;
  }

  userStarted(): void {
    this.allThreads++;
    this.startedUsers++;
    this.siblings?.activeChanged();
  }
  userFinished(): void {
    this.allThreads--;
    this.finishedUsers++;
    this.siblings?.activeChanged();
  }
  get activeHere(): number {
    return this.allThreads - this.#elsewhere;
  }
  activeElsewhere(users: number): void {
    this.allThreads += users - this.#elsewhere;
    this.#elsewhere = users;
  }

  /** The event of a sample, with the values that `sample_variables` have now. */
  event(sample: Sample, user: VirtualUser): SampleEvent {
    const { sampleVariables } = this;
    return {
      sample,
      user,
      variables: sampleVariables.length === 0 ? NONE : sampleVariables.map((name) => user.variables.get(name)),
    };
  }

  toSinks(event: SampleEvent): void {
    for (const sink of this.sinks) sink.sample(event);
  }

  /** Lets the others have their turn before this user goes on. */
  yieldTo(user: VirtualUser): void {
    if (this.#ready.push(user) === 1) setImmediate(this.#drain);
  }

  readonly #drain = (): void => {
    const ready = this.#ready;
    this.#ready = [];
    for (const user of ready) user.run();
  };
}

type VirtualUserLike = Parameters<typeof compileExpression>[1]['engineUser'];
const NONE: readonly undefined[] = [];

/** String.split(",") of Java: trailing empty names are dropped, nothing is trimmed. */
function splitAsJava(names: string): readonly string[] {
  const list = names.split(',');
  while (list.at(-1) === '') list.pop();
  return list;
}
