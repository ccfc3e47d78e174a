// Measures Meterless against a peer in the same run and prints ratios.
//   npm run bench                all of them
//   npm run bench -- startup compile engine steps jtl idle websocket extract http mqtt
// CPU is what the process itself used (user + system), so other work on the machine disturbs little.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchHttp } from './http.mjs';
import { benchMqtt } from './mqtt.mjs';
import {
  constantTimer,
  dummy,
  group,
  ifFalse,
  ifTrue,
  loop,
  nothing,
  onceOnly,
  plan,
  processors,
  webSocket,
} from './plans.mjs';
import { benchSessions } from './sessions.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const cli = path.join(here, '../../dist/cli.js');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'meterless-bench-'));
const timed = path.join(here, 'timed.mjs');

/** CPU seconds of a whole process, its start included. */
function cpuOf(args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', timed, ...args], {
    encoding: 'utf8',
    cwd: folder,
    maxBuffer: 1e8,
  });
  const figures = /CPU (\{.*\})/.exec(stderr)?.[1];
  if (!figures) throw new Error(`exit ${status}: ${stdout}${stderr}`);
  return { ...JSON.parse(figures), status };
}

function writePlan(name, text) {
  const file = path.join(folder, `${name}.jmx`);
  fs.writeFileSync(file, text);
  return file;
}

const runPlan = (name, text) =>
  cpuOf([
    cli,
    '-n',
    '-t',
    writePlan(name, text),
    '-l',
    path.join(folder, `${name}.jtl`),
    '-j',
    path.join(folder, `${name}.log`),
  ]);
const best = (times, measure) => Math.min(...Array.from({ length: times }, measure));
const million = (n) => `${(n / 1e6).toFixed(2)} M/s`;
const rows = [];
const row = (name, value, target, good) => rows.push([name, value, target, good ? 'ok' : 'MISSED']);

const benches = {
  startup() {
    const empty = path.join(folder, 'empty.mjs');
    fs.writeFileSync(empty, '');
    const wall = (args) => {
      const begin = process.hrtime.bigint();
      spawnSync(process.execPath, args, { cwd: folder, stdio: 'ignore' });
      return Number(process.hrtime.bigint() - begin) / 1e6;
    };
    const file = writePlan('startup', plan(group({ loops: 1 }, dummy('one'))));
    const peer = best(20, () => wall([empty]));
    const own = best(20, () => wall([cli, 'run', file, '-l', path.join(folder, 'startup.jtl')]));
    row(
      'start-up: run of a one-sample plan',
      `${own.toFixed(0)} ms = ${(own / peer).toFixed(2)} × an empty script (${peer.toFixed(0)} ms)`,
      '≤ 3 ×',
      own <= 3 * peer,
    );
  },

  compile() {
    // Passed over by an If Controller, so that loading and compiling is all that is done.
    const samplers = Array.from({ length: 1250 }, (_, i) => dummy(`sampler ${i} \${user}`, processors)).join('');
    const file = writePlan('compile', plan(group({ loops: 1 }, ifFalse(samplers) + dummy('one'))));
    const ms = best(5, () => {
      const begin = process.hrtime.bigint();
      spawnSync(process.execPath, [cli, 'run', file, '-l', path.join(folder, 'compile.jtl')], { cwd: folder });
      return Number(process.hrtime.bigint() - begin) / 1e6;
    });
    row('start-up: run of a plan of 5,000 elements', `${ms.toFixed(0)} ms`, '≤ 1000 ms', ms <= 1000);
  },

  engine() {
    const rate = (name, count, body) => {
      const base = best(3, () => runPlan(`${name}-base`, plan(group({ loops: 1 }, body))).cpu);
      const full = best(3, () => runPlan(name, plan(group({ loops: count }, body))).cpu);
      return count / (full - base);
    };
    const bare = rate('bare', 1_000_000, dummy('bare'));
    row('engine: bare Dummy, rows written', million(bare), '≥ 0.40 M/s', bare >= 400_000);
    const dressed = rate('dressed', 500_000, dummy('dressed', processors));
    row('engine: with two extractors and an assertion', million(dressed), '≥ 0.20 M/s', dressed >= 200_000);
  },

  steps() {
    // Each pass: the loop, the If, the Once Only (passed over), the sampler.
    const count = 4_000_000;
    const body = (n) => plan(group({ loops: 1 }, loop(n, ifTrue(onceOnly(nothing('first')) + nothing('again')))));
    const base = best(3, () => runPlan('steps-base', body(1)).cpu);
    const full = best(3, () => runPlan('steps', body(count)).cpu);
    const rate = (4 * count) / (full - base);
    row('engine: bare steps (loop, if, once only, no-op sampler)', million(rate), '≥ 10 M/s', rate >= 10e6);
  },

  async jtl() {
    const { rate } = await inProcess('jtl');
    row('JTL: rows formatted and written', million(rate), '≥ 0.80 M/s', rate >= 800_000);
  },

  async idle() {
    const file = writePlan('idle', plan(group({ threads: 50_000, loops: 1 }, constantTimer(600_000) + dummy('late'))));
    const { bytesPerUser } = await inProcess('idle', file, '50000');
    row(
      'idle: heap of a user waiting in a timer (50,000 users)',
      `${bytesPerUser} B`,
      '≤ 4096 B',
      bytesPerUser <= 4096,
    );
  },

  async websocket() {
    const server = spawn(process.execPath, [path.join(here, 'echo-server.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const port = await new Promise((resolve) => server.stdout.once('data', (data) => resolve(Number(String(data)))));
    try {
      const users = 50;
      const loops = 2000;
      const total = users * loops;
      const own = () => {
        const body = (n) =>
          plan(group({ threads: users, loops: 1 }, webSocket.open(port) + loop(n, webSocket.ask('hello'))));
        return (runPlan('ws', body(loops)).cpu - runPlan('ws-base', body(1)).cpu) / total;
      };
      const peer = () => {
        const client = (n) => cpuOf([path.join(here, 'echo-client.mjs'), String(port), String(users), String(n)]).cpu;
        return (client(loops) - client(1)) / total;
      };
      const pairs = Array.from({ length: 3 }, () => [own(), peer()]);
      const mine = Math.min(...pairs.map(([a]) => a)) * 1e6;
      const bare = Math.min(...pairs.map(([, b]) => b)) * 1e6;
      row(
        'WebSocket: request-response with its row',
        `${mine.toFixed(1)} µs = ${(mine / bare).toFixed(2)} × a bare ws loop (${bare.toFixed(1)} µs)`,
        '≤ 1.3 ×',
        mine <= 1.3 * bare,
      );
    } finally {
      server.kill();
    }
  },

  async extract() {
    const { results } = await inProcess('extract');
    for (const { name, size, own, peer, time } of results) {
      const ratio = own / time;
      // On small bodies writing the variables takes longer than the search.
      row(
        `extract: ${name}, ${size / 1000} KB`,
        `${own.toFixed(1)} µs = ${ratio.toFixed(2)} × ${peer} (${time.toFixed(1)} µs)`,
        '≤ 1.3 ×',
        ratio <= 1.3 || own - time <= 1,
      );
    }
  },

  sessions: () => benchSessions({ folder, cli, row }),
  mqtt: () => benchMqtt({ folder, cli, row, cpuOf }),
  http: () => benchHttp({ folder, cli, row }),
};

/** Runs a measurement that needs the modules themselves, bundled from src, in a process of its own. */
async function inProcess(name, ...args) {
  const { build } = await import('esbuild');
  const outfile = path.join(folder, `${name}.mjs`);
  await build({
    entryPoints: [path.join(here, `${name}.ts`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    define: { METERLESS_VERSION: '"bench"' },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', outfile, ...args], {
    encoding: 'utf8',
    cwd: folder,
    maxBuffer: 1e8,
  });
  const result = stdout.trim().split('\n').at(-1);
  if (!result?.startsWith('{')) throw new Error(stdout + stderr);
  return JSON.parse(result);
}

const asked = process.argv.slice(2);
for (const name of asked.length ? asked : Object.keys(benches).filter((one) => one !== 'sessions')) {
  if (!(name in benches)) {
    console.error(`no bench ${name}; there are: ${Object.keys(benches).join(', ')}`);
    process.exit(2);
  }
  process.stderr.write(`${name} …\n`);
  await benches[name]();
}
const widths = [0, 1, 2].map((i) => Math.max(...rows.map((cells) => cells[i].length)));
for (const cells of rows) console.log(cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '));
fs.rmSync(folder, { recursive: true, force: true });
process.exit(rows.some((cells) => cells[3] !== 'ok') ? 1 : 0);
