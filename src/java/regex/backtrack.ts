import { type CharSet, has } from './char-set.js';
import type { Node } from './node.js';

/** Tries a pattern at a place: the end of the match, or -1. */
export type Step = (at: number) => number;

/** Where a loop stands: its passes, where the last one began, and {@link Backtracker.groupFloor}. */
interface Loop {
  passes: number;
  began: number;
  floor: number;
}

/** A step that leaves the loop as it found it. */
const kept =
  (loop: Loop, step: Step): Step =>
  (at) => {
    const { passes, began, floor } = loop;
    const end = step(at);
    loop.passes = passes;
    loop.began = began;
    loop.floor = floor;
    return end;
  };

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

  private compileRepeat(node: Node & { kind: 'repeat' }, next: Step): Step {
    if (node.mode === 'possessive') return this.compileAtomic({ ...node, mode: 'greedy' }, next);
    const { min, max, mode } = node;
    const loop: Loop = { passes: 0, began: -1, floor: 0 };
    const body = this.compile(node.body, (at) => again(at));
    const leave = kept(loop, next);
    const pass = kept(loop, (at) => {
      loop.passes++;
      loop.began = at;
      return body(at);
    });
    const again = (at: number): number => {
      const { passes } = loop;
      if (at === loop.began && this.emptyPassEnds(passes >= min)) return leave(at);
      if (passes < min) return pass(at);
      if (mode === 'lazy') {
        const end = leave(at);
        return end >= 0 || passes >= max ? end : pass(at);
      }
      const end = passes < max ? this.tryPass(pass, at, loop.floor) : -1;
      return end >= 0 ? end : leave(at);
    };
    // What follows may be the same loop again, inside an outer one, so each entry starts anew.
    return kept(loop, (at) => {
      loop.passes = 0;
      loop.began = -1;
      loop.floor = this.groupFloor();
      return again(at);
    });
  }

  /** Whether an empty pass ends a loop. */
  protected emptyPassEnds(enough: boolean): boolean {
    return enough;
  }
  /** A pass more than is needed. */
  protected tryPass(pass: Step, at: number, _floor: number): number {
    return pass(at);
  }
  /** The highest group left when a loop is entered, for a matcher that counts them. */
  protected groupFloor(): number {
    return 0;
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
