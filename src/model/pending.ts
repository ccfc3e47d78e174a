/** Who waits for a value. */
export interface Waits<T> {
  fulfilled(value: T): void;
  rejected(error: unknown): void;
}

/**
 * A value that comes later: whoever waits for it hears of it in the same turn in which it is there, where a promise would
 * take turns of its own. It has one who waits.
 */
export class Pending<T> {
  #state: 'open' | 'value' | 'error' = 'open';
  #outcome: unknown;
  #waiting: Waits<T> | undefined;

  /** Itself while it is open, then the value; throws what it failed with. */
  get now(): T | this {
    if (this.#state === 'error') throw this.#outcome;
    return this.#state === 'open' ? this : (this.#outcome as T);
  }

  /** Has somebody wait for it. */
  tell(waiting: Waits<T>): void {
    this.#waiting = waiting;
    if (this.#state === 'value') waiting.fulfilled(this.#outcome as T);
    else if (this.#state === 'error') waiting.rejected(this.#outcome);
  }

  protected settle(value: T): void {
    this.#state = 'value';
    this.#outcome = value;
    this.#waiting?.fulfilled(value);
  }

  protected fail(error: unknown): void {
    this.#state = 'error';
    this.#outcome = error;
    this.#waiting?.rejected(error);
  }
}
