import { describe, type VirtualUser } from './user.js';

/** Tells the elements of the group that hear it of the start or the end of a thread; what one throws only the log hears. */
export function tellHooks(user: VirtualUser, role: 'threadStarted' | 'threadFinished'): void {
  for (const placed of user.common.program[role]) {
    try {
      placed.element[role]?.(placed.props(user), user, placed);
    } catch (error) {
      user.test.log.write('ERROR', 'o.a.j.t.JMeterThread', `Error calling ${role}: ${describe(error)}`);
    }
  }
}

/** What came of making a thread. */
export interface Made {
  readonly failed?: { readonly error: unknown };
}

/**
 * Evaluates what the compiler of JMeter's thread evaluates, before the ramp-up: the names of transactions, which it forgets
 * again, and the properties of test beans. What fails ends the thread when it begins.
 */
export function prepareThread(user: VirtualUser): Made {
  const { transactions, threadMade } = user.common.program;
  try {
    for (const { placed } of transactions) void placed.props(user).name;
    for (const placed of threadMade) placed.element.threadMade?.(placed.props(user), user, placed);
    return {};
  } catch (error) {
    return { failed: { error } };
  }
}
