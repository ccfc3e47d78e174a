import type { Journal, LoopAction, Placed, PlacedSampler, Sample, User, Variables } from '../model/index.js';
import type { CompiledSampler, GroupProgram, Listener, Package } from './group-program.js';
import type { TestRun } from './test-run.js';
import type { VirtualUser } from './user.js';

/** What the users of a group have in common. */
export interface GroupOptions {
  readonly test: TestRun;
  readonly program: GroupProgram;
  readonly activeInGroup: { count: number };
  readonly ended: (user: VirtualUser) => void;
  readonly stopGroup: (now: boolean) => void;
}

/** What a group tells each of its users. */
export interface UserOptions {
  readonly variables: Variables;
  readonly threadName: string;
  readonly number: number;
  readonly sameUser: boolean;
  /** What is done when a sample fails; none = the user goes on. */
  readonly onError: readonly string[];
  readonly endTime: number | undefined;
  /** The user is only told of that time, not stopped for it. */
  readonly unscheduled?: boolean | undefined;
}

/** What JMeter keeps among the variables of a thread, so that its branches have it in common. */
export interface Kept {
  /** Passes of the main loop, those of branches too. */
  iteration: number;
  /** The listeners of the sampler that ran last, wherever (`JMeterThread.pack`). */
  heardBy: readonly Listener[] | 'nobody' | undefined;
}

const LAST_OK = 'JMeterThread.last_sample_ok';
/** Keys and values. */
const FEW = 16;

/** What a virtual user is and has, apart from the way it goes through the plan. */
export abstract class UserBase implements User {
  readonly test: TestRun;
  readonly variables: Variables;
  readonly number: number;
  readonly sameUserOnNextIteration: boolean;
  readonly endTime: number | undefined;
  /** When the user is stopped for the time, between two samplers. */
  readonly scheduleEnd: number | undefined;
  readonly common: GroupOptions;
  readonly onError: readonly string[];
  previous: Sample | undefined;
  sampler: PlacedSampler | undefined;
  previousSampler: PlacedSampler | undefined;
  action: LoopAction = 'continue';
  running = true;
  interrupted = false;
  life = 0;
  onInterrupt: (() => void) | undefined;
  journal: Journal | undefined;
  overrides: User['overrides'];
  readonly kept: Kept;
  readonly parent?: UserBase;
  /** The users that run branches of the current sampler. */
  inner: Set<UserBase> | undefined;
  protected readonly groupNameVaries: boolean;
  readonly #threadName: string;
  /** Keys and values in turn; a map, which takes much more, from so many on. */
  #states: unknown[] | Map<object, unknown> | undefined;

  constructor(common: GroupOptions, options: UserOptions, parent?: UserBase) {
    this.common = common;
    if (parent) this.parent = parent;
    this.kept = parent?.kept ?? { iteration: 0, heardBy: undefined };
    this.test = common.test;
    this.variables = options.variables;
    this.#threadName = options.threadName;
    this.onError = options.onError;
    this.groupNameVaries = common.program.root.placed.plan.name.includes('${');
    this.number = options.number;
    this.sameUserOnNextIteration = options.sameUser;
    this.endTime = options.endTime;
    this.scheduleEnd = options.unscheduled ? undefined : options.endTime;
  }

  get threadName(): string {
    return this.#threadName;
  }
  get iteration(): number {
    return this.kept.iteration;
  }
  /** Evaluated by the thread whenever it is asked for: the group's name may hold what the thread has set. */
  get groupName(): string {
    return this.common.program.root.placed.props(this).name;
  }
  get groupThreads(): number {
    return this.common.activeInGroup.count;
  }
  get group(): object {
    return this.common.activeInGroup;
  }
  get placedGroup(): Placed {
    return this.common.program.root.placed;
  }
  get groupSize(): number {
    const placed = this.placedGroup;
    return placed.element.group?.users(placed.props(this), this) ?? 0;
  }

  random(): number {
    return this.test.random();
  }

  state<T>(key: object, create: () => T): T {
    const known = this.peek<T>(key);
    if (known !== undefined) return known;
    const made = create();
    this.#keep(key, made);
    return made;
  }
  peek<T>(key: object): T | undefined {
    const states = this.#states;
    if (states === undefined) return undefined;
    if (states instanceof Map) return states.get(key) as T | undefined;
    for (let i = 0; i < states.length; i += 2) if (states[i] === key) return states[i + 1] as T;
    return undefined;
  }
  #keep(key: object, state: unknown): void {
    const states = this.#states;
    if (states === undefined) this.#states = [key, state];
    else if (states instanceof Map) states.set(key, state);
    else if (states.length < FEW) states.push(key, state);
    else {
      const all = new Map<object, unknown>([[key, state]]);
      for (let i = 0; i < states.length; i += 2) all.set(states[i] as object, states[i + 1]);
      this.#states = all;
    }
  }

  sleep(ms: number): Promise<boolean> {
    if (this.interrupted || (!this.running && this.test.stoppingNow)) {
      this.interrupted = false;
      return Promise.resolve(false);
    }
    return new Promise((resolve) => {
      const alarm = this.test.clock.after(ms, () => {
        this.onInterrupt = undefined;
        resolve(true);
      });
      this.onInterrupt = () => {
        alarm.cancel();
        resolve(false);
      };
    });
  }

  stop(): void {
    this.running = false;
    if (this.inner) for (const user of this.inner) user.stop();
  }

  stopGroup(now: boolean): void {
    this.common.stopGroup(now);
  }

  /** Ends what waits inside the sampler, and nothing else. */
  interruptSampler(): void {
    const interrupt = this.onInterrupt;
    this.onInterrupt = undefined;
    interrupt?.();
  }

  /** Before the timers of a sampler: who hears of a transaction that ends behind it. */
  remember(pack: Package): void {
    this.kept.heardBy = pack.listeners;
  }
  /** Before the sample; what it throws loses that. */
  claim(_sampler: CompiledSampler): void {}

  setLastSampleOk(ok: boolean): void {
    this.variables.put(LAST_OK, ok ? 'true' : 'false');
  }

  get lastSampleOk(): boolean {
    return this.variables.get(LAST_OK) === 'true';
  }

  fillThread(sample: Sample): void {
    sample.groupThreads = this.groupThreads;
    sample.allThreads = this.test.allThreads;
    sample.threadName = this.threadName;
  }
}
