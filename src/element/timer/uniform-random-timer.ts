import { element, prop } from '../../model/index.js';

/** Waits a fixed time plus an even random part of a range. */
export const uniformRandomTimer = element({
  tag: 'UniformRandomTimer',
  gui: 'UniformRandomTimerGui',
  call: 'pause.uniform',
  props: {
    /** Milliseconds. */
    atLeast: prop.long('ConstantTimer.delay'),
    /** Milliseconds. */
    plusUpTo: prop.number('RandomTimer.range'),
  },
  factored: true,
  // A negative sum is turned round, not cut off at 0.
  delay: ({ atLeast, plusUpTo }, user) => Math.trunc(Math.abs(user.random() * plusUpTo + atLeast)),
});
