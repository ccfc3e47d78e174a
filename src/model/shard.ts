/** Which share of the users this process runs: those whose number is `index` modulo `count`. Without shards it is 0 of 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** A process that runs all users. */
export const ALONE: Shard = { index: 0, count: 1 };
