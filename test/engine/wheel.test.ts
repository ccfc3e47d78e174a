import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WheelClock } from '../../src/engine/index.js';

describe('the timer wheel', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** The waits that were over, as `name@ms since the start`. */
  const scene = () => {
    const clock = new WheelClock();
    const start = performance.now();
    const over: string[] = [];
    const wait = (name: string, ms: number) =>
      clock.after(ms, () => void over.push(`${name}@${Math.round(performance.now() - start)}`));
    return { clock, over, wait };
  };

  it('calls back in the order of time, equal ones in the order they were asked for', () => {
    const { over, wait } = scene();
    wait('late', 30);
    wait('a', 10);
    wait('b', 10);
    wait('now', 0);
    vi.advanceTimersByTime(100);
    expect(over).toEqual(['now@0', 'a@10', 'b@10', 'late@30']);
  });

  it('keeps waits apart that lie a whole turn of the wheel from each other', () => {
    const { over, wait } = scene();
    for (const ms of [5, 5 + 4096, 5 + 3 * 4096, 600_000]) wait('w', ms);
    vi.advanceTimersByTime(700_000);
    expect(over).toEqual(['w@5', 'w@4101', 'w@12293', 'w@600000']);
  });

  it('forgets what was cancelled, first, middle and last of a slot', () => {
    const { over, wait } = scene();
    const alarms = ['a', 'b', 'c', 'd', 'e'].map((name) => wait(name, 10));
    for (const i of [0, 2, 4]) alarms[i]?.cancel();
    alarms[0]?.cancel();
    vi.advanceTimersByTime(20);
    expect(over).toEqual(['b@10', 'd@10']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('serves a wait that is asked for, and one that is cancelled, while it calls back', () => {
    const { clock, over, wait } = scene();
    clock.after(10, () => {
      wait('asked', 5);
      neighbour.cancel();
    });
    const neighbour = wait('neighbour', 10);
    wait('other', 10);
    vi.advanceTimersByTime(50);
    expect(over).toEqual(['other@10', 'asked@15']);
  });

  it('catches up after the process was held up, and leaves no timer behind', () => {
    const { over, wait } = scene();
    wait('a', 10);
    wait('b', 20);
    wait('far', 9000);
    vi.advanceTimersByTime(8999);
    expect(over).toEqual(['a@10', 'b@20']);
    vi.advanceTimersByTime(1);
    expect(over.at(-1)).toBe('far@9000');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells whole milliseconds that never go back', () => {
    const { clock } = scene();
    const first = clock.now();
    vi.advanceTimersByTime(1.5);
    expect(Number.isInteger(first)).toBe(true);
    expect(clock.now() - first).toBeGreaterThanOrEqual(1);
  });
});
