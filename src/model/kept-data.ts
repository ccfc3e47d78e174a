import type { Test } from './user.js';

/**
 * Whether something in the plan may look back at the last sample from anywhere: a script, a function, a pre-processor, a
 * results file that has the data. Set while the plan is compiled; samplers then keep all of what they receive.
 */
export const lastSampleIsRead = (test: Test): { is: boolean } => test.state(IS_READ, () => ({ is: false }));
const IS_READ = {};

/**
 * Whether something may ask for a user's last sample after its step, be it only to tell it from the next. Otherwise it is let
 * go: with many users waiting, their last samples would be what the garbage collector mostly copies.
 */
export const lastSampleIsKept = (test: Test): { is: boolean } => test.state(IS_KEPT, () => ({ is: false }));
const IS_KEPT = {};
