import type { Controller, LoopAction, Step } from '../model/index.js';
import type { ControllerNode } from './group-program.js';
import { OpenTransaction, realSampler } from './transaction.js';
import type { VirtualUser } from './user.js';

/** Next thread loop, next iteration or break after a step (JMeterThread.triggerLoopLogicalActionOnParentControllers 5.6.3). */
export function actOnLoops(user: VirtualUser, step: Step, action: LoopAction): void {
  const sampler = realSampler(step);
  if (sampler === undefined) {
    // A finished parent-mode transaction that failed by its own assertion: JMeter's thread dies here too.
    throw new Error(
      `Got null subSampler calling findRealSampler for: ${step instanceof OpenTransaction ? step.sample.label : ''}`,
    );
  }
  for (const node of sampler.pack.parents) if (actOn(user, node, action)) break;
}

/** What follows behind that, when the user does not rest meanwhile: the transaction around the step is reported. */
export function leaveLoops(user: VirtualUser, step: Step): void {
  if (step instanceof OpenTransaction) user.endTransaction(step, undefined);
  user.setLastSampleOk(true);
}

/** True when the walk ends here. */
function actOn(user: VirtualUser, node: ControllerNode, action: LoopAction): boolean {
  const controller = user.controllers[node.index] as Controller;
  if (node.placed.element.group) {
    if (action === 'breakLoop') controller.breakLoop();
    else controller.startNextLoop();
    return false;
  }
  if (action === 'nextThreadLoop' || !controller.iterating) {
    controller.triggerEndOfLoop();
    return false;
  }
  if (action === 'breakLoop') controller.breakLoop();
  else controller.startNextLoop();
  return true;
}
