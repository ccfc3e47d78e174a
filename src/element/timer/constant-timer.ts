import { element, prop } from '../../model/index.js';

/** Waits a fixed time; `timer.factor` leaves it alone, and a negative time shortens what other timers add. */
export const constantTimer = element({
  tag: 'ConstantTimer',
  gui: 'ConstantTimerGui',
  call: 'pause',
  props: {
    /** Milliseconds. */
    time: prop.long('ConstantTimer.delay'),
  },
  // Some versions write the range of the random timers here too; nobody reads it.
  ignored: ['RandomTimer.range'],
  delay: ({ time }) => time,
});
