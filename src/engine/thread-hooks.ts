import { describe, type VirtualUser } from './user.js';

/** Tells the elements of the group that hear it of the start or the end of a thread; what one throws only the log hears. */
export function tellHooks(user: VirtualUser, role: 'threadStarted' | 'threadFinished'): void {
  for (const placed of user.options.program[role]) {
    try {
      placed.element[role]?.(placed.props(user), user, placed);
    } catch (error) {
      user.test.log.write('ERROR', 'o.a.j.t.JMeterThread', `Error calling ${role}: ${describe(error)}`);
    }
  }
}
