import type { User } from '../../model/index.js';

/** A lock that its owner may take again; the others get it in the order in which they asked. */
export class Lock {
  #owner: User | undefined;
  #count = 0;
  /** Whose turn it is while nobody has it. */
  #promised: User | undefined;
  readonly #waiting: { readonly user: User; readonly wake: () => void }[] = [];

  /** Undefined when the lock is now the user's; else it must ask again when the promise is kept. */
  take(user: User): Promise<void> | undefined {
    const free = this.#owner === undefined && (this.#promised ?? user) === user;
    if (!free && this.#owner !== user) return new Promise((wake) => this.#waiting.push({ user, wake }));
    this.#owner = user;
    this.#promised = undefined;
    this.#count++;
    return undefined;
  }

  isHeldBy(user: User): boolean {
    return this.#owner === user;
  }

  /** Gives it back once. */
  release(): void {
    if (--this.#count > 0) return;
    this.#owner = undefined;
    const next = this.#waiting.shift();
    this.#promised = next?.user;
    next?.wake();
  }
}
