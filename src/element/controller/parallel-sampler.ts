import { JavaError } from '../../java/index.js';
import type { PlanElement } from '../../jmx/index.js';
import { element, type Named, type PlacedSampler, prop, Sample, type User } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { Loop } from './loop-controller.js';

const TAG = 'com.blazemeter.jmeter.controller.ParallelSampler';

const props = {
  /** One sample with all others in it, or the others by themselves. */
  parent: prop.flag('PARENT_SAMPLE'),
  limited: prop.flag('LIMIT_MAX_THREAD_NUMBER'),
  limit: prop.int('MAX_THREAD_NUMBER', 6),
};
type ParallelProps = Named<typeof props>;

/** The single pass around a child; its next-thread-loop is the parent's. */
class OnePass extends Loop<{ readonly name: string }> {
  #name = '';
  #ended = false;
  #all: OnePass['children'] | undefined;

  /** JMeter makes a new one for each run: a child that was done is there again. */
  override initialize(): void {
    this.#name = `wrapped ${this.name}`;
    this.#ended = false;
    this.#all ??= this.children;
    this.children = [...this.#all];
    this.broken = false;
    this.resetCount();
    super.initialize();
  }
  override get isDone(): boolean {
    return this.#ended || super.isDone;
  }
  override triggerEndOfLoop(): void {
    this.#ended = true;
    const { parent } = this.user;
    if (parent) parent.action = 'nextThreadLoop';
    super.triggerEndOfLoop();
  }
  protected override get indexName(): string {
    return this.#name;
  }
  protected override readLoops(): number {
    return 1;
  }
  protected override mayBeEnteredAgain(): boolean {
    return false;
  }
}

/** bzm Parallel Controller 0.12: runs its children at the same time, each by a user of its own. */
export const parallelSampler = element({
  tag: TAG,
  gui: 'com.blazemeter.jmeter.controller.ParallelControllerGui',
  call: 'parallel',
  props,
  branches: OnePass,
  interruptible: true,
  check: checkNesting,
  threadStarted(settings: ParallelProps, user, self) {
    poolOf(settings, user, self);
  },
  sample(settings: ParallelProps, user, self) {
    if (user.parent) throw new JavaError('java.lang.RuntimeException', 'Attempting to reset the thread context');
    const pool = poolOf(settings, user, self);
    return run(settings, user, self, pool);
  },
});

/** The threads of one user: named and counted when it starts. */
interface Pool {
  readonly threadName: string;
  readonly limit: number;
  shut: boolean;
}

function poolOf(settings: ParallelProps, user: User, self: object): Pool {
  return user.state(self, () => ({
    limit: settings.limited ? settings.limit : Number.POSITIVE_INFINITY,
    threadName: `parallel ${settings.name}`,
    shut: false,
  }));
}

async function run(settings: ParallelProps, user: User, self: PlacedSampler, pool: Pool): Promise<Sample | undefined> {
  const { clock } = user.test;
  const sample = begin(settings, user, self, pool);
  const heard = (inner: Sample): void => {
    sample.addSubSample(inner, false);
    if (!inner.success) sample.success = false;
  };
  const { parent } = settings;
  const { threadName } = pool;
  const waiting = self.branches.map((branch) => {
    const fullName = `${settings.name} - ${branch.name(user)}`;
    return () => branch.run(user, { threadName, fullName, heard, reports: !parent });
  });
  sample.start(clock.now());
  if (waiting.length > 0 && (pool.shut || pool.limit <= 0))
    throw new JavaError('java.util.concurrent.RejectedExecutionException');
  user.onInterrupt = () => {
    pool.shut = true;
  };
  await atMost(pool.limit, waiting);
  if (sample.endTime === 0) sample.end(clock.now());
  return settings.parent ? sample : undefined;
}

function begin({ name }: ParallelProps, user: User, self: PlacedSampler, { threadName }: Pool): Sample {
  const sample = new Sample();
  sample.ok();
  sample.label = name;
  // What is added to it is named like its thread.
  sample.threadName = threadName;
  sample.samplerData = `Parallel items:\n${self.branches.map((branch) => `${branch.name(user)}\n`).join('')}`;
  return sample;
}

/** Runs all, in their order, so many at a time. */
async function atMost(limit: number, waiting: (() => Promise<void>)[]): Promise<void> {
  const next = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) await run();
  };
  await Promise.all(Array.from({ length: Math.min(limit, waiting.length) }, next));
}

function checkNesting(plan: PlanElement): readonly Problem[] {
  const holds = ({ children }: PlanElement): boolean =>
    children.some((child) => child.enabled && (child.tag === TAG || holds(child)));
  return holds(plan)
    ? [problems.elementWarns('a Parallel Controller inside another one gives no samples, as in JMeter')]
    : [];
}
