import { JavaError } from '../error.js';
import { Backtracker } from './backtrack.js';
import { POINTS, UNITS } from './char-set.js';
import { emit, sameInJavaScript } from './emit.js';
import type { Parsed } from './node.js';
import { OroBacktracker } from './oro-backtrack.js';

/** One match: where, and the groups, the whole match first; undefined = the group took no part. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

/** A pattern ready to use; immutable, free of any text. */
export interface CompiledPattern {
  readonly source: string;
  /** Capturing groups, the whole match not counted. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  /** The next match from `from` (0); after another one when it is given, by the dialect's rule for empty matches. */
  find(text: string, from?: number | Match): Match | undefined;
  /** Whether the pattern occurs. */
  contains(text: string): boolean;
  /** Whether it matches the whole text, by the dialect's rule. */
  matches(text: string): boolean;
  matchWhole(text: string): Match | undefined;
}

/** What finds matches at and behind a place. */
interface Finder {
  /** The first match from there on. */
  search(text: string, from: number): Match | undefined;
  /** A match at that place that is not empty. */
  filled(text: string, at: number): Match | undefined;
  /** A match at the start: the first one, or one that ends where the text does. */
  first(text: string): Match | undefined;
  whole(text: string): Match | undefined;
}

/** ORO: `matches` compares the first match at 0 with the whole text; a match never ends where the one before it ended. */
export function oroPattern(source: string, parsed: Parsed): CompiledPattern {
  const finder = finderOf(parsed, UNITS);
  const after = (text: string, end: number): Match | undefined => {
    const found = finder.search(text, end);
    if (found === undefined || found.end !== end) return found;
    return finder.filled(text, end) ?? (end < text.length ? finder.search(text, end + 1) : undefined);
  };
  const matchWhole = (text: string): Match | undefined => {
    const found = finder.first(text);
    return found?.end === text.length ? found : undefined;
  };
  return {
    source,
    groups: parsed.groups,
    names: parsed.names,
    find: (text, from = 0) => (typeof from === 'number' ? finder.search(text, from) : after(text, from.end)),
    contains: (text) => finder.search(text, 0) !== undefined,
    matches: (text) => matchWhole(text) !== undefined,
    matchWhole,
  };
}

/** java.util.regex: `matches` looks for any match of the whole text; behind an empty match it goes on one further. */
export function javaPattern(source: string, parsed: Parsed): CompiledPattern {
  const finder = finderOf(parsed, POINTS);
  const after = ({ start, end }: Match, text: string): Match | undefined => {
    const from = start === end ? end + 1 : end;
    return from > text.length ? undefined : finder.search(text, from);
  };
  return {
    source,
    groups: parsed.groups,
    names: parsed.names,
    find: (text, from = 0) => (typeof from === 'number' ? finder.search(text, from) : after(from, text)),
    contains: (text) => finder.search(text, 0) !== undefined,
    matches: (text) => finder.whole(text) !== undefined,
    matchWhole: (text) => finder.whole(text),
  };
}

function finderOf(parsed: Parsed, last: number): Finder {
  return sameInJavaScript(parsed.root) ? nativeFinder(parsed, last) : slowFinder(parsed, last);
}

function nativeFinder({ root }: Parsed, last: number): Finder {
  const flags = last === POINTS ? 'u' : '';
  const source = emit(root, last);
  const search = new RegExp(source, `g${flags}`);
  const lazily = (make: () => RegExp): (() => RegExp) => {
    let made: RegExp | undefined;
    return () => {
      made ??= make();
      return made;
    };
  };
  const first = lazily(() => new RegExp(source, `y${flags}`));
  const whole = lazily(() => new RegExp(`(?:${source})$`, `y${flags}`));
  // The first group is all the text from the start on; behind an empty match the same text follows.
  const filled = lazily(() => new RegExp(`(?=([\\s\\S]*))(?:${emit(root, last, 1)})(?!\\1$)`, `y${flags}`));
  return {
    search: (text, from) => run(search, text, from, 0),
    first: (text) => run(first(), text, 0, 0),
    whole: (text) => run(whole(), text, 0, 0),
    filled: (text, at) => run(filled(), text, at, 1),
  };
}

function run(pattern: RegExp, text: string, from: number, skip: number): Match | undefined {
  // JavaScript would step back from the middle of a surrogate pair; Java goes on from there.
  if (pattern.unicode && from > 0 && isInsidePair(text, from))
    return run(pattern, `${text.slice(0, from - 1)}\ufffd${text.slice(from)}`, from, skip);
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const end = found.index + found[0].length;
  return { start: found.index, end, groups: skip === 0 ? found : [found[0], ...found.slice(1 + skip)] };
}

const isInsidePair = (text: string, at: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;

function slowFinder({ root, groups }: Parsed, last: number): Finder {
  const tracker = last === POINTS ? new Backtracker(root, groups, true) : new OroBacktracker(root, groups, false);
  const at = (text: string, start: number, accept: (end: number) => boolean): Match | undefined => {
    try {
      const found = tracker.matchAt(text, start, accept);
      return found && { start, end: start + (found[0] ?? '').length, groups: found };
    } catch (error) {
      // Java's own engine ends the same way on long texts.
      if (error instanceof RangeError) throw new JavaError('java.lang.StackOverflowError');
      throw error;
    }
  };
  const any = (): boolean => true;
  return {
    search(text, from) {
      for (let start = from; start <= text.length; start++) {
        const found = at(text, start, any);
        if (found) return found;
      }
      return undefined;
    },
    first: (text) => at(text, 0, any),
    whole: (text) => at(text, 0, (end) => end === text.length),
    filled: (text, start) => at(text, start, (end) => end !== start),
  };
}
