/** Who waits for a value. */
export interface Waits<T> {
  fulfilled(value: T): void;
}

/**
 * A value that comes later, and always comes: whoever waits for it hears of it in the same turn in which it is there, where a
 * promise would take turns of its own. It has one who waits.
 */
export class Pending<T> {
  #isThere = false;
  #value: T | undefined;
  #waiting: Waits<T> | undefined;

  /** Itself as long as it is not there, then the value. */
  get now(): T | this {
    return this.#isThere ? (this.#value as T) : this;
  }

  /** Has somebody wait for it. */
  tell(waiting: Waits<T>): void {
    this.#waiting = waiting;
    if (this.#isThere) waiting.fulfilled(this.#value as T);
  }

  protected settle(value: T): void {
    this.#isThere = true;
    this.#value = value;
    this.#waiting?.fulfilled(value);
  }
}
