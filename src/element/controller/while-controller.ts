import { Controller, element, type Iteration, type Named, prop, type Step } from '../../model/index.js';

const props = { condition: prop.text('WhileController.condition') };

/** State of a While Controller (WhileController 5.6.3): the condition is read at the end of a pass and again at the start of the next. */
class While extends Controller<Named<typeof props>> {
  override readonly iterating = true;
  #broken = false;

  override next(): Step | undefined {
    this.updateIterationIndex(this.passes);
    const step = this.#next();
    this.updateIterationIndex(this.passes);
    return step;
  }

  #next(): Step | undefined {
    if (!(this.first && this.#atEnd(false))) return super.next();
    this.#broken = false;
    this.passes = 0;
    return undefined;
  }

  #atEnd(endOfPass: boolean): boolean {
    if (this.#broken) return true;
    const condition = this.props.condition.trim();
    // Blank: only a failed sample at the end of a pass ends it; LAST: also one before the first pass.
    if ((endOfPass && condition === '') || condition.toUpperCase() === 'LAST') {
      return this.user.variables.get('JMeterThread.last_sample_ok') === 'false';
    }
    return condition.toLowerCase() === 'false';
  }

  protected override nextIsNull(): Step | undefined {
    this.reInitialize();
    if (!this.#atEnd(true)) return this.next();
    this.#broken = false;
    this.passes = 0;
    return undefined;
  }

  override triggerEndOfLoop(): void {
    super.triggerEndOfLoop();
    // JMeter evaluates the condition here and forgets the result; functions in it advance.
    this.#atEnd(true);
    this.passes = 0;
  }

  override startNextLoop(): void {
    this.reInitialize();
  }

  override breakLoop(): void {
    this.#broken = true;
    this.first = true;
    this.current = 0;
    this.passes = 0;
  }

  override onParentIteration(_: Iteration): void {
    this.reInitialize();
    this.passes = 0;
  }
}

/** Runs its children until the condition reads `false`; blank and LAST look at the last sample instead. */
export const whileController = element({
  tag: 'WhileController',
  gui: 'WhileControllerGui',
  call: 'loop.while',
  props,
  controller: While,
});
