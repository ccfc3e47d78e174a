/**
 * A value that comes later: whoever waits for it is called in the same turn in which it is there, where a promise would take
 * turns of its own. It has one who waits.
 */
export class Pending<T> {
  #state: 'open' | 'value' | 'error' = 'open';
  #value: T | undefined;
  #error: unknown;
  #onValue: ((value: T) => void) | undefined;
  #onError: ((error: unknown) => void) | undefined;

  /** Itself while it is open, then the value; throws what it failed with. */
  get now(): T | this {
    if (this.#state === 'error') throw this.#error;
    return this.#state === 'open' ? this : (this.#value as T);
  }

  /** Who is called once it is no longer open. */
  whenThere(onValue: (value: T) => void, onError: (error: unknown) => void): void {
    this.#onValue = onValue;
    this.#onError = onError;
    if (this.#state === 'value') onValue(this.#value as T);
    else if (this.#state === 'error') onError(this.#error);
  }

  protected settle(value: T): void {
    this.#state = 'value';
    this.#value = value;
    this.#onValue?.(value);
  }

  protected fail(error: unknown): void {
    this.#state = 'error';
    this.#error = error;
    this.#onError?.(error);
  }
}
