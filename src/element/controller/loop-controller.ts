import { element, type Iteration, type Named, prop, type Step } from '../../model/index.js';
import { IteratingController } from './iterating-controller.js';

const INFINITE = -1;

/** The state of a loop (LoopController 5.6.3), wherever its number of passes stands. */
export abstract class Loop<V extends { readonly name: string }> extends IteratingController<V> {
  #loops: number | undefined;

  protected abstract readLoops(): number;
  /** When false the loop is done after its passes, and leaves its parent for good. */
  protected abstract mayBeEnteredAgain(): boolean;

  /** Evaluated when the loop is entered and kept until it ends, but read again while it is 0 or endless. */
  #limit(): number {
    if (this.#loops === undefined || this.#loops === 0 || this.#loops === INFINITE) this.#loops = this.readLoops();
    return this.#loops;
  }

  protected override nextInLoop(): Step | undefined {
    if (!this.#atEnd()) return super.nextChild();
    if (!this.mayBeEnteredAgain()) this.#setDone();
    this.broken = false;
    return undefined;
  }

  #atEnd(): boolean {
    const limit = this.#limit();
    return this.broken || (limit > INFINITE && this.count >= limit);
  }

  #setDone(): void {
    this.broken = false;
    this.#loops = undefined;
    this.done = true;
  }

  protected override nextIsNull(): Step | undefined {
    this.reInitialize();
    if (!this.#atEnd()) return this.next();
    if (this.mayBeEnteredAgain()) this.resetCount();
    else this.#setDone();
    return undefined;
  }

  protected override resetCount(): void {
    super.resetCount();
    this.#loops = undefined;
  }

  protected override iterationEvent(): Iteration {
    return { loop: true, number: this.count + 1 };
  }
}

const props = {
  loops: prop.forgivingInt('LoopController.loops'),
  continueForever: prop.flag('LoopController.continue_forever', true),
};

class LoopOfController extends Loop<Named<typeof props>> {
  protected override readLoops(): number {
    return this.props.loops;
  }
  protected override mayBeEnteredAgain(): boolean {
    return this.props.continueForever;
  }
}

/** Runs its children a number of times; -1 (or any negative number) is for ever. */
export const loopController = element({
  tag: 'LoopController',
  gui: 'LoopControlPanel',
  call: 'loop',
  props,
  controller: LoopOfController,
});
