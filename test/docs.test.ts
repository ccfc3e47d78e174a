import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { registry } from '../src/element/index.js';
import { functions } from '../src/expression/index.js';

describe('what follows from the declarations', () => {
  it('docs/elements.md says what they say', () => {
    execFileSync(process.execPath, ['docs/elements.mjs', '--check'], { stdio: 'pipe' });
  });

  it('gives each element its own tags and scenario call', () => {
    const twice = (names: readonly string[]): readonly string[] => names.filter((name, i) => names.indexOf(name) !== i);
    // Two plugins gave their classes the same names.
    const plain = registry.elements.filter(({ toldBy }) => toldBy === undefined);
    expect(twice(plain.flatMap(({ tags }) => tags))).toEqual([]);
    expect(twice(registry.elements.map(({ call }) => call))).toEqual([]);
    expect(twice([...functions].map(({ name }) => name))).toEqual([]);
  });

  it('has a sentence for every element and function', () => {
    const rows = fs
      .readFileSync('docs/elements.md', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const sentence = (row: string): string => {
      const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
      return (row.startsWith('| `__') ? cells[3] : cells[2]) ?? '';
    };
    expect(rows.filter((row) => sentence(row) === '')).toEqual([]);
    expect(rows.length).toBeGreaterThan(80);
  });
});

describe('links between the pages', () => {
  const pages = [
    'README.md',
    ...fs
      .readdirSync('docs')
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`),
  ];
  it.each(pages)('%s', (page) => {
    const links = [...fs.readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, to = '']) => to);
    expect(links.filter((to) => !fs.existsSync(path.join(path.dirname(page), to)))).toEqual([]);
  });
});
