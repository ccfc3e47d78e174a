import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Users that make a collection worth its pause of a tenth of a second or two. */
const WORTH = 5000;

/**
 * Has V8 collect its garbage once when thousands of users have started and no more do. What their start left behind is a
 * third of the memory of users that wait, and V8 would keep it until the heap has grown by half again.
 */
export class Tidy {
  #tidied = 0;
  #before = 0;

  constructor(private readonly collect: () => void = collectGarbage) {}

  /** Told from time to time how many have started. */
  started(users: number): void {
    const pauses = users === this.#before;
    this.#before = users;
    if (!pauses || users - this.#tidied < WORTH) return;
    this.#tidied = users;
    this.collect();
  }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  // A new context has what the flag gives; this one was made before it.
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
