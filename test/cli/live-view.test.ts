import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLiveView } from '../../src/cli/live-view.js';
import { Statistics } from '../../src/result/index.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the live view', () => {
  it('paints twice a second, makes room for other lines and goes away', async () => {
    const screen: string[] = [];
    const terminal = {
      out: (text: string) => void screen.push(text),
      err: (text: string) => void screen.push(`!${text}`),
      live: true,
      attached: true,
      color: false,
      width: 100,
      height: 30,
      end: (done: () => void) => done(),
    };
    const view = await openLiveView(terminal, new Statistics());
    view.start(
      {
        finished: Promise.resolve({ stopped: false }),
        stop() {},
        stopNow() {},
        activeUsers: 2,
        startedUsers: 3,
        finishedUsers: 1,
        totalUsers: 5,
        plannedSeconds: 60,
      },
      () => ['a note'],
    );
    expect(screen).toEqual([]);
    vi.advanceTimersByTime(500);
    expect(screen.join('')).toContain('2 of 5 users active, 3 started, 1 finished');
    expect(screen.join('')).toMatch(/0:00 of 1:00\x1b\[K\na note\x1b\[K\nlabel/);
    screen.length = 0;
    view.terminal.err('Stopping');
    expect(screen.join('')).toMatch(/\x1b\[J!Stopping$/);
    view.stop();
    screen.length = 0;
    vi.advanceTimersByTime(5000);
    expect(screen).toEqual([]);
  });
});
