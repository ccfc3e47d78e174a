import { randomBytes } from 'node:crypto';
import { toInt } from '../../java/index.js';
import type { Test } from '../../model/index.js';
import { ProblemError, problems } from '../../problem.js';
import { fn } from '../function.js';
import { store } from '../store.js';

/**
 * A text that no evaluation ever gives again: behind the prefix as many characters `0-9a-z` as the width says. One of ours:
 * docs/data.md says what makes it unique.
 */
export const uniqueId = fn({
  name: '__uniqueId',
  min: 0,
  max: 3,
  usage: '[prefix], [width = 20], [variable]',
  compile([prefix, width, variable], { engineUser }) {
    const tail = widthOf(width?.evaluate(engineUser) ?? '') - COUNTER;
    return (user) => {
      const value = (prefix?.evaluate(user) ?? '') + ids(user.test).next(tail);
      store(user, variable, value);
      return value;
    };
  },
});

const TIME = 8;
const SHARD = 2;
const COUNTER = 4;
/** Random characters at least: 1.7 million processes that begin in the same millisecond. */
const LEAST_CHANCE = 4;
const LEAST = TIME + SHARD + LEAST_CHANCE + COUNTER;
const MOST = 64;
const USUAL = 20;

/** Throws ProblemError for a width that cannot hold what makes it unique. */
function widthOf(text: string): number {
  if (text === '') return USUAL;
  const width = toInt(text.trim()) ?? 0;
  if (width >= LEAST && width <= MOST) return width;
  throw new ProblemError([
    problems.badFunctionCall(`__uniqueId: a width of ${text} is not possible, ids need ${LEAST} to ${MOST} characters`),
  ]);
}

const base36 = (value: number, length: number): string => value.toString(36).padStart(length, '0').slice(-length);

/** Numbers that one block holds. */
const BLOCK = 36 ** COUNTER;

/** The ids of one process: blocks of numbers behind a head that no other process, and no earlier block, has. */
export class UniqueIds {
  #head = '';
  #count = BLOCK;
  #began = 0;

  constructor(
    private readonly shard: number,
    private readonly now: () => number,
    private readonly chance: (characters: number) => string = randomCharacters,
  ) {}

  /** An id of `head` characters and the number within the block; ids of all lengths count together. */
  next(head: number): string {
    if (this.#count === BLOCK) this.#begin();
    return this.#head.slice(0, head) + base36(this.#count++, COUNTER);
  }

  #begin(): void {
    // A block is later than the one before it even where the clock stood still or went back.
    this.#began = Math.max(this.#began + 1, Math.floor(this.now()));
    this.#head = base36(this.#began, TIME) + base36(this.shard, SHARD) + this.chance(MOST);
    this.#count = 0;
  }
}

function randomCharacters(count: number): string {
  let text = '';
  while (text.length < count) for (const byte of randomBytes(count)) if (byte < 252) text += (byte % 36).toString(36);
  return text.slice(0, count);
}

const ids = (test: Test): UniqueIds => test.state(IDS, () => new UniqueIds(test.shard.index, () => test.clock.now()));
const IDS = {};
