// Prints how the golden cases fare, by area, and what is not the same:  npm run golden [-- [--later] TEXT…]
// Only cases whose `area/name` contains one of the texts, if any are given; `--later` prints what is refused as later.ts has it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const VERDICTS = ['same', 'refused', 'different', 'crashed', 'late'];
const here = path.dirname(fileURLToPath(import.meta.url));
const cli = path.resolve(here, '../../dist/cli.js');

/** The runner is TypeScript, like the tests that use it; bundled here so that plain node can load it. */
async function loadRunner() {
  const outfile = path.join(here, '../../node_modules/.cache/golden/run.mjs');
  const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external', logLevel: 'warning' };
  await build({ ...options, entryPoints: [path.join(here, 'run.ts')], outfile });
  for (const name of ['world-key.pem', 'world-cert.pem']) {
    fs.copyFileSync(path.join(here, name), path.join(path.dirname(outfile), name));
  }
  return import(pathToFileURL(outfile).href);
}

async function runAll(cases, check) {
  const results = [];
  let next = 0;
  const work = async () => {
    while (next < cases.length) {
      const one = cases[next++];
      const from = performance.now();
      const result = await check(one, { cli, limit: 30, every: true });
      results.push({ ...one, ...result, seconds: (performance.now() - from) / 1000 });
    }
  };
  await Promise.all(Array.from({ length: Math.max(4, os.availableParallelism()) }, work));
  return results;
}

function print(results) {
  const line = (name, list) => {
    const counts = VERDICTS.map((verdict) => list.filter((one) => one.verdict === verdict).length);
    console.log(name.padEnd(12) + [list.length, ...counts].map((n) => String(n).padStart(10)).join(''));
  };
  console.log('area'.padEnd(12) + ['cases', ...VERDICTS].map((name) => name.padStart(10)).join(''));
  for (const area of [...new Set(results.map((one) => one.area))].sort()) {
    line(
      area,
      results.filter((one) => one.area === area),
    );
  }
  line('all', results);
  const rest = results.filter((one) => one.verdict !== 'same');
  rest.sort((a, b) => VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict) || (a.name < b.name ? -1 : 1));
  for (const { verdict, area, name, detail } of rest) {
    console.log(`\n${verdict} ${area}/${name}`);
    for (const said of detail.slice(0, 4)) console.log(`  ${said.slice(0, 300)}`);
  }
}

/** The entries of later.ts for what is refused now. */
function printLater(results) {
  const lines = results.flatMap(({ verdict, area, name, detail }) => {
    if (verdict !== 'refused') return [];
    const said = /E201: (\S+)|E205: the function (\S+)|E30\d: (.*?)(?: \(\d+ times\))?$/m.exec(detail.join('\n')) ?? [];
    return [`  '${area}/${name}': '${said[1] ?? said[2] ?? said[3] ?? detail[0]}',`];
  });
  console.log(lines.sort().join('\n'));
}

const { findCases, check } = await loadRunner();
const given = process.argv.slice(2);
const wanted = given.filter((text) => text !== '--later');
const cases = findCases(path.join(here, 'cases')).filter(
  ({ area, name }) => wanted.length === 0 || wanted.some((text) => `${area}/${name}`.includes(text)),
);
const from = performance.now();
const results = await runAll(cases, check);
if (given.includes('--later')) printLater(results);
else print(results);
const slowest = results.toSorted((a, b) => b.seconds - a.seconds).slice(0, 3);
const slow = slowest.map(({ area, name, seconds }) => `${area}/${name} ${seconds.toFixed(1)} s`).join(', ');
console.log(`\n${((performance.now() - from) / 1000).toFixed(0)} s; slowest: ${slow}`);
process.exit(results.some(({ verdict }) => ['different', 'crashed', 'late'].includes(verdict)) ? 1 : 0);
