import { JavaError } from '../java/index.js';

/** Runs what goes down a tree; too deep a one ends as in Java. */
export function deep<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw new JavaError('java.lang.StackOverflowError');
    throw error;
  }
}
