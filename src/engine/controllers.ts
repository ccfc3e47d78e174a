import type { Controller, PlacedSampler } from '../model/index.js';
import type { ControllerNode, GroupProgram } from './group-program.js';
import { TransactionController } from './transaction.js';
import type { VirtualUser } from './user.js';

/** Makes the controllers of one user, each at its index (JMeter clones the group's tree per thread). */
export function makeControllers(
  program: GroupProgram,
  user: VirtualUser,
  // With room for these and no more: an array that grows takes twice of it.
  made: Controller[] = new Array(program.controllers.length),
): Controller[] {
  for (const node of program.controllers) made[node.index] = instance(node, user);
  for (const node of program.controllers) {
    const controller = made[node.index] as Controller;
    controller.children = node.children.map((child) =>
      'controller' in child ? (made[child.index] as Controller) : (child as PlacedSampler),
    );
    controller.listeners = listenersOf(node, program);
  }
  return made;
}

function instance(node: ControllerNode, user: VirtualUser): Controller {
  const { element } = node.placed;
  if (element.transaction) {
    const controller = new TransactionController(node.placed, user);
    controller.node = node;
    return controller;
  }
  const Class = element.controller ?? element.group?.controller;
  if (Class === undefined) throw new TypeError(`${node.placed.path} is no controller`);
  return new Class(node.placed, user);
}

const cache = new WeakMap<ControllerNode, Controller['listeners']>();

/** One list per controller of the plan, shared by all users; the thread's own listener comes first on the main one. */
function listenersOf(node: ControllerNode, program: GroupProgram): Controller['listeners'] {
  const known = cache.get(node);
  if (known) return known;
  const list: Controller['listeners'][number][] = [];
  if (node === program.root) {
    list.push((_, user) => {
      (user as VirtualUser).kept.iteration++;
      for (const placed of program.threadIterationStart)
        placed.element.threadIterationStart?.(placed.props(user), user, placed);
    });
  }
  for (const hearer of node.hearers) {
    if (!('controller' in hearer))
      list.push((iteration, user) => hearer.element.iterationStart?.(hearer.props(user), user, iteration, hearer));
    else if (hearsIterations(hearer)) {
      list.push((iteration, user) => (user as VirtualUser).controllers[hearer.index]?.onParentIteration?.(iteration));
    }
  }
  cache.set(node, list);
  return list;
}

function hearsIterations({ placed: { element } }: ControllerNode): boolean {
  return Boolean(element.controller?.prototype.onParentIteration);
}
