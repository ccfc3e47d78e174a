import { type CharSet, has } from './char-set.js';
import type { Node } from './node.js';

/** Tries a pattern at a place: the end of the match, or -1. */
export type Step = (at: number) => number;

/**
 * A plain backtracking matcher with Perl's and Java's rules, for the few patterns JavaScript's engine would read
 * otherwise: groups keep their last value through a loop, one empty pass ends it, an unset group's reference fails.
 */
export class Backtracker {
  protected text = '';
  #lower = '';
  protected readonly starts: number[];
  protected readonly ends: number[];
  #run: Step | undefined;
  #accept: (end: number) => boolean = () => true;

  constructor(
    readonly root: Node,
    readonly groups: number,
    /** Whether a character is a code point. */
    readonly points: boolean,
  ) {
    this.starts = new Array<number>(groups + 1).fill(-1);
    this.ends = new Array<number>(groups + 1).fill(-1);
  }

  /** Matches at exactly this place an end that is accepted: the groups, or undefined. */
  matchAt(text: string, at: number, accept: (end: number) => boolean): (string | undefined)[] | undefined {
    if (text !== this.text) {
      this.text = text;
      this.#lower = '';
    }
    this.#accept = accept;
    this.reset();
    this.#run ??= this.compile(this.root, (place) => (this.#accept(place) ? place : -1));
    const end = this.#run(at);
    if (end < 0) return undefined;
    const found: (string | undefined)[] = [text.slice(at, end)];
    for (let i = 1; i <= this.groups; i++) found.push(this.group(i));
    return found;
  }

  protected reset(): void {
    this.starts.fill(-1);
    this.ends.fill(-1);
  }

  protected group(index: number): string | undefined {
    const start = this.starts[index] ?? -1;
    const end = this.ends[index] ?? -1;
    return start < 0 || end < 0 ? undefined : this.text.slice(start, end);
  }

  protected compile(node: Node, next: Step): Step {
    switch (node.kind) {
      case 'set':
        return this.compileSet(node.set, next);
      case 'sequence':
        return node.items.reduceRight<Step>((rest, item) => this.compile(item, rest), next);
      case 'choice':
        return this.compileChoice(node.items, next);
      case 'group':
        return this.compileGroup(node.index, node.body, next);
      case 'repeat':
        return node.body.kind === 'set' ? this.compileRun(node, node.body.set, next) : this.compileRepeat(node, next);
      case 'look':
        return this.compileLook(node, next);
      case 'atomic':
        return this.compileAtomic(node.body, next);
      case 'back':
        return this.compileBack(node.index, node.anyCase, next);
      case 'place':
        return this.compilePlace(node.source, next);
    }
  }

  /** The place behind the character here if the set has it, else -1. */
  private step(set: CharSet, at: number): number {
    if (at >= this.text.length) return -1;
    const code = this.points ? (this.text.codePointAt(at) ?? 0) : this.text.charCodeAt(at);
    return has(set, code) ? at + (code > 0xffff ? 2 : 1) : -1;
  }

  private compileSet(set: CharSet, next: Step): Step {
    return (at) => {
      const after = this.step(set, at);
      return after < 0 ? -1 : next(after);
    };
  }

  protected compileChoice(items: readonly Node[], next: Step): Step {
    const steps = items.map((item) => this.compile(item, next));
    return (at) => {
      for (const step of steps) {
        const end = step(at);
        if (end >= 0) return end;
      }
      return -1;
    };
  }

  protected compileGroup(index: number, body: Node, next: Step): Step {
    const opened: number[] = [];
    const inner = this.compile(body, (at) => {
      const start = this.starts[index] ?? -1;
      const end = this.ends[index] ?? -1;
      const from = opened.pop() ?? at;
      this.starts[index] = from;
      this.ends[index] = at;
      const result = next(at);
      if (result < 0) {
        this.starts[index] = start;
        this.ends[index] = end;
        opened.push(from);
      }
      return result;
    });
    return (at) => {
      opened.push(at);
      const result = inner(at);
      if (result < 0) opened.pop();
      return result;
    };
  }

  /** A loop over one set needs no recursion. */
  private compileRun({ min, max, mode }: Node & { kind: 'repeat' }, set: CharSet, next: Step): Step {
    if (mode === 'lazy') return this.compileLazyRun(min, max, set, next);
    return (at) => {
      const places = [at];
      for (let here = at; places.length <= max; ) {
        here = this.step(set, here);
        if (here < 0) break;
        places.push(here);
      }
      if (mode === 'possessive') return places.length > min ? next(places.at(-1) ?? at) : -1;
      for (let i = places.length - 1; i >= min; i--) {
        const end = next(places[i] ?? at);
        if (end >= 0) return end;
      }
      return -1;
    };
  }

  private compileLazyRun(min: number, max: number, set: CharSet, next: Step): Step {
    return (at) => {
      let here = at;
      for (let count = 0; ; count++) {
        if (count >= min) {
          const end = next(here);
          if (end >= 0 || count >= max) return end;
        }
        here = this.step(set, here);
        if (here < 0) return -1;
      }
    };
  }

  protected compileRepeat(node: Node & { kind: 'repeat' }, next: Step): Step {
    if (node.mode === 'possessive') return this.compileAtomic({ ...node, mode: 'greedy' }, next);
    const { min, max, mode } = node;
    let count = 0;
    let from = -1;
    const leave = (at: number, passes: number, began: number): number => {
      // What follows may be the same loop again, inside an outer one.
      const result = next(at);
      count = passes;
      from = began;
      return result;
    };
    const again: Step = (at) => {
      const passes = count;
      const began = from;
      if (at === began && passes >= min) return leave(at, passes, began);
      const pass = (): number => {
        if (passes >= max) return -1;
        count = passes + 1;
        from = at;
        const end = body(at);
        count = passes;
        from = began;
        return end;
      };
      if (passes < min) return pass();
      if (mode === 'lazy') {
        const end = leave(at, passes, began);
        return end >= 0 ? end : pass();
      }
      const end = pass();
      return end >= 0 ? end : leave(at, passes, began);
    };
    const body = this.compile(node.body, again);
    return (at) => {
      const passes = count;
      const began = from;
      count = 0;
      from = -1;
      const end = again(at);
      count = passes;
      from = began;
      return end;
    };
  }

  private compileLook({ ahead, negative, body }: Node & { kind: 'look' }, next: Step): Step {
    let target = -1;
    const inner = this.compile(body, (at) => (target < 0 || at === target ? at : -1));
    const found = (at: number): boolean => {
      const outer = target;
      target = ahead ? -1 : at;
      let hit = false;
      // Behind: every start before the place is tried, the nearest first.
      for (let start = at; start >= 0 && !hit; start = ahead ? -1 : start - 1) hit = inner(start) >= 0;
      target = outer;
      return hit;
    };
    return (at) => {
      const restore = this.keep();
      const end = found(at) === negative ? -1 : next(at);
      if (end < 0) restore();
      return end;
    };
  }

  /** Remembers the groups; the result puts them back. */
  private keep(): () => void {
    const starts = [...this.starts];
    const ends = [...this.ends];
    return () => {
      for (let i = 0; i < starts.length; i++) {
        this.starts[i] = starts[i] ?? -1;
        this.ends[i] = ends[i] ?? -1;
      }
    };
  }

  private compileAtomic(body: Node, next: Step): Step {
    const inner = this.compile(body, (at) => at);
    return (at) => {
      const restore = this.keep();
      const end = inner(at);
      const result = end < 0 ? -1 : next(end);
      if (result < 0) restore();
      return result;
    };
  }

  private compileBack(index: number, anyCase: boolean, next: Step): Step {
    return (at) => {
      const group = this.group(index);
      if (group === undefined) return -1;
      if (anyCase && this.#lower === '') this.#lower = this.text.toLowerCase();
      const same = anyCase ? this.#lower.startsWith(group.toLowerCase(), at) : this.text.startsWith(group, at);
      return same ? next(at + group.length) : -1;
    };
  }

  private compilePlace(source: string, next: Step): Step {
    const pattern = new RegExp(source, this.points ? 'uy' : 'y');
    return (at) => {
      pattern.lastIndex = at;
      return pattern.test(this.text) ? next(at) : -1;
    };
  }
}
