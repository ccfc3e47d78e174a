import { Controller, element, type Iteration, type Step } from '../../model/index.js';

/** State of a Once Only Controller (OnceOnlyController 5.6.3): it rewinds only with the first pass of what encloses it. */
class OnceOnly extends Controller {
  override onParentIteration({ loop, number }: Iteration): void {
    // Loops count their passes from 1, other controllers from 0.
    if (number === (loop ? 1 : 0)) this.reInitialize();
  }

  protected override nextIsNull(): Step | undefined {
    return undefined;
  }
}

/** Runs its children in the first pass of the controller around it. */
export const onceOnlyController = element({
  tag: 'OnceOnlyController',
  gui: 'OnceOnlyControllerGui',
  call: 'once',
  props: {},
  controller: OnceOnly,
});
