import { JavaError } from '../java/index.js';
import type { Awaitable, Iteration, Placed, PlacedSampler } from './element.js';
import { interned } from './text.js';
import type { User } from './user.js';
import { Wait } from './wait.js';

/** What a controller hands out: a sampler, or a parent-mode transaction around one. */
export type Step = PlacedSampler | TransactionStep;
/** A pass of a parent-mode transaction; only the engine makes and opens them. */
export interface TransactionStep {
  readonly transaction: true;
}

/** Shared by all users: the same list serves every instance of a controller. */
export type IterationListener = (iteration: Iteration, user: User) => Awaitable<void>;

/**
 * A controller of one user: which child comes next. Port of GenericController 5.6.3, whose state machine (a child that is
 * done is removed for good; the end of the list rewinds and returns nothing) is what all other controllers build on.
 */
export class Controller<V extends { readonly name: string } = { readonly name: string }> {
  /** Loop and ForEach and While answer to "next iteration" and "break" (IteratingController). */
  readonly iterating: boolean = false;
  /** Samplers and controllers only; a child that reports done is taken out for the rest of the thread. */
  children: (PlacedSampler | Controller)[] = [];
  /** Set by the engine: the thread's own listener first, then the elements in reverse tree order (TestCompiler). */
  listeners: readonly IterationListener[] = [];
  protected current = 0;
  protected first = true;
  protected done = false;
  /** Completed passes. */
  protected passes = 0;

  constructor(
    readonly self: Placed,
    readonly user: User,
  ) {}

  protected get props(): V {
    // The class stands in the file that declares the element, so its properties are of that type.
    return this.self.props(this.user) as unknown as V;
  }

  get isDone(): boolean {
    return this.done;
  }

  /** Evaluated each time it is asked for. */
  get name(): string {
    return this.props.name;
  }

  /** Start of the thread. */
  initialize(): void {
    this.resetCurrent();
    this.passes = 0;
    this.done = false;
    this.first = true;
    this.initializeChildren();
  }

  protected initializeChildren(): void {
    for (const child of this.children) if (child instanceof Controller) child.initialize();
  }

  /** The next sampler, or undefined at the end of a pass. */
  next(): Step | undefined {
    return this.nextChild();
  }

  /** GenericController.next: what subclasses call when they let the pass go on. */
  protected nextChild(): Step | undefined {
    this.fireIterationStart();
    if (this.isDone) return undefined;
    const child = this.children[this.current];
    if (child === undefined) {
      if (this.children.length === 0) {
        this.done = true;
        return undefined;
      }
      return this.nextIsNull();
    }
    return child instanceof Controller ? this.nextIsController(child) : this.nextIsSampler(child);
  }

  protected nextIsSampler(sampler: PlacedSampler): Step | undefined {
    this.incrementCurrent();
    return sampler;
  }

  protected nextIsController(controller: Controller): Step | undefined {
    const step = controller.next();
    if (step !== undefined) return step;
    this.currentReturnedNull(controller);
    return this.next();
  }

  protected nextIsNull(): Step | undefined {
    this.reInitialize();
    return undefined;
  }

  protected currentReturnedNull(controller: Controller): void {
    if (controller.isDone) this.children.splice(this.current, 1);
    else this.incrementCurrent();
  }

  /** Goes to the first child. */
  protected resetCurrent(): void {
    this.current = 0;
  }
  /** Goes to the child behind the one that was used. */
  protected incrementCurrent(): void {
    this.current++;
  }

  /** Keeps `__jm__<name>__idx`, the 0-based index of the pass, as Loop, While and ForEach do before and after each call. */
  protected updateIterationIndex(index: number): void {
    const name = this.indexName;
    if (name !== this.#indexed) {
      this.#indexed = name;
      this.#indexVariable = interned(`__jm__${name}__idx`);
    }
    const { variables } = this.user;
    // Another controller of the same name may have written it since.
    if (variables.getObject(this.#indexVariable) !== index) variables.putObject(this.#indexVariable, index);
  }
  #indexed: string | undefined;
  #indexVariable = '';

  /** Some of JMeter's controllers keep the context of the thread that first asked them; in a later one it is empty. */
  protected needContext(): void {
    this.#life ??= this.user.life;
    if (this.#life !== this.user.life) throw new JavaError('java.lang.NullPointerException');
  }
  #life: number | undefined;

  /** The name in the index variable. */
  protected get indexName(): string {
    return this.props.name;
  }

  /** Rewinds after the last child. */
  reInitialize(): void {
    this.resetCurrent();
    this.passes++;
    this.first = true;
  }

  /** A loop action passes through this controller. */
  triggerEndOfLoop(): void {
    this.reInitialize();
  }

  /** Rewinds with all controllers below, without what a loop action would report (bzm Weighted Switch). */
  abandon(): void {
    for (const child of this.children) if (child instanceof Controller) child.abandon();
    this.triggerEndOfLoop();
  }

  /** Iterating controllers only. */
  startNextLoop(): void {
    this.reInitialize();
  }
  /** Iterating controllers only. */
  breakLoop(): void {}

  /** Hears the start of each pass of the nearest controller around it, if it wants to. */
  onParentIteration?(iteration: Iteration): void;

  protected fireIterationStart(): void {
    const telling = this.#telling;
    if (this.first) {
      this.first = false;
      if (this.listeners.length > 0) this.#tell(0, this.iterationEvent());
    } else if (telling !== undefined) {
      this.#telling = undefined;
      if (telling.failed) throw telling.failed.error;
      this.#tell(telling.next, telling.iteration);
    }
  }

  /** Throws Wait when a listener waits: those behind it are told once it is done. */
  #tell(from: number, iteration: Iteration): void {
    const { listeners, user } = this;
    for (let i = from; i < listeners.length; i++) {
      const until = listeners[i]?.(iteration, user);
      if (!(until instanceof Promise)) continue;
      const telling: Telling = { next: i + 1, iteration, failed: undefined };
      this.#telling = telling;
      throw new Wait(
        until.catch((error: unknown) => {
          telling.failed = { error };
        }),
      );
    }
  }
  #telling: Telling | undefined;

  /** What the listeners are told. */
  protected iterationEvent(): Iteration {
    return { loop: false, number: this.passes };
  }
}

/** The start of a pass that is still on its way to the listeners. */
interface Telling {
  readonly next: number;
  readonly iteration: Iteration;
  failed: { readonly error: unknown } | undefined;
}
