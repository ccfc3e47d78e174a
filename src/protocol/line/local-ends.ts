import { codeOf } from './error.js';

/** Where a connection comes from: an address of this machine and a port there. */
export interface LocalEnd {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
}

/**
 * Ports below those that the system gives out by itself: a port that is bound by name is lost to everybody else on the
 * machine for as long as the connection is remembered.
 */
const FIRST_PORT = 10_240;
const PORTS = 32_768 - FIRST_PORT;

/**
 * Local addresses with their ports, given out one after the other. With the port the system need not search for a free one,
 * which costs ten times the connect itself, and a server can be reached by more than the 28,000 ports of one address.
 */
export class LocalEnds {
  readonly #first: number;
  readonly #count: number;
  #next = 0;

  /** `index` of `count` processes, each of which has ends of its own. */
  constructor(
    private readonly addresses: readonly string[],
    { index, count }: { readonly index: number; readonly count: number },
  ) {
    const all = addresses.length * PORTS;
    this.#first = Math.floor((all * index) / count);
    this.#count = Math.floor((all * (index + 1)) / count) - this.#first;
  }

  next(): LocalEnd {
    const at = this.#first + this.#next;
    this.#next = (this.#next + 1) % this.#count;
    return { localAddress: this.addresses[Math.floor(at / PORTS)], localPort: FIRST_PORT + (at % PORTS) };
  }

  /** Goes on anywhere: behind a port that is taken others may be, thousands of them in a row. */
  jump(): LocalEnd {
    this.#next = Math.floor(Math.random() * this.#count);
    return this.next();
  }
}

let ends: LocalEnds | undefined;

/** From where the connections of this process come when nobody says it of them; undefined = the system chooses. */
export function comeFrom(given: LocalEnds | undefined): void {
  ends = given;
}

/** The end of a new connection. */
export const nextEnd = (): LocalEnd => ends?.next() ?? {};

/** Other ends that are tried when one is taken; with one free end in five, a failure in 20 million. */
export const TRIES = 75;

/** Another end, when it was for the end that a connect failed. */
export function endAfter(error: Error): LocalEnd | undefined {
  const code = codeOf(error);
  return code === 'EADDRINUSE' || code === 'EADDRNOTAVAIL' ? ends?.jump() : undefined;
}
