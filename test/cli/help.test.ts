import { describe, expect, it } from 'vitest';
import { helpOf, overview } from '../../src/cli/help.js';

describe('help on a terminal', () => {
  it.each(['run', 'check', 'report', 'convert', 'mirror', 'jmeter'] as const)(
    'of %s fits, whole words, with examples',
    (command) => {
      for (const width of [80, 140]) {
        const wide = helpOf(command, width)
          .split('\n')
          .filter((line) => line.length >= width);
        expect(wide).toEqual([]);
      }
      const words = (text: string): string => text.replace(/\s+/g, ' ');
      expect(words(helpOf(command, 80))).toBe(words(helpOf(command, 1000)));
      expect(helpOf(command, 80)).toContain('Examples:');
    },
  );

  it('of all commands fits', () => {
    expect(
      overview(80)
        .split('\n')
        .filter((line) => line.length >= 80),
    ).toEqual([]);
  });
});
