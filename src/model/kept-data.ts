import type { Test } from './user.js';

/**
 * Whether something in the plan may look back at the last sample from anywhere: a script, a function, a pre-processor, a
 * results file that has the data. Set while the plan is compiled; samplers then keep all of what they receive.
 */
export const lastSampleIsRead = (test: Test): { is: boolean } => test.state(IS_READ, () => ({ is: false }));
const IS_READ = {};
