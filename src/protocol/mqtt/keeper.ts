import type { Alarms } from '../line/index.js';

/** What is kept alive. */
export interface Kept {
  /** Where it stands; undefined = nowhere. For the {@link MqttKeeper} alone. */
  slot: Kept[] | undefined;
  index: number;
  /** A third of the keep-alive time is over. */
  turn(): void;
  /** The run is over. */
  drop(reset: boolean): void;
}

/** Groups into which the sessions of one keep-alive time are dealt, each with its turn at another time. */
const SLICES = 64;

/**
 * All sessions of a process: one timer for each keep-alive time, whatever their number, has them ping; at the end of the
 * run it closes them. A session costs it one entry of an array.
 */
export class MqttKeeper {
  readonly #rings = new Map<number, Ring>();
  #count = 0;

  constructor(readonly alarms: Alarms) {}

  /** Sessions that are there. */
  get count(): number {
    return this.#count;
  }

  /** `seconds`: the keep-alive time, 0 = no turns. */
  add(session: Kept, seconds: number): void {
    let ring = this.#rings.get(seconds);
    if (ring === undefined) {
      ring = new Ring(this.alarms, (seconds * 1000) / 3);
      this.#rings.set(seconds, ring);
    }
    ring.add(session);
    this.#count++;
  }

  remove(session: Kept): void {
    const { slot, index } = session;
    if (slot === undefined) return;
    const last = slot.pop();
    if (last !== undefined && last !== session) {
      slot[index] = last;
      last.index = index;
    }
    session.slot = undefined;
    this.#count--;
  }

  /** Closes all sessions; with a reset the kernel forgets them at once, so that their ports can be used again. */
  close(reset = false): void {
    for (const ring of this.#rings.values()) {
      ring.stop();
      for (const session of ring.all()) session.drop(reset);
    }
    this.#rings.clear();
  }
}

class Ring {
  readonly #slices: Kept[][] = Array.from({ length: SLICES }, () => []);
  #dealt = 0;
  #next = 0;
  #alarm: { cancel(): void } | undefined;

  constructor(
    private readonly alarms: Alarms,
    /** Milliseconds between two turns of a session. */
    private readonly every: number,
  ) {}

  add(session: Kept): void {
    const slot = this.#slices[this.#dealt++ % SLICES] ?? [];
    session.slot = slot;
    session.index = slot.push(session) - 1;
    if (this.every > 0) this.#alarm ??= this.alarms.after(this.every / SLICES, this.#turn);
  }

  all(): readonly Kept[] {
    return this.#slices.flat();
  }

  stop(): void {
    this.#alarm?.cancel();
    this.#alarm = undefined;
  }

  readonly #turn = (): void => {
    const slice = this.#slices[this.#next++ % SLICES] ?? [];
    // From the end: whoever drops out is replaced by the last one.
    for (let i = slice.length - 1; i >= 0; i--) slice[i]?.turn();
    const someLeft = this.#slices.some(({ length }) => length > 0);
    this.#alarm = someLeft ? this.alarms.after(this.every / SLICES, this.#turn) : undefined;
  };
}
