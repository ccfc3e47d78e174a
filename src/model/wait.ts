import type { Test, User } from './user.js';

/**
 * Thrown by a controller or a text that cannot go on before something has happened (a lock is free, a queue has a value).
 * The user asks its main loop again after that, where the controllers on the way stand where they stood; or runs the stage
 * of its sampler again.
 */
export class Wait extends Error {
  constructor(readonly until: Promise<void>) {
    super('waits');
  }
}

/**
 * What the functions of a stage gave, so that the stage can be run again after a wait: each call that was done then gives
 * its value again, and only the one that waited is evaluated anew.
 */
export class Journal {
  /** In the order in which calls begin; a call that is not done has no entry. */
  readonly #kept: ({ readonly value: string; readonly next: number } | undefined)[] = [];
  #at = 0;

  call(evaluate: (user: User) => string, user: User): string {
    const place = this.#at;
    const known = this.#kept[place];
    if (known !== undefined) {
      this.#at = known.next;
      return known.value;
    }
    // Calls in its arguments follow behind it.
    this.#at = place + 1;
    const value = evaluate(user);
    this.#kept[place] = { value, next: this.#at };
    return value;
  }

  /** Before a stage is run again. */
  rewind(): void {
    this.#at = 0;
  }
  /** Before another stage. */
  clear(): void {
    this.#kept.length = 0;
    this.#at = 0;
  }
}

/** Whether there is a function in the plan that may wait; set when one is compiled. Without one no journals are kept. */
export const textsMayWait = (test: Test): { may: boolean } => test.state(MAY_WAIT, () => ({ may: false }));
const MAY_WAIT = {};
