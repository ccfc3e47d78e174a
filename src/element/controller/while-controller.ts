import { element, type Iteration, type Named, prop, type Step } from '../../model/index.js';
import { IteratingController } from './iterating-controller.js';

const props = { condition: prop.text('WhileController.condition') };

/** State of a While Controller (WhileController 5.6.3): the condition is read at the end of a pass and again at the start of the next. */
class While extends IteratingController<Named<typeof props>> {
  protected override nextInLoop(): Step | undefined {
    if (!(this.first && this.#atEnd(false))) return super.nextChild();
    this.leave();
    return undefined;
  }

  #atEnd(endOfPass: boolean): boolean {
    if (this.broken) return true;
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
    this.leave();
    return undefined;
  }

  override initialize(): void {
    super.initialize();
    this.resetCount();
  }

  override triggerEndOfLoop(): void {
    this.reInitialize();
    // JMeter evaluates the condition here and forgets the result; functions in it advance.
    this.#atEnd(true);
    this.resetCount();
  }

  protected override iterationEvent(): Iteration {
    return { loop: false, number: this.count };
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
