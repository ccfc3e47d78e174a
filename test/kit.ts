/** Stand-ins of the engine for tests of single elements, functions and clients. */
import os from 'node:os';
import type { Alarm, Clock, Log, LogLevel, LoopAction, PlacedSampler, Sample, Test, User } from '../src/model/index.js';
import { ALONE, Properties, Variables } from '../src/model/index.js';

/** A clock that moves only when told: `advance(ms)` runs what falls due, in order. */
export class SimulatedClock implements Clock {
  #now: number;
  #due: { at: number; order: number; callback: () => void }[] = [];
  #order = 0;
  constructor(start = 1_700_000_000_000) {
    this.#now = start;
  }
  now(): number {
    return this.#now;
  }
  after(ms: number, callback: () => void): Alarm {
    const entry = { at: this.#now + Math.max(0, ms), order: this.#order++, callback };
    this.#due.push(entry);
    return {
      cancel: () => {
        this.#due = this.#due.filter((e) => e !== entry);
      },
    };
  }
  get pending(): number {
    return this.#due.length;
  }
  /** Runs everything due within `ms`; promises settle between two calls back. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.#due.filter((e) => e.at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!next) break;
      this.#due = this.#due.filter((e) => e !== next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
    }
    this.#now = end;
  }
}

export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return { cancel: () => clearTimeout(timer) };
  },
};

/** A log that keeps its lines. */
export class KeptLog implements Log {
  readonly lines: string[] = [];
  enabled(): boolean {
    return true;
  }
  write(level: LogLevel, category: string, text: string): void {
    this.lines.push(`${level} ${category}: ${text}`);
  }
}

export function fakeTest(over: Partial<Test> = {}): Test & { readonly log: KeptLog } {
  const states = new Map<unknown, unknown>();
  const log = new KeptLog();
  const clock = over.clock ?? realClock;
  return {
    clock,
    properties: new Properties(),
    planFile: `${process.cwd()}/plan.jmx`,
    planDirectory: process.cwd(),
    workingDirectory: process.cwd(),
    startedAt: clock.now(),
    functionalMode: false,
    shard: ALONE,
    allThreads: 1,
    hostName: os.hostname(),
    hostAddress: '127.0.0.1',
    environment: {},
    sampleVariables: [],
    state<T>(key: object | string, create: () => T): T {
      if (!states.has(key)) states.set(key, create());
      return states.get(key) as T;
    },
    connectTo: (host, port) => ({ host, port }),
    stop() {},
    stopNow() {},
    stopUser: () => false,
    compileText: (text) => text,
    compileScript: (language) => ({ code: 'E303', severity: 'error', text: `no ${language} here` }),
    standIns: { find: () => undefined },
    after: (ms, callback) => clock.after(ms, callback),
    ...over,
    log,
  };
}

/** A user with everything an element may ask for; `over` replaces parts. */
export function fakeUser(over: Partial<User> = {}): User {
  const states = new Map<object, unknown>();
  const test = over.test ?? fakeTest();
  return {
    test,
    variables: new Variables(new Map()),
    threadName: 'Thread Group 1-1',
    groupName: 'Thread Group',
    number: 0,
    life: 1,
    iteration: 1,
    sameUserOnNextIteration: true,
    groupThreads: 1,
    groupSize: 1,
    group: {},
    previous: undefined as Sample | undefined,
    sampler: undefined as PlacedSampler | undefined,
    action: 'continue' as LoopAction,
    endTime: undefined,
    running: true,
    random: Math.random,
    state<T>(key: object, create: () => T): T {
      if (!states.has(key)) states.set(key, create());
      return states.get(key) as T;
    },
    peek: <T>(key: object) => states.get(key) as T | undefined,
    sleep: (ms) => new Promise((resolve) => void test.clock.after(ms, () => resolve(true))),
    interrupted: false,
    onInterrupt: undefined,
    stop() {},
    stopGroup() {},
    ...over,
  };
}
