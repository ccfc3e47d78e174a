import { type LoopAction, type PlacedSampler, type Sample, type Test, type User, Variables } from '../model/index.js';

/** The engine's own user: it evaluates what is evaluated outside any thread, with the variables known so far. */
export class EngineUser implements User {
  readonly threadName = '';
  readonly groupName = '';
  readonly number = 0;
  readonly life = 1;
  readonly iteration = 0;
  readonly sameUserOnNextIteration = true;
  readonly groupThreads = 0;
  readonly groupSize = 0;
  readonly group = this;
  readonly endTime = undefined;
  readonly running = true;
  readonly sampler: PlacedSampler | undefined = undefined;
  previous: Sample | undefined;
  action: LoopAction = 'continue';
  interrupted = false;
  onInterrupt: (() => void) | undefined;
  overrides: User['overrides'];
  readonly variables: Variables;
  /** While the plan's own table is evaluated JMeter has no variables yet: what its functions would store is lost. */
  beforeVariables = false;
  readonly #states = new Map<object, unknown>();
  #test: Test | undefined;

  /** `known` is filled while the plan is compiled; users start as views of the same map. */
  constructor(
    readonly known: Map<string, unknown>,
    variables?: Variables,
  ) {
    this.variables = variables ?? new EngineVariables(known, () => this.beforeVariables);
  }

  get test(): Test {
    if (this.#test === undefined) throw new TypeError('the engine user has no test yet');
    return this.#test;
  }
  set test(test: Test) {
    this.#test = test;
  }
  random(): number {
    return Math.random();
  }
  state<T>(key: object, create: () => T): T {
    if (!this.#states.has(key)) this.#states.set(key, create());
    return this.#states.get(key) as T;
  }
  peek<T>(key: object): T | undefined {
    return this.#states.get(key) as T | undefined;
  }
  sleep(): Promise<boolean> {
    return Promise.resolve(true);
  }
  stop(): void {}
  stopGroup(): void {}
}

/** What functions store while the plan is compiled reaches every thread: there is one map, and threads begin with it. */
class EngineVariables extends Variables {
  constructor(
    private readonly known: Map<string, unknown>,
    private readonly closed: () => boolean,
  ) {
    super(known);
  }
  override putObject(name: string, value: unknown): void {
    if (this.closed()) return;
    if (value === undefined || value === null) this.known.delete(name);
    else this.known.set(name, value);
  }
  override remove(name: string): void {
    this.known.delete(name);
  }
}
