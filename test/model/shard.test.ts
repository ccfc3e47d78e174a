import { describe, expect, it } from 'vitest';
import { ALONE, isOurs, partOf, shareOf } from '../../src/model/index.js';

const COUNTS = [1, 2, 3, 4, 7, 55];
const NUMBERS = [0, 1, 2, 3, 5, 10, 55, 56, 1000];
const shards = (count: number) => Array.from({ length: count }, (_, index) => ({ index, count }));

describe('what falls to a shard', () => {
  it('is all of it when there is one', () => {
    expect(shareOf(12.5, ALONE)).toBe(12.5);
    expect(isOurs(7, ALONE, 3)).toBe(true);
  });
  it('adds up, whatever the number of users', () => {
    for (const count of COUNTS) {
      for (const users of [Number.POSITIVE_INFINITY, 1, 2, 10, 60]) {
        for (const total of NUMBERS) {
          const shares = shards(count).map((shard) => shareOf(total, shard, users));
          expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
          const dealt = shards(count).map(
            (shard) => Array.from({ length: total }, (_, k) => k).filter((k) => isOurs(k, shard, users)).length,
          );
          expect(shares).toEqual(dealt);
        }
      }
    }
  });
  it('is nothing for a shard without users', () => {
    expect(shards(3).map((shard) => shareOf(100, shard, 2))).toEqual([50, 50, 0]);
    expect(shards(3).map((shard) => partOf(2, shard))).toEqual([0.5, 0.5, 0]);
    expect(partOf(0, { index: 1, count: 4 })).toBe(0.25);
  });
});
