import { Controller, type Iteration, type Step } from '../../model/index.js';

/**
 * What Loop, While and ForEach have in common: the variable with the index of the pass, the answers to "next iteration"
 * and "break", and the rewind whenever the controller around them begins a pass (IteratingController 5.6.3).
 */
export abstract class IteratingController<V extends { readonly name: string }> extends Controller<V> {
  override readonly iterating = true;
  /** Index of the pass. */
  protected count = 0;
  protected broken = false;

  /** The next step of the loop proper. */
  protected abstract nextInLoop(): Step | undefined;

  /** Back to the first pass. */
  protected resetCount(): void {
    this.count = 0;
  }

  /** Ends the loop, so that it can begin anew. */
  protected leave(): void {
    this.broken = false;
    this.resetCount();
  }

  override next(): Step | undefined {
    this.updateIterationIndex(this.count);
    const step = this.nextInLoop();
    this.updateIterationIndex(this.count);
    return step;
  }

  override reInitialize(): void {
    this.first = true;
    this.current = 0;
    this.count++;
  }

  override triggerEndOfLoop(): void {
    super.triggerEndOfLoop();
    this.resetCount();
  }

  override startNextLoop(): void {
    this.reInitialize();
  }

  override breakLoop(): void {
    this.broken = true;
    this.first = true;
    this.current = 0;
    this.resetCount();
  }

  override onParentIteration(_: Iteration): void {
    this.reInitialize();
    this.resetCount();
  }
}
