import { toLong } from '../../java/index.js';
import { Controller, element, type Iteration, type Named, prop, type Step } from '../../model/index.js';

const props = {
  /** Not trimmed; what is no whole number is 0. */
  seconds: prop.text('RunTime.seconds'),
};

/** State of a Runtime Controller (RunTime 5.6.3): the clock starts with the first question and stops with the last. */
class RunTime extends Controller<Named<typeof props>> {
  #startedAt: number | undefined;
  #loops = 0;

  override get isDone(): boolean {
    return this.#seconds > 0 && this.children.length > 0 ? super.isDone : true;
  }

  override next(): Step | undefined {
    this.#startedAt ??= this.user.test.clock.now();
    if (!this.#isOver(this.#startedAt)) return super.next();
    this.reInitialize();
    this.#resetLoops();
    return undefined;
  }

  protected override nextIsNull(): Step | undefined {
    this.reInitialize();
    if (!this.#isOver(this.#startedAt ?? 0)) return this.next();
    this.#resetLoops();
    return undefined;
  }

  override reInitialize(): void {
    this.first = true;
    this.resetCurrent();
    this.#loops++;
  }

  override triggerEndOfLoop(): void {
    super.triggerEndOfLoop();
    this.#resetLoops();
  }

  /** Counts from 1, though it is no loop: a Once Only Controller inside is not rewound by it. */
  protected override iterationEvent(): Iteration {
    return { loop: false, number: this.#loops + 1 };
  }

  get #seconds(): number {
    return toLong(this.props.seconds) ?? 0;
  }

  /** Whole seconds count. */
  #isOver(startedAt: number): boolean {
    return Math.floor((this.user.test.clock.now() - startedAt) / 1000) >= this.#seconds;
  }

  #resetLoops(): void {
    this.#loops = 0;
    this.#startedAt = undefined;
  }
}

/** Repeats its children until a time is over; looked at before each of them. */
export const runTime = element({
  tag: 'RunTime',
  gui: 'RunTimeGui',
  call: 'loop.runtime',
  props,
  controller: RunTime,
});
