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

  protected override compileRepeat({ body, min, max, mode }: Node & { kind: 'repeat' }, next: Step): Step {
    let count = -1;
    let from = -1;
    let floor = 0;
    const leave = (at: number): number => {
      const kept = [count, from, floor] as const;
      const end = next(at);
      [count, from, floor] = kept;
      return end;
    };
    const again: Step = (at) => {
      const passes = count + 1;
      const began = from;
      if (at === began) return leave(at);
      const pass = (): number => {
        count = passes;
        from = at;
        const end = inner(at);
        count = passes - 1;
        from = began;
        return end;
      };
      if (passes < min) return pass();
      if (mode === 'lazy') {
        const end = leave(at);
        return end >= 0 || passes >= max ? end : pass();
      }
      if (passes < max) {
        const restore = this.remember(floor);
        const end = pass();
        if (end >= 0) return end;
        restore();
      }
      return leave(at);
    };
    const inner = this.compile(body, again);
    return (at) => {
      const kept = [count, from, floor] as const;
      [count, from, floor] = [-1, -1, this.#left];
      const end = again(at);
      [count, from, floor] = kept;
      return end;
    };
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
