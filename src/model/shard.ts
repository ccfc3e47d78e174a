import type { Test } from './user.js';

/** Which share of the users this process runs: those whose number is `index` modulo `count`. Without shards it is 0 of 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
  /** The same for all shards of a run, so that what they draw by lot is the same; absent = nothing is to be the same. */
  readonly seed?: number;
}

/** A process that runs all users. */
export const ALONE: Shard = { index: 0, count: 1 };

/**
 * Whether the k-th of a row of things, counted from 0, falls to this shard. They go to users in turn, as many as there are
 * of these, so that a shard without users gets nothing.
 */
export const isOurs = (k: number, { index, count }: Shard, users = Number.POSITIVE_INFINITY): boolean =>
  count === 1 || (k < users ? k : k % users) % count === index;

/** How many of `total` things, dealt out to users in turn, fall to this shard; over all shards the sum is `total`. */
export function shareOf(total: number, shard: Shard, users = Number.POSITIVE_INFINITY): number {
  const { index, count } = shard;
  if (count === 1) return total;
  const whole = Math.max(0, Math.floor(total));
  const oneByOne = (n: number): number => Math.ceil(Math.max(0, n - index) / count);
  if (whole <= users) return oneByOne(whole);
  const rounds = Math.floor(whole / users);
  return rounds * oneByOne(users) + oneByOne(whole - rounds * users);
}

/** Which part of the users is in this shard, from 0 to 1; without a number of users all shards have the same. */
export const partOf = (users: number, shard: Shard): number =>
  users > 0 ? shareOf(users, shard) / users : 1 / shard.count;

/** The functions of the plan whose users must be in one process; they say so when they are compiled. */
export const functionsKept = (test: Test): Set<string> => test.state(FUNCTIONS, () => new Set<string>());
const FUNCTIONS = {};

/** What a shard has to do with the others of its run. */
export interface Siblings {
  /**
   * Waits until all shards have come to this place or a later one; places only grow. Gives the time (epoch ms) at which
   * the last one came.
   */
  meet(place: number): Promise<number>;
  /** The run was stopped here; the others are told to stop too. */
  stopped(now: boolean): void;
  /**
   * Calls back with the number of this turn at what the users of all shards take in turn, counted from 0: at once, or
   * later. Numbers come in their order; what the callback throws, is thrown or fails the promise.
   */
  turn(key: string, use: (turn: number) => void): Promise<void> | undefined;
  /**
   * From now on what `take` gives goes with the figures, each second and at the end, to the process that started the
   * shards; plain data, of what has happened since the last time.
   */
  report(name: string, take: () => unknown): void;
  /** The number of users that are active here has changed. */
  activeChanged(): void;
}

/** Active users of all groups, and of each one by its key. */
export interface ActiveUsers {
  readonly all: number;
  readonly groups: Readonly<Record<string, number>>;
}
