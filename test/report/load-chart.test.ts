import { describe, expect, it } from 'vitest';
import type { LoadShape } from '../../src/model/index.js';
import { renderLoad } from '../../src/report/index.js';

const options = { width: 30, color: false };
const users = (at: (second: number) => number, end: number): LoadShape => ({ of: 'users', at, settled: end, end });
const open = (at: (second: number) => number, settled: number): LoadShape => ({
  of: 'users',
  at,
  settled,
  end: undefined,
});

describe('the chart of a load', () => {
  it('shows a ramp, a hold and the way down', () => {
    const up = users((second) => (second < 10 ? Math.floor(second) + 1 : second < 15 ? 10 : 20 - second), 20);
    expect(renderLoad('Shop', up, options)).toBe(
      [
        'Shop: up to 10 users in 20 s',
        '10 ┤          ▄████████',
        '   │       ▄███████████',
        '   │     ▄█████████████▃',
        '   │  ▄██████████████████▅▂',
        '   │▄██████████████████████▆▃',
        ' 0 └─────────────────────────',
        '    0                    20 s',
      ].join('\n'),
    );
  });

  it('goes on where the users end by themselves', () => {
    const steps = open((second) => Math.min(4, Math.floor(second / 30) + 1), 90);
    const lines = renderLoad('Shop', steps, options).split('\n');
    expect(lines[0]).toBe('Shop: up to 4 users after 1:3…');
    expect(lines.at(-2)).toMatch(/^0 └─+→$/);
    expect(Math.max(...lines.map((line) => line.length))).toBe(30);
  });

  it('is one line when the load is always the same', () => {
    expect(
      renderLoad(
        'G',
        open(() => 1, 0),
        options,
      ),
    ).toBe('G: 1 user from the start, unt…');
    expect(
      renderLoad('G', { of: 'arrivals', at: () => 2.5, settled: 5400, end: 5400 }, { ...options, width: 60 }),
    ).toBe('G: 2.5 arrivals/s for 1:30:00 h');
  });

  it('says why it cannot be told, and prints no control characters', () => {
    expect(renderLoad('a\x1b[31m', { unknown: 'no' }, { width: 60, color: true })).toBe(
      '\x1b[1ma [31m\x1b[22m: the load cannot be told: no',
    );
  });

  it('keeps a peak between two columns', () => {
    const peak = users((second) => (second >= 1000 && second < 1100 ? 100 : 1), 7200);
    expect(renderLoad('G', peak, options).split('\n')[1]).toMatch(/^100 ┤ *█$/);
  });
});
