import type { Sample, SampleEvent } from '../model/index.js';
import type { ControllerNode, Listener } from './group-program.js';
import { TransactionController } from './transaction.js';
import type { VirtualUser } from './user.js';

/** What kind of sample is told. */
export interface Heard {
  /** An additional-mode transaction, which other transactions do not count. */
  readonly besides?: boolean;
  /** A sample inside a parent-mode transaction: the sinks hear the whole one. */
  readonly inside?: boolean;
}

/** Tells a sample to the listeners, and to the sinks of the run. What one of them throws is only logged. */
export function tellListeners(user: VirtualUser, sample: Sample, listeners: readonly Listener[], how: Heard): void {
  const { test } = user;
  const event = test.event(sample, user);
  for (const listener of listeners) {
    try {
      if ('controller' in listener) {
        if (!how.besides) hear(user, listener, event);
      } else listener.element.listen?.(listener.props(user), event, listener);
    } catch (error) {
      const { path } = 'controller' in listener ? listener.placed : listener;
      test.log.write('ERROR', 'o.a.j.t.ListenerNotifier', `Problem running sample listener in ${path}: ${error}`);
    }
  }
  if (!how.inside) test.toSinks(event);
}

function hear(user: VirtualUser, node: ControllerNode, event: SampleEvent): void {
  const controller = user.controllers[node.index];
  if (controller instanceof TransactionController) controller.sampleOccurred(event);
}
