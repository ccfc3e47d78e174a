import { JavaError } from '../java/index.js';
import {
  type ActiveUsers,
  lastSampleIsRead,
  type Named,
  type Placed,
  type Props,
  StopTestNow,
} from '../model/index.js';
import type { EngineUser } from './engine-user.js';
import { compileGroup } from './group-program.js';
import { GroupRun } from './group-run.js';
import type { LocalRun, Outcome, Sink } from './index.js';
import type { Program } from './prepare.js';
import { placedOf } from './program.js';
import { plannedSeconds } from './shards.js';
import { flatten, type PlanNode } from './tree.js';
import { describe } from './user.js';

type Phase = 'setUp' | 'main' | 'tearDown';

/** What a thread group throws that cannot start; the others do. */
const STOP_TEST = 'org.apache.jorphan.util.JMeterStopTestException';

/** Runs a program: setUp groups, main groups, tearDown groups (StandardJMeterEngine.run 5.6.3). */
export function run(program: Program, sinks: readonly Sink[]): LocalRun {
  return new RunningTest(program, sinks);
}

class RunningTest implements LocalRun {
  readonly finished: Promise<Outcome>;
  #running = true;
  #planned: { readonly seconds: number | undefined } | undefined;
  #stopped = false;
  /** Those of the phase, by a key that is the same in all shards. */
  readonly #groups = new Map<string, GroupRun>();
  readonly #all: readonly PlanNode[];

  constructor(
    private readonly program: Program,
    sinks: readonly Sink[],
  ) {
    this.#all = flatten(program.nodes);
    const { test } = program;
    test.sinks = sinks;
    if (sinks.some((sink) => sink.looksAtData)) lastSampleIsRead(test).is = true;
    // The first request from within the test counts; JMeter's engine forgets itself with it and hears no other.
    test.onStop = (now) => {
      if (this.#stopped) return;
      test.siblings?.stopped(now);
      this.#stop(now);
    };
    this.finished = this.#run(sinks);
  }

  get activeUsers(): number {
    return this.program.test.allThreads;
  }
  get totalUsers(): number {
    return this.program.test.totalUsers;
  }
  get activeHere(): ActiveUsers {
    const groups = Object.fromEntries([...this.#groups].map(([key, group]) => [key, group.activeHere]));
    return { all: this.program.test.activeHere, groups };
  }
  activeElsewhere({ all, groups }: ActiveUsers): void {
    this.program.test.activeElsewhere(all);
    for (const [key, group] of this.#groups) group.activeElsewhere(groups[key] ?? 0);
  }
  get startedUsers(): number {
    return this.program.test.startedUsers;
  }
  get finishedUsers(): number {
    return this.program.test.finishedUsers;
  }
  /** Worked out once a phase: a function in a duration must not advance with each look at it. */
  get plannedSeconds(): number | undefined {
    this.#planned ??= { seconds: plannedSeconds(this.program) };
    return this.#planned.seconds;
  }

  stop(): void {
    this.#stop(false);
  }
  stopNow(): void {
    this.#stop(true);
  }

  #stop(now: boolean): void {
    const { test } = this.program;
    this.#running = false;
    this.#stopped = true;
    test.stopping = true;
    if (now) test.stoppingNow = true;
    for (const group of this.#groups.values()) group.stop(now);
  }

  async #run(sinks: readonly Sink[]): Promise<Outcome> {
    // The caller gets its Run before the first sample.
    await Promise.resolve();
    const { test, settings, engineUser } = this.program;
    test.startedAt = (await test.siblings?.meet(0)) ?? test.clock.now();
    test.properties.setHere('TESTSTART.MS', String(test.startedAt));
    engineUser.known.set('TESTSTART.MS', String(test.startedAt));
    try {
      await this.#phases(settings.tearDownOnStop);
    } catch (error) {
      await this.#engineDied(error);
    }
    for (const sink of sinks) await sink.close?.();
    test.closeStates();
    return { stopped: this.#stopped };
  }

  async #phases(tearDownOnStop: boolean): Promise<void> {
    const { test } = this.program;
    await this.#tellAll('testStarted');
    await this.#phase('setUp');
    const reachedMain = this.#running;
    if (reachedMain) await this.#phase('main');
    if (reachedMain && !this.#running) {
      this.#running = tearDownOnStop;
      if (this.#running) {
        test.stopping = false;
        test.stoppingNow = false;
      }
    }
    if (this.#running) await this.#phase('tearDown');
    await this.#tellAll('testEnded');
  }

  /**
   * A function that throws in the settings of a thread group, or at the start of the test, ends JMeter's engine without a
   * word: no other group starts, the users that run come to their end.
   */
  async #engineDied(error: unknown): Promise<void> {
    if (!(error instanceof JavaError || error instanceof StopTestNow)) throw error;
    this.program.test.log.write('ERROR', 'o.a.j.e.StandardJMeterEngine', `The engine ends here: ${error}`);
    for (const group of this.#groups.values()) await group.ended();
  }

  async #phase(phase: Phase): Promise<void> {
    const { test, settings } = this.program;
    const groups = this.#groupsOf(phase);
    // Without groups of its own a phase leaves the counts of the one before it on the console.
    if (groups.length === 0) return;
    this.#planned = undefined;
    test.startedUsers = 0;
    test.finishedUsers = 0;
    test.totalUsers = 0;
    let number = 0;
    for (const node of groups) {
      if (!this.#running) break;
      const group = await this.#start(node, ++number, phase);
      if (!settings.serial) continue;
      await group.ended();
      await test.siblings?.meet(placeOf(phase, number));
    }
    for (const group of this.#groups.values()) await group.ended();
    await test.siblings?.meet(placeOf(phase, BEHIND_ALL));
    this.#groups.clear();
  }

  async #start(node: PlanNode, number: number, phase: Phase): Promise<GroupRun> {
    const { test, texts, setup, engineUser } = this.program;
    const placed = placedOf(node, texts.compile);
    const props = placed.props(engineUser);
    test.log.write('INFO', 'o.a.j.e.StandardJMeterEngine', `Starting ThreadGroup: ${number} : ${props.name}`);
    test.totalUsers += node.element.group?.users(props, engineUser) ?? 0;
    forTheLog(node.element.group, props);
    const program = compileGroup(node, this.#planLevel(), texts, setup.registry);
    const group = new GroupRun(program.root.placed, number, engineUser, program, test);
    this.#groups.set(`${phase} ${number}`, group);
    try {
      await node.element.group?.start(props, group, placed);
    } catch (error) {
      if (!(error instanceof JavaError) || error.javaClass !== STOP_TEST) throw error;
      const { message } = error;
      test.log.write(
        'ERROR',
        'o.a.j.e.StandardJMeterEngine',
        `Error occurred starting thread group :${props.name}, error message:${message}, \r\nsee log file for more details`,
      );
    }
    return group;
  }

  /** Thread groups wherever they stand, in tree order. */
  #groupsOf(phase: Phase): readonly PlanNode[] {
    return this.#all.filter(({ element }) => element.group?.phase === phase);
  }

  /** Children of the test plan that are no thread groups: they join each group. */
  #planLevel(): readonly PlanNode[] {
    const [plan] = this.program.nodes;
    return plan?.children.filter(({ element }) => !element.group) ?? [];
  }

  async #tellAll(role: 'testStarted' | 'testEnded'): Promise<void> {
    const { engineUser, test, texts } = this.program;
    for (const node of this.#all) {
      if (!node.element[role]) continue;
      const placed = placedOf(node, texts.compile);
      try {
        await tell(placed, role, engineUser);
      } catch (error) {
        test.log.write(
          'ERROR',
          'o.a.j.e.StandardJMeterEngine',
          `Error calling ${role} of ${placed.path}: ${describe(error)}`,
        );
        if (role === 'testStarted') throw error;
      }
    }
  }
}

/** Where shards wait for each other: behind a group when they run one after the other, and behind each phase. */
const placeOf = (phase: Phase, group: number): number => (PHASES.indexOf(phase) + 1) * BEHIND_ALL + group;
const PHASES: readonly Phase[] = ['setUp', 'main', 'tearDown'];
const BEHIND_ALL = 1_000_000;

/** JMeter's engine logs what a group does on errors: four questions and the name, each an evaluation. */
function forTheLog(role: PlanNode['element']['group'], props: Named<Props>): void {
  if (role !== undefined) for (let i = 0; i < 4; i++) role.onError(props);
  void props.name;
}

const tell = (placed: Placed, role: 'testStarted' | 'testEnded', user: EngineUser): unknown =>
  placed.element[role]?.(placed.props(user), user, placed);
