import { Controller, element, type Iteration, type Named, prop, type Step } from '../../model/index.js';

const props = {
  loops: prop.int('LoopController.loops'),
  /** "May be entered again": when false the controller is done after its loops and leaves its parent for good. */
  continueForever: prop.flag('LoopController.continue_forever', true),
};

const INFINITE = -1;

/** The state of a loop (LoopController 5.6.3); the thread group's main loop is one too. */
export class Loop<V extends { readonly name: string } = Named<typeof props>> extends Controller<V> {
  override readonly iterating = true;
  #count = 0;
  #loops: number | undefined;
  #broken = false;

  protected readLoops(): number {
    return (this.props as unknown as Named<typeof props>).loops;
  }
  protected mayContinue(): boolean {
    return (this.props as unknown as Named<typeof props>).continueForever;
  }

  /** Evaluated when the loop is entered and kept until it ends, but read again while it is 0 or endless. */
  get #limit(): number {
    if (this.#loops === undefined || this.#loops === 0 || this.#loops === INFINITE) this.#loops = this.readLoops();
    return this.#loops;
  }

  override next(): Step | undefined {
    this.updateIterationIndex(this.#count);
    const step = this.#next();
    this.updateIterationIndex(this.#count);
    return step;
  }

  #next(): Step | undefined {
    if (!this.#atEnd()) return super.next();
    if (!this.mayContinue()) this.#setDone();
    this.#broken = false;
    return undefined;
  }

  #atEnd(): boolean {
    const limit = this.#limit;
    return this.#broken || (limit > INFINITE && this.#count >= limit);
  }

  #setDone(): void {
    this.#broken = false;
    this.#loops = undefined;
    this.done = true;
  }

  protected override nextIsNull(): Step | undefined {
    this.reInitialize();
    if (!this.#atEnd()) return this.next();
    if (this.mayContinue()) this.#resetCount();
    else this.#setDone();
    return undefined;
  }

  override triggerEndOfLoop(): void {
    super.triggerEndOfLoop();
    this.#resetCount();
  }

  override reInitialize(): void {
    this.first = true;
    this.current = 0;
    this.#count++;
  }

  override startNextLoop(): void {
    this.reInitialize();
  }

  override breakLoop(): void {
    this.#broken = true;
    this.first = true;
    this.current = 0;
    this.#resetCount();
  }

  override onParentIteration(_: Iteration): void {
    this.reInitialize();
    this.#resetCount();
  }

  protected override iterationEvent(): Iteration {
    return { loop: true, number: this.#count + 1 };
  }

  #resetCount(): void {
    this.#count = 0;
    this.#loops = undefined;
  }
}

/** Runs its children a number of times; -1 (or any negative number) is for ever. */
export const loopController = element({
  tag: 'LoopController',
  gui: 'LoopControlPanel',
  call: 'loop',
  props,
  controller: Loop,
});
