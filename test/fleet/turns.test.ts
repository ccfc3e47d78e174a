import { describe, expect, it } from 'vitest';
import { Turns } from '../../src/fleet/turns.js';

describe('turns', () => {
  function shard() {
    const asked: string[] = [];
    const used: number[] = [];
    const clock = { now: 0 };
    const turns = new Turns(
      (key, count) => asked.push(`${count} ${key}`),
      () => clock.now,
    );
    return { asked, used, clock, turns, use: () => turns.turn('a', (n) => used.push(n)) };
  }

  it('are used in their order, by those who waited first', async () => {
    const { asked, used, turns, use } = shard();
    const waits = [use(), use(), use()];
    expect(asked).toEqual(['1 a']);
    turns.got('a', 4, 1);
    // For those who wait.
    expect([used, asked]).toEqual([[4], ['1 a', '2 a']]);
    turns.got('a', 9, 2);
    await Promise.all(waits);
    expect(used).toEqual([4, 9, 10]);
  });
  it('come in blocks that are used up soon, but not at once', () => {
    const { asked, used, clock, turns, use } = shard();
    let answered = 0;
    for (let first = 0; asked.length < 40; clock.now += 1) {
      use();
      for (; answered < asked.length; answered++) {
        const count = Number(asked[answered]?.split(' ')[0]);
        turns.got('a', first, count);
        first += count;
      }
    }
    // The first 33 one by one: what takes only a few leaves none unused.
    expect(asked.slice(0, 33).every((ask) => ask === '1 a')).toBe(true);
    expect(asked.slice(33)).toEqual(['2 a', '4 a', '8 a', '16 a', '32 a', '64 a', '32 a']);
    expect(used).toEqual(used.map((_, i) => i));
  });
  it('come one by one when few are used', () => {
    const { asked, clock, turns, use } = shard();
    for (let n = 0; n < 5; n++, clock.now += 1000) {
      use();
      turns.got('a', n, 1);
    }
    expect(asked).toEqual(Array.from({ length: 5 }, () => '1 a'));
  });
  it('tell whom they are for of what goes wrong', async () => {
    const { turns } = shard();
    const wait = turns.turn('a', () => {
      throw new Error('ended');
    });
    turns.got('a', 0, 2);
    await expect(wait).rejects.toThrow('ended');
    expect(() =>
      turns.turn('a', () => {
        throw new Error('ended too');
      }),
    ).toThrow('ended too');
  });
});
