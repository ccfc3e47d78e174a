import { describe, expect, it } from 'vitest';
import { type ResolverSettings, systemResolver } from '../../../src/protocol/index.js';

describe('the resolver', () => {
  it('leaves out what Java is told not to use', async () => {
    expect(await systemResolver(() => 0, { prefer: 'only ipv4' })('localhost')).toEqual(['127.0.0.1']);
  });

  it.each<[string, ResolverSettings, number, boolean]>([
    ['for 30 seconds', {}, 29_999, true],
    ['no longer', {}, 30_000, false],
    ['as long as it is told', { keep: 5000 }, 5000, false],
    ['not at all', { keep: 0 }, 0, false],
    ['for ever', { keep: Number.POSITIVE_INFINITY }, 1e12, true],
  ])('keeps an address %s', async (_, settings, later, kept) => {
    let now = 0;
    const resolve = systemResolver(() => now, settings);
    await resolve('localhost');
    now = later;
    expect(!(resolve('localhost') instanceof Promise)).toBe(kept);
  });
});
