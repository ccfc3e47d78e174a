// Writes docs/elements.md from the declarations: what each element and function is called in a plan, what it takes, and
// the first sentence of its comment.   node docs/elements.mjs [--check]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { writeIndexes } from '../build.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const page = path.join(root, 'docs/elements.md');

/** The sentence in the comment before each `export const x = MAKER(`, by the declared name. */
function sentences(folder, maker) {
  const found = new Map();
  for (const file of fs.readdirSync(path.join(root, folder), { recursive: true }).map(String)) {
    if (!file.endsWith('.ts')) continue;
    const text = fs.readFileSync(path.join(root, folder, file), 'utf8');
    const declared = new RegExp(
      `/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export const (\\w+)(?:: \\w+)? = ${maker}\\(`,
      'g',
    );
    for (const [, comment, name] of text.matchAll(declared)) {
      const plain = comment
        .replace(/^\s*\*? ?/gm, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      found.set(name, (/^.*?(?<!\b(?:e\.g|i\.e))\.(?= |$)/.exec(plain)?.[0] ?? plain).replace(/\.$/, ''));
    }
  }
  return found;
}

/** Name and value of everything declared, by way of a bundle of the generated index. */
async function declared(folder, maker) {
  const outfile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'meterless-docs-')), 'all.mjs');
  const index = fs.readFileSync(path.join(root, folder, 'all.generated.ts'), 'utf8');
  const names = [...index.matchAll(/^ {2}(\w+),$/gm)].map(([, name]) => name);
  await build({
    entryPoints: [path.join(root, folder, 'all.generated.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  // Packages are left out of the bundle; it must find them from here.
  const beside = path.join(root, `.${maker}-docs.mjs`);
  fs.copyFileSync(outfile, beside);
  try {
    const { all } = await import(pathToFileURL(beside).href);
    const comments = sentences(folder, maker);
    return all.map((spec, i) => ({ spec, sentence: comments.get(names[i]) ?? '' }));
  } finally {
    fs.rmSync(beside);
  }
}

const ROLES = [
  ['group', 'Thread groups'],
  ['testPlan', 'Test plan'],
  ['controller', 'Controllers'],
  ['transaction', 'Controllers'],
  ['sample', 'Samplers'],
  ['variables', 'Config elements'],
  ['config', 'Config elements'],
  ['before', 'Pre-processors'],
  ['delay', 'Timers'],
  ['after', 'Post-processors'],
  ['assert', 'Assertions'],
  ['listen', 'Listeners'],
];
const ORDER = [
  'Test plan',
  'Thread groups',
  'Controllers',
  'Samplers',
  'Config elements',
  'Pre-processors',
  'Timers',
  'Post-processors',
  'Assertions',
  'Listeners',
  'Others',
];
const roleOf = (spec) => ROLES.find(([role]) => spec[role])?.[1] ?? 'Others';
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const keys = (props) =>
  Object.values(props)
    .map((prop) => `\`${prop.jmx}\``)
    .join(' ');

writeIndexes();
const elements = await declared('src/element', 'element');
const functions = await declared('src/expression/functions', 'fn');
const lines = [
  '# Elements and functions that run',
  '',
  'Written from the declarations by `node docs/elements.mjs`; not to be edited. An element that is not here is named by',
  '`meterless check`, and by `run` before it starts.',
];
for (const title of ORDER) {
  const rows = elements
    .filter(({ spec }) => roleOf(spec) === title)
    .sort((a, b) => (a.spec.tags[0] < b.spec.tags[0] ? -1 : 1));
  if (rows.length === 0) continue;
  lines.push('', `## ${title}`, '', '| in the plan | what it does | properties |', '|---|---|---|');
  for (const { spec, sentence } of rows)
    lines.push(`| \`${spec.tags[0]}\` | ${cell(sentence)} | ${keys(spec.props)} |`);
}
lines.push('', '## Functions', '', '| function | arguments | what it gives |', '|---|---|---|');
for (const { spec, sentence } of [...functions].sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1)))
  lines.push(`| \`${spec.name}\` | ${cell(spec.usage)} | ${cell(sentence)} |`);
const text = `${lines.join('\n')}\n`;

if (process.argv.includes('--check')) {
  const same = fs.existsSync(page) && fs.readFileSync(page, 'utf8') === text;
  if (!same) console.error('docs/elements.md is not what the declarations say: run node docs/elements.mjs');
  process.exit(same ? 0 : 1);
}
fs.writeFileSync(page, text);
