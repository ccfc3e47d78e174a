import { Backtracker, type Step } from './backtrack.js';
import type { Node } from './node.js';

/**
 * ORO's own book-keeping of groups: where a group begins is noted on entering it and not taken back when the try fails, so
 * `(?:(a)|b)*` leaves an empty group on `ab`; only failed alternatives and greedy passes put ends back.
 */
export class OroBacktracker extends Backtracker {
  /** The highest group entered, and the highest one left. */
  #entered = 0;
  #left = 0;

  protected override reset(): void {
    super.reset();
    this.#entered = 0;
    this.#left = 0;
  }

  protected override group(index: number): string | undefined {
    const start = this.starts[index] ?? -1;
    const end = this.ends[index] ?? -1;
    return start < 0 || end < start ? undefined : this.text.slice(start, end);
  }

  protected override compileGroup(index: number, body: Node, next: Step): Step {
    const inner = this.compile(body, (at) => {
      this.ends[index] = at;
      this.#left = Math.max(this.#left, index);
      return next(at);
    });
    return (at) => {
      this.starts[index] = at;
      this.#entered = Math.max(this.#entered, index);
      return inner(at);
    };
  }

  protected override compileChoice(items: readonly Node[], next: Step): Step {
    const steps = items.map((item) => this.compile(item, next));
    return (at) => {
      const left = this.#left;
      for (const step of steps) {
        const end = step(at);
        if (end >= 0) return end;
        while (this.#left > left) this.ends[this.#left--] = -1;
      }
      return -1;
    };
  }

  /** ORO goes on even if there were too few passes. */
  protected override emptyPassEnds(): boolean {
    return true;
  }

  protected override tryPass(pass: Step, at: number, floor: number): number {
    const restore = this.remember(floor);
    const end = pass(at);
    if (end < 0) restore();
    return end;
  }

  protected override groupFloor(): number {
    return this.#left;
  }

  /** Remembers the groups above `floor`; the result puts them back and forgets those entered since. */
  private remember(floor: number): () => void {
    const entered = this.#entered;
    const left = this.#left;
    const starts = this.starts.slice(0, entered + 1);
    const ends = this.ends.slice(0, entered + 1);
    return () => {
      this.#entered = entered;
      this.#left = left;
      for (let i = floor + 1; i <= entered; i++) {
        this.starts[i] = starts[i] ?? -1;
        if (i <= left) this.ends[i] = ends[i] ?? -1;
      }
      for (let i = left + 1; i <= this.groups; i++) {
        if (i > entered) this.starts[i] = -1;
        this.ends[i] = -1;
      }
    };
  }
}
