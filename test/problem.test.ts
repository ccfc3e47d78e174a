import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { at, formatProblem, problems } from '../src/problem.js';

const catalogue = Object.entries(problems) as [string, (...facts: string[]) => ReturnType<typeof problems.doctype>][];
const said = catalogue.map(([name, make]) => ({ name, ...make('a', 'b', 'c') }));

describe('the catalogue of problems', () => {
  it('gives each its own code, whose letter is the severity', () => {
    expect(new Set(said.map(({ code }) => code)).size).toBe(said.length);
    const letters = { error: 'E', warning: 'W', note: 'N' };
    expect(said.filter(({ code, severity }) => !/^[EWN]\d{3}$/.test(code) || code[0] !== letters[severity])).toEqual(
      [],
    );
  });

  it('holds nothing that nobody says', () => {
    const sources = fs
      .readdirSync('src', { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.ts') && file !== 'problem.ts')
      .map((file) => fs.readFileSync(path.join('src', file), 'utf8'))
      .join('\n');
    expect(said.filter(({ name }) => !sources.includes(`problems.${name}(`)).map(({ name }) => name)).toEqual([]);
  });

  it('tells place, reason and next step', () => {
    const problem = at(problems.unknownElement('Foo'), { file: 'plan.jmx', line: 3, column: 5, path: 'Plan/G/Foo' });
    expect(formatProblem(problem)).toBe(
      'plan.jmx:3:5: error E201: Foo is not an element that Meterless knows\n' +
        '    in Plan/G/Foo\n' +
        '    help: disable it, or see docs/elements.md',
    );
  });
});
