import { NAME_KEY, type PlanElement, type Property } from '../jmx/index.js';
import type { Problem } from '../problem.js';
import type { Controller } from './controller.js';
import type { Group } from './group.js';
import type { LoadShape } from './load-shape.js';
import type { Pending } from './pending.js';
import type { CompileText, Prop, Props, Values } from './prop.js';
import type { Properties } from './properties.js';
import type { AssertionResult, Sample } from './sample.js';
import type { CompileScript, StandIns } from './script.js';
import type { Test, User } from './user.js';

/** A value, or a promise of it from what really waits. */
export type Awaitable<T> = T | Promise<T>;

/** Keys that any element may carry: attributes that the reader turns into properties, and the comment. */
export const COMMON_KEYS: ReadonlySet<string> = new Set([
  NAME_KEY,
  'TestElement.enabled',
  'TestElement.gui_class',
  'TestElement.test_class',
  'TestPlan.comments',
]);

/** What every element has beside its declared properties. */
export type Named<P extends Props> = Values<P> & { readonly name: string };

/** An element at its place in the compiled plan; the same object for all users, so it keys per-user and shared state. */
export interface Placed<P extends Props = Props> {
  readonly element: Element<P>;
  readonly plan: PlanElement;
  /** Names from the test plan down, joined by `/`. */
  readonly path: string;
  /** The properties for this user; a property with `${…}` is evaluated each time it is read. */
  props(user: User): Named<P>;
}

/** A sampler at its place, with the config elements in its scope. */
export interface PlacedSampler<P extends Props = Props> extends Placed<P> {
  /** The config elements of that kind in scope, nearest first. */
  configs<C extends Props>(of: Element<C>): readonly Placed<C>[];
  /** All config elements in scope, nearest first: for the order between those of different kinds (WebSocket filters). */
  readonly inScope: readonly Placed[];
  /** Its properties with those that config elements filled in, and what compiles their texts: for who shows them all. */
  readonly merged: readonly Property[];
  readonly compile: CompileText;
  /** Whether anything can look at the data of its samples; what is not looked at need not be kept. */
  readonly dataIsRead: boolean;
  /** The steps it holds, when its element says that it holds some. */
  readonly branches: readonly Branch[];
}

/** A step that a user of its own runs while the sample of the sampler around it lasts. */
export interface Branch {
  /** The step's name, evaluated anew. */
  name(user: User): string;
  /** Runs it once; resolves at its end. */
  run(user: User, settings: BranchRun): Promise<void>;
}
export interface BranchRun {
  readonly threadName: string;
  /** The name of JMeter's thread object: a sampler that meets another one than the first time loses its sample. */
  readonly fullName: string;
  /** Hears each sample and each parent-mode transaction, those inside one too, before the listeners. */
  heard(sample: Sample): void;
  /** Whether the listeners hear them. */
  readonly reports: boolean;
}

/** The start of a pass of a controller. */
export interface Iteration {
  /** Whether the controller is a Loop Controller or the thread group's main loop. */
  readonly loop: boolean;
  /** Loop and ForEach count from 1, other controllers from 0 (JMeter's LoopIterationEvent). */
  readonly number: number;
}

/** A finished sample on its way to the listeners. */
export interface SampleEvent {
  readonly sample: Sample;
  readonly user: User;
  /** Values of `sample_variables` at the time of the event; undefined = not defined. */
  readonly variables: readonly (string | undefined)[];
}

/** What `check` may look at. */
export interface CheckContext {
  readonly planFile: string;
  readonly compileScript: CompileScript;
  readonly standIns: StandIns;
  /** A JMeter property as it stands before the run. */
  property(name: string): string | undefined;
}

/** A method's type, so that it is as free in its parameters as the roles are. */
type Answer<P extends Props> = {
  answer(props: Named<P>, user: User, self: object): string | number | bigint | boolean;
}['answer'];

type SplitRule<P extends Props> = { split(props: Named<P>, user: User): Split | undefined }['split'];

/**
 * What an element does. Which functions stand here is its role; several may stand together, as in JMeter.
 * All but `sample`, `before`, `after`, `assert` are plain functions; those may return a promise if they wait.
 */
export interface Roles<P extends Props> {
  /** Problems that can be told from the plan alone. */
  check?(plan: PlanElement, context: CheckContext): readonly Problem[];

  /** Sampler: takes a sample; undefined = no result (Flow Control Action). A throw loses the sample, as in JMeter. */
  sample?(
    props: Named<P>,
    user: User,
    self: PlacedSampler<P>,
  ): Awaitable<Sample | undefined> | Pending<Sample | undefined>;
  /** Whether a Sample Timeout ends this sampler (JMeter's Interruptible), by way of `user.onInterrupt`. */
  interruptible?: boolean;
  /** Sampler that holds steps: the main loop of the users that run them. */
  branches?: ControllerClass;
  /** GUI classes of the config elements that merge into this sampler; absent = all. */
  accepts?: readonly string[];

  /**
   * Whether it may look at the data of a sample, its own or the last one. When not said, pre-processors, post-processors,
   * assertions and listeners do, and nothing else.
   */
  looksAtData?: boolean | ((plan: PlanElement, properties: Properties) => boolean);
  /** Whether it, which hears samples, may ask for the user's last one too. */
  looksBack?: boolean;

  /** Config element: its properties fill a sampler's missing or empty ones, unless `merges` is false. */
  config?: { readonly merges: boolean };

  /** Timer: milliseconds to add; `factored` ones are multiplied by `timer.factor`. */
  delay?(props: Named<P>, user: User, self: Placed<P>): Awaitable<number>;
  factored?: boolean;

  /** Sample Timeout: milliseconds after which a sample is interrupted, 0 or less = never; asked before each of the thread. */
  timeout?(props: Named<P>): number;

  /** Pre-processor. */
  before?(props: Named<P>, user: User, self: Placed<P>): Awaitable<void>;
  /** Post-processor; the sample is `user.previous`. */
  after?(props: Named<P>, user: User, sample: Sample, self: Placed<P>): Awaitable<void>;
  /** Assertion: writes its verdict into `result`; a throw is an error of the assertion. */
  assert?(props: Named<P>, user: User, sample: Sample, result: AssertionResult, self: Placed<P>): Awaitable<void>;
  /** Which samples a scoped assertion looks at: `parent` (default), `children`, `all`, `variable`. */
  assertionScope?(props: Named<P>): string;
  /** Listener. */
  listen?(props: Named<P>, event: SampleEvent, self: Placed<P>): void;

  /** Called at each pass of the nearest enclosing controller, in reverse tree order. */
  iterationStart?(props: Named<P>, user: User, iteration: Iteration, self: Placed<P>): Awaitable<void>;
  /** Called once per pass of the user's main loop, before any `iterationStart`. */
  threadIterationStart?(props: Named<P>, user: User, self: Placed<P>): void;
  /** The thread is made: before its ramp-up, when JMeter's compiler evaluates the properties of test beans. */
  threadMade?(props: Named<P>, user: User, self: Placed<P>): void;
  threadStarted?(props: Named<P>, user: User, self: Placed<P>): void;
  threadFinished?(props: Named<P>, user: User, self: Placed<P>): void;
  /** `user` is the engine's own user, which sees properties and the plan's variables. */
  testStarted?(props: Named<P>, user: User, self: Placed<P>): void;
  testEnded?(props: Named<P>, user: User, self: Placed<P>): Awaitable<void>;

  /** Controller: the class whose instances walk the children for one user. */
  controller?: ControllerClass;
  /** Transaction Controller: the engine adds or wraps samples; each setting is read when it is asked for. */
  transaction?: TransactionRole<P>;
  /** Controller whose children come from elsewhere (Module, Include): resolved when the plan is compiled. */
  replaces?(plan: PlanElement, context: ReplaceContext): Replacement;

  /** Thread group. */
  group?: GroupRole<P>;

  /** How what its users share is split over shards; absent = they share nothing. See {@link Split}. */
  shards?: Split | SplitRule<P>;

  /** What scripts may ask of a sampler or a thread group beside what all have, by the name of the Java method. */
  asked?: Readonly<Record<string, Answer<P>>>;
  /** Test plan: settings of the whole run. */
  testPlan?(props: Named<P>): PlanSettings;
  /** User Defined Variables: evaluated once before the run, in tree order. */
  variables?(props: Named<P>, test: Test): Iterable<readonly [name: string, value: string]>;
}

/**
 * `divides`: each shard has a part of it, by `user.test.shard`, so that the sum is what one process would do. `alone`: all
 * users must be in one process. A thread group that does not say that it divides keeps its users together.
 */
export type Split = 'divides' | 'alone';

export interface TransactionRole<P extends Props> {
  /** Whether the transaction becomes the parent of its samples, or stands beside them. */
  parent(props: Named<P>): boolean;
  /** Whether timers and processors count in its time. */
  includeTimers(props: Named<P>): boolean;
}

export type ControllerClass = new (self: Placed, user: User) => Controller;

export interface PlanSettings {
  readonly functionalMode: boolean;
  readonly serial: boolean;
  readonly tearDownOnStop: boolean;
}

/** What a thread group does: which phase it runs in and when its users start. */
export interface GroupRole<P extends Props> {
  readonly phase: 'setUp' | 'main' | 'tearDown';
  /** The class of the main loop; its `self` is the group's. */
  readonly controller: ControllerClass;
  /** The load over time, for `check` and for progress; the group itself starts its users by the same function. */
  shape(props: Named<P>, user: User): LoadShape;
  /** The number of users the group is configured for (`total threads`); 0 when it has no such number. */
  users(props: Named<P>, user: User): number;
  /** What is done when a sample fails: continue, startnextloop, stopthread, stoptest, stoptestnow. */
  onError(props: Named<P>): string;
  sameUser(props: Named<P>): boolean;
  /**
   * Starts the users; a promise keeps the groups behind it waiting. Throws JavaError when a setting is wrong: JMeter's
   * `JMeterStopTestException` skips the group, any other ends the engine.
   */
  start(props: Named<P>, group: Group, self: Placed<P>): Awaitable<void>;
}

export interface ReplaceContext {
  readonly roots: readonly PlanElement[];
  readonly planFile: string;
  readonly workingDirectory: string;
  readonly property: (name: string) => string | undefined;
  /** Reads another plan; problems instead when it cannot be read. */
  readonly readPlan: (file: string) => readonly PlanElement[] | readonly Problem[];
  /** The element of a tag, for names that JMeter compares by class. */
  readonly elementOf: (plan: PlanElement) => Element | undefined;
}
/** The children to use, and what is to be said; an error ends the run. */
export interface Replacement {
  readonly children: readonly PlanElement[];
  readonly problems: readonly Problem[];
  /** Whether the problems count even when the controller, or something around it, is disabled. */
  readonly evenDisabled?: boolean;
}

/** Everything the program knows of one JMeter element. */
export interface Element<P extends Props = Props> extends Roles<P> {
  /** Tags as JMeter writes them (short alias, or full class name of a plugin); the first one is written. */
  readonly tags: readonly string[];
  /** GUI classes; the first one is written. */
  readonly gui: readonly string[];
  /** The scenario call, e.g. `pause.uniform`. */
  readonly call: string;
  readonly props: P;
  /** Keys that files hold and that change nothing in a run; `*` = any key. */
  readonly ignored: readonly string[];
  /** Keys that only this one of the declarations of its tag has, when two plugins gave their classes the same name. */
  readonly toldBy?: readonly string[];
}

interface Declaration<P extends Props> extends Roles<P> {
  readonly tag: string | readonly string[];
  readonly gui: string | readonly string[];
  readonly call: string;
  readonly props: P;
  readonly ignored?: readonly string[];
  readonly toldBy?: readonly string[];
}

/** Declares an element: one file, one call. From it follow reading, writing, `check`, conversion and docs. */
export function element<const P extends Props>({ tag, gui, ignored = [], ...rest }: Declaration<P>): Element<P> {
  return {
    ...rest,
    tags: typeof tag === 'string' ? [tag] : tag,
    gui: typeof gui === 'string' ? [gui] : gui,
    ignored,
  };
}

/** The value type of an element's properties, for classes and helpers beside it. */
export type PropsOf<E> = E extends Element<infer P> ? Named<P> : never;
export type { Prop, Props, Values };
