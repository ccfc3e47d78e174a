import { describe, expect, it } from 'vitest';
import { UniqueIds, uniqueId } from '../../src/expression/functions/unique-id.js';
import { ProblemError } from '../../src/problem.js';
import { fakeTest, fakeUser } from '../kit.js';

const argument = (text: string) => ({ text, evaluate: () => text });
const context = { engineUser: fakeUser(), compile: (text: string) => text };
const compiled = (...args: string[]) => uniqueId.compile(args.map(argument), context);

describe('__uniqueId', () => {
  it('has the prefix, and behind it as many characters as the width says', () => {
    expect(compiled('user-', '24')(fakeUser())).toMatch(/^user-[0-9a-z]{24}$/);
    expect(compiled()(fakeUser())).toMatch(/^[0-9a-z]{20}$/);
  });

  it('never repeats for the users of a run, whatever the width', () => {
    const test = fakeTest();
    const calls = [compiled('', '18'), compiled('', '20')];
    const users = [fakeUser({ test }), fakeUser({ test })];
    const seen = new Set<string>();
    for (let i = 0; i < 1000; i++) for (const call of calls) for (const user of users) seen.add(call(user));
    expect(seen.size).toBe(4000);
    // One count for all: cut to the shorter width they differ too.
    expect(new Set([...seen].map((id) => id.slice(-4))).size).toBe(4000);
  });

  it('puts the value into a variable', () => {
    const user = fakeUser();
    const value = compiled('', '', 'id')(user);
    expect(user.variables.get('id')).toBe(value);
  });

  it('is refused when the width is too small to be unique', () => {
    for (const width of ['17', '65', 'x']) expect(() => compiled('', width)).toThrow(ProblemError);
  });

  it('never repeats over 100 shards that begin in the same millisecond and draw the same lot', () => {
    const seen = new Set<string>();
    for (let shard = 0; shard < 100; shard++) {
      const ids = new UniqueIds(
        shard,
        () => 1_700_000_000_000,
        (count) => '0'.repeat(count),
      );
      for (let i = 0; i < 200; i++) seen.add(ids.next(14));
    }
    expect(seen.size).toBe(20_000);
  });

  it('never repeats over machines and runs: the lot differs, or the time', () => {
    const seen = new Set<string>();
    for (let process = 0; process < 500; process++) {
      const ids = new UniqueIds(0, () => 1_700_000_000_000 + (process % 5));
      for (let i = 0; i < 20; i++) seen.add(ids.next(16));
    }
    expect(seen.size).toBe(10_000);
  });

  it('goes on behind the end of a block, also when the clock stands still', () => {
    const drawn: string[] = [];
    const ids = new UniqueIds(
      0,
      () => 1,
      (count) => '0'.repeat(count),
    );
    for (let i = 0; i < 36 ** 4 + 1; i++) {
      const id = ids.next(14);
      if (i % 36 ** 4 === 0) drawn.push(id);
    }
    expect(drawn).toEqual(['000000010000000000', '000000020000000000']);
  });
});
