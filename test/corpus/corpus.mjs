// Runs every public plan of ../shared/corpus through `check` and prints how much of them is supported:  npm run corpus [-- --raise]
// Fails when a share is below floor.json, which --raise lifts to what is measured now.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const KINDS = ['elements', 'functions', 'scripts', 'plans'];
const here = path.dirname(fileURLToPath(import.meta.url));
const floorFile = path.join(here, 'floor.json');
const folder = path.resolve(here, '../../../shared/corpus');

async function loadCounter() {
  const outfile = path.join(here, '../../node_modules/.cache/corpus/count.mjs');
  const define = { METERLESS_VERSION: '"corpus"' };
  const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external', logLevel: 'warning', define };
  await build({ ...options, entryPoints: [path.join(here, 'count.ts')], outfile });
  return import(pathToFileURL(outfile).href);
}

function print(counts) {
  const row = (cells) =>
    cells.map((cell, i) => (i === 0 ? String(cell).padEnd(11) : String(cell).padStart(10))).join('');
  console.log(row(['', 'there', 'supported', 'share']));
  for (const kind of KINDS) {
    const { total, supported } = counts[kind];
    console.log(row([kind, total, supported, `${((100 * supported) / total).toFixed(1)} %`]));
  }
  for (const kind of KINDS.slice(0, 3)) {
    const missing = [...counts[kind].missing].sort((a, b) => b[1] - a[1]);
    if (missing.length === 0) continue;
    const most = missing.slice(0, 12).map(([name, count]) => `${name} ${count}`);
    console.log(
      `\n${kind} not supported: ${most.join(', ')}${missing.length > 12 ? `, and ${missing.length - 12} more` : ''}`,
    );
  }
}

if (!fs.existsSync(folder)) {
  console.log('Left out: the public plans stand beside the checkout where Meterless is developed.');
  process.exit(0);
}
const { countCorpus } = await loadCounter();
const counts = await countCorpus(folder);
print(counts);
const supported = Object.fromEntries(KINDS.map((kind) => [kind, counts[kind].supported]));
if (process.argv.includes('--raise')) fs.writeFileSync(floorFile, `${JSON.stringify(supported, undefined, 2)}\n`);
const floor = JSON.parse(fs.readFileSync(floorFile, 'utf8'));
for (const kind of KINDS.filter((one) => supported[one] < floor[one])) {
  console.error(`\n${kind}: ${supported[kind]} supported, but ${floor[kind]} were before`);
  process.exitCode = 1;
}
