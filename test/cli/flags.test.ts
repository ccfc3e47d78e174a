import { describe, expect, it } from 'vitest';
import { type Command, flagsOf } from '../../src/cli/flags.js';
import { helpOf } from '../../src/cli/help.js';
import { countProblems, showProblems } from '../../src/cli/show-problems.js';
import { at, problems } from '../../src/problem.js';

const commands: readonly Command[] = ['run', 'check', 'convert', 'jmeter'];

describe('the table of flags', () => {
  it('has each letter and each name once per command', () => {
    for (const command of commands) {
      const spelled = flagsOf(command).flatMap(([, { short, long }]) => [...(short ? [`-${short}`] : []), `--${long}`]);
      expect(new Set(spelled).size).toBe(spelled.length);
    }
  });
  it("has all of JMeter's letters", () => {
    const letters = flagsOf('jmeter').flatMap(([, { short }]) => (short ? [short] : []));
    expect([...letters].sort().join('')).toBe([...'?hvpqtlijnsEHPNuaJGDSfLrRdXgeo'].sort().join(''));
  });
  it('gives help in which every flag of the command stands, within the width', () => {
    for (const command of commands) {
      const help = helpOf(command, 80);
      for (const [, { long, later }] of flagsOf(command)) expect(help.includes(`-${long}`)).toBe(later === undefined);
      expect(
        Math.max(
          ...help
            .split('\n')
            .slice(4)
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(90);
    }
  });
});

describe('problems on the console', () => {
  const here = (line: number) => at(problems.unknownElement('X'), { file: 'p.jmx', line, path: `Plan/${line}` });
  it('stand together with count and places, errors first', () => {
    const list = [problems.unknownFunction('__x'), here(1), here(2), here(3)];
    expect(showProblems(list, 2)).toBe(
      [
        'error E201: X is not an element that Meterless knows (3 times)',
        '    at p.jmx:1 in Plan/1',
        '    at p.jmx:2 in Plan/2',
        '    and 1 more',
        '    help: disable it, or see docs/elements.md',
        'warning W203: ${__x} is not a function that Meterless knows; it stays as it is written, as a variable would',
        '',
      ].join('\n'),
    );
    expect(countProblems(list)).toBe('3 errors, 1 warning');
    expect(countProblems([])).toBe('');
  });
});
