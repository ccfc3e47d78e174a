import type { Alarm, Clock } from '../model/index.js';

const SLOTS = 4096;
const MASK = SLOTS - 1;
/** What setTimeout takes; a longer wait, even one without end, is looked at again then. */
const LONGEST = 0x7fffffff;

/**
 * The real clock: whole milliseconds that never go back, and one hashed timer wheel (1 ms ticks) for all waits of a
 * process, so that tens of thousands of waiting users cost one list node each.
 */
export class WheelClock implements Clock {
  /** The global of this name is a getter, too much for each look at the clock. */
  readonly #performance = performance;
  readonly #origin = performance.timeOrigin;
  readonly #slots: (Node | undefined)[] = new Array(SLOTS);
  /** The next tick that has not been served. */
  #tick = Math.floor(performance.now());
  #pending = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = 0;

  now(): number {
    return Math.floor(this.#origin + this.#performance.now());
  }

  after(ms: number, callback: () => void): Alarm {
    // Rounded up: a wait may be late, never early.
    const due = Math.ceil(performance.now() + Math.max(ms, 0));
    if (this.#pending === 0) this.#tick = Math.min(due, Math.floor(performance.now()));
    const node = new Node(this, Math.max(due, this.#tick), callback);
    this.#insert(node);
    this.#pending++;
    this.#arm(node.due);
    return node;
  }

  /** Only for {@link Node.cancel}. */
  remove(node: Node): void {
    this.#unlink(node);
    this.#pending--;
    if (this.#pending === 0 && this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
  }

  #insert(node: Node): void {
    const slot = node.due & MASK;
    const first = this.#slots[slot];
    node.next = undefined;
    if (first === undefined) {
      this.#slots[slot] = node;
      node.last = node;
      node.previous = undefined;
    } else {
      // Appended, so that waits of equal length end in the order they began.
      const last = first.last ?? first;
      last.next = node;
      node.previous = last;
      first.last = node;
    }
  }

  #unlink(node: Node): void {
    const slot = node.due & MASK;
    const first = this.#slots[slot];
    if (first === node) {
      this.#slots[slot] = node.next;
      if (node.next) {
        node.next.previous = undefined;
        node.next.last = node.last;
      }
    } else {
      if (node.previous) node.previous.next = node.next;
      if (node.next) node.next.previous = node.previous;
      else if (first) first.last = node.previous;
    }
    node.next = undefined;
    node.previous = undefined;
  }

  #arm(due: number): void {
    if (this.#timer !== undefined) {
      if (this.#timerAt <= due) return;
      clearTimeout(this.#timer);
    }
    this.#timerAt = due;
    this.#timer = setTimeout(this.#serve, Math.min(Math.max(0, due - performance.now()), LONGEST));
  }

  readonly #serve = (): void => {
    this.#timer = undefined;
    const now = Math.floor(performance.now());
    const from = this.#tick;
    const steps = Math.min(now - from + 1, SLOTS);
    this.#tick = now + 1;
    for (let i = 0; i < steps; i++) this.#serveSlot((from + i) & MASK, now);
    if (this.#pending > 0) this.#arm(this.#nextDue());
  };

  #serveSlot(slot: number, now: number): void {
    let node = this.#slots[slot];
    while (node !== undefined) {
      const next: Node | undefined = node.next;
      if (node.due <= now && !node.done) {
        node.done = true;
        this.#unlink(node);
        this.#pending--;
        node.callback();
        // The call may have unlinked what came next; the slot is then read anew.
        node = next !== undefined && !next.done ? next : this.#firstDue(slot, now);
      } else node = next;
    }
  }

  #firstDue(slot: number, now: number): Node | undefined {
    let node = this.#slots[slot];
    while (node !== undefined && node.due > now) node = node.next;
    return node;
  }

  #nextDue(): number {
    let best = this.#tick + SLOTS;
    for (let i = 0; i < SLOTS; i++) {
      let node = this.#slots[(this.#tick + i) & MASK];
      for (; node !== undefined; node = node.next) {
        if (node.due <= this.#tick + i) return node.due;
        if (node.due < best) best = node.due;
      }
    }
    return best;
  }
}

class Node implements Alarm {
  next: Node | undefined;
  previous: Node | undefined;
  /** Kept on the first node of a slot only. */
  last: Node | undefined;
  done = false;
  constructor(
    readonly wheel: WheelClock,
    readonly due: number,
    readonly callback: () => void,
  ) {}
  cancel(): void {
    if (this.done) return;
    this.done = true;
    this.wheel.remove(this);
  }
}
