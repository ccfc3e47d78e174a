import { fn } from '../function.js';

/** The pass of the main loop that the user is in, from 1. */
export const iterationNum = fn({
  name: '__iterationNum',
  min: 0,
  max: Number.POSITIVE_INFINITY,
  usage: '',
  compile: () => (user) => String(user.iteration),
});
