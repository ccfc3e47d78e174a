import path from 'node:path';
import { fn } from '../function.js';

/** The name of the plan's file, without its folder. */
export const testPlanName = fn({
  name: '__TestPlanName',
  min: 0,
  max: 0,
  usage: '',
  compile: () => (user) => path.basename(user.test.planFile),
});
