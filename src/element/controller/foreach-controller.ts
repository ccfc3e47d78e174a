import { element, type Iteration, type Named, prop, type Step } from '../../model/index.js';
import { IteratingController } from './iterating-controller.js';

const props = {
  input: prop.text('ForeachController.inputVal'),
  output: prop.text('ForeachController.returnVal'),
  /** Exclusive. */
  from: prop.int('ForeachController.startIndex', 0),
  /** Inclusive; a blank one that is present is 0, as JMeter reads it. */
  to: prop.int('ForeachController.endIndex', 0x7fffffff),
  useSeparator: prop.flag('ForeachController.useSeparator', true),
};

/** State of a ForEach Controller (ForeachController 5.6.3): the count is the index of the last value handed out. */
class ForEach extends IteratingController<Named<typeof props>> {
  #currentValue(): unknown {
    this.needContext();
    const { input, useSeparator } = this.props;
    return this.user.variables.getObject(`${input}${useSeparator ? '_' : ''}${this.count + 1}`);
  }

  /** The same where JMeter measures the name before it puts it together, so that a function in it advances twice. */
  #measuredValue(): unknown {
    void this.props.input;
    return this.#currentValue();
  }

  /** Whoever asks sets the output variable: also the parent after the loop, which leaves the first value in it again. */
  override get isDone(): boolean {
    if (this.count >= this.props.to) return true;
    const value = this.#measuredValue();
    if (value === undefined) return super.isDone;
    this.user.variables.putObject(this.props.output, value);
    return false;
  }

  protected override nextInLoop(): Step | undefined {
    if (!this.broken && this.#measuredValue() !== undefined) return super.nextChild();
    this.reInitialize();
    this.leave();
    return undefined;
  }

  protected override nextIsNull(): Step | undefined {
    this.reInitialize();
    if (!this.broken && this.#currentValue() !== undefined && this.count < this.props.to) return this.next();
    this.leave();
    return undefined;
  }

  override initialize(): void {
    super.initialize();
    this.resetCount();
  }

  protected override resetCount(): void {
    this.count = this.props.from;
  }

  protected override iterationEvent(): Iteration {
    return { loop: false, number: this.count + 1 };
  }
}

/** Runs its children once for each of the variables `<input>_1`, `<input>_2`, … until one is missing. */
export const foreachController = element({
  tag: 'ForeachController',
  gui: 'ForeachControlPanel',
  call: 'loop.forEach',
  props,
  controller: ForEach,
});
