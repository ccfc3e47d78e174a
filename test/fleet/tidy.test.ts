import { expect, it } from 'vitest';
import { Tidy } from '../../src/fleet/tidy.js';

it('collects garbage once when thousands of users have started and no more do', () => {
  let collected = 0;
  const tidy = new Tidy(() => collected++);
  const told = (...users: number[]): number => {
    for (const started of users) tidy.started(started);
    return collected;
  };
  expect(told(0, 0, 3000, 3000)).toBe(0);
  expect(told(6000, 9000)).toBe(0);
  expect(told(9000, 9000, 9000)).toBe(1);
  expect(told(12_000, 12_000)).toBe(1);
  expect(told(15_000, 15_000)).toBe(2);
});

it('can collect in this process', () => {
  expect(() => {
    const tidy = new Tidy();
    tidy.started(9000);
    tidy.started(9000);
  }).not.toThrow();
});
