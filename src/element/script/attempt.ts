import type { JavaError } from '../../java/index.js';
import { type Awaitable, StopTest, StopTestNow, StopThread } from '../../model/index.js';

/**
 * Runs a script and gives its value or its failure on, at once or when it has waited. What asks to stop the user or the
 * test passes through.
 */
export function attempt<T>(
  script: () => unknown,
  done: (value: unknown) => T,
  failed: (error: unknown) => T,
): Awaitable<T> {
  const fail = (error: unknown): T => {
    if (error instanceof StopThread || error instanceof StopTest || error instanceof StopTestNow) throw error;
    return failed(error);
  };
  try {
    const value = script();
    return value instanceof Promise ? value.then(done, fail) : done(value);
  } catch (error) {
    return fail(error);
  }
}

/** Java's text of whatever was thrown. */
export const thrownText = (error: unknown): string =>
  isJava(error) ? error.toString() : error instanceof Error ? error.message : String(error);

const isJava = (error: unknown): error is JavaError =>
  typeof error === 'object' && error !== null && 'javaClass' in error;
