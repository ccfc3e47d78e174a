import type { Test } from '../../model/index.js';
import type { PahoClient } from './paho-client.js';

/** All clients of the run, which the first subscriber's thread to end closes, whosever they are (ClientPool). */
export class PahoPool {
  readonly #clients: PahoClient[] = [];

  add(client: PahoClient): void {
    this.#clients.push(client);
  }

  /** One that cannot be closed keeps those behind it, and the list. */
  clear(): void {
    if (this.#clients.every((client) => client.end())) this.#clients.length = 0;
  }
}

const POOL = {};
/** The one of the run. */
export const poolOf = (test: Test): PahoPool => test.state(POOL, () => new PahoPool());
