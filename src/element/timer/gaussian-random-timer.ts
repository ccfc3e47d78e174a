import { element, prop } from '../../model/index.js';

/** Waits a time around a mean, by the normal distribution. */
export const gaussianRandomTimer = element({
  tag: 'GaussianRandomTimer',
  gui: 'GaussianRandomTimerGui',
  call: 'pause.gaussian',
  props: {
    /** Milliseconds. */
    mean: prop.long('ConstantTimer.delay'),
    /** Milliseconds. */
    deviation: prop.number('RandomTimer.range'),
  },
  factored: true,
  // What falls below 0 is turned round, not cut off.
  delay: ({ mean, deviation }, user) => Math.trunc(Math.abs(standardNormal(() => user.random()) * deviation + mean)),
});

/** A number of the standard normal distribution by Marsaglia's polar method, from even ones in [0, 1). */
export function standardNormal(random: () => number): number {
  for (;;) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    const s = x * x + y * y;
    if (s > 0 && s < 1) return x * Math.sqrt((-2 * Math.log(s)) / s);
  }
}
