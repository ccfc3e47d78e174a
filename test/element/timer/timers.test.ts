import { describe, expect, it } from 'vitest';
import { constantTimer } from '../../../src/element/timer/constant-timer.js';
import { gaussianRandomTimer, standardNormal } from '../../../src/element/timer/gaussian-random-timer.js';
import { poisson, poissonRandomTimer } from '../../../src/element/timer/poisson-random-timer.js';
import { uniformRandomTimer } from '../../../src/element/timer/uniform-random-timer.js';
import type { Element, Props } from '../../../src/model/index.js';
import { fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';

const delay = <P extends Props>(element: Element<P>, time: Given, range: Given = '0', random = [0.5]): unknown => {
  let i = 0;
  const user = fakeUser({ random: () => random[i++ % random.length] ?? 0 });
  const self = place(element, { props: { 'ConstantTimer.delay': time, 'RandomTimer.range': range } });
  return element.delay?.(self.props(user), user, self);
};

/** A repeatable even sequence (the minimal standard generator). */
const even = (): (() => number) => {
  let seed = 12345;
  return () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
};
const many = (n: number, next: () => number): { mean: number; deviation: number } => {
  const list = Array.from({ length: n }, next);
  const mean = list.reduce((a, b) => a + b, 0) / n;
  return { mean, deviation: Math.sqrt(list.reduce((a, b) => a + (b - mean) ** 2, 0) / n) };
};

describe('Constant Timer', () => {
  it.each([
    ['300', 300],
    [' 300', 0],
    ['abc', 0],
    ['', 0],
    ['-5', -5],
    ['1.5', 0],
    [70, 70],
  ])('waits %j', (given, ms) => {
    expect(delay(constantTimer, given)).toBe(ms);
  });
  it('is not multiplied by timer.factor', () => {
    expect(constantTimer.factored).toBeUndefined();
  });
});

describe('Uniform Random Timer', () => {
  it('adds an even part of the range and cuts the fraction', () => {
    expect(delay(uniformRandomTimer, '100', '55.5', [0.5])).toBe(127);
  });
  it('turns a negative sum round', () => {
    expect(delay(uniformRandomTimer, '-100', '50', [0])).toBe(100);
  });
  it('is multiplied by timer.factor', () => {
    expect([uniformRandomTimer, gaussianRandomTimer, poissonRandomTimer].map((timer) => timer.factored)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('Gaussian Random Timer', () => {
  it('has the mean and the deviation it says', () => {
    const random = even();
    const { mean, deviation } = many(20_000, () => standardNormal(random));
    expect(mean).toBeCloseTo(0, 1);
    expect(deviation).toBeCloseTo(1, 1);
  });
  it('turns what falls below 0 round', () => {
    expect(delay(gaussianRandomTimer, '0', '100', [0.2, 0.4])).toBeGreaterThan(0);
  });
  it('waits the mean when the deviation is 0', () => {
    expect(delay(gaussianRandomTimer, '300', '0', [0.2, 0.4])).toBe(300);
  });
});

describe('Poisson Random Timer', () => {
  it.each([0.5, 5, 30, 31, 100, 300])('has mean and variance %d', (lambda) => {
    const random = even();
    const { mean, deviation } = many(20_000, () => poisson(lambda, random));
    expect(mean / lambda).toBeCloseTo(1, 1);
    expect(deviation / Math.sqrt(lambda)).toBeCloseTo(1, 1);
  });
  it('adds whole milliseconds to the fixed part', () => {
    expect(Number.isInteger(delay(poissonRandomTimer, '10', '99.6', [0.3, 0.7, 0.2]))).toBe(true);
  });
  it('waits the fixed part alone for a range of 0', () => {
    expect(delay(poissonRandomTimer, '10', '0', [0.3])).toBe(10);
  });
});
