// HTTP: client CPU per sample of the whole job against plain GETs of wrk and autocannon, and the same job in JMeter and k6.
//   METERLESS_BENCH_JMETER   a command that starts JMeter, e.g. jmeter
//   METERLESS_BENCH_K6       a k6 binary; else the k6 on the PATH
// The server is an nginx of its own on the first core, clients run on the second.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { benchLatency } from './http-latency.mjs';
import { connectedJob, httpJob, plainJob } from './http-plan.mjs';
import { memoryOf } from './memory.mjs';

const ROUNDS = 2;
/** Samples after which a client counts as warm, and as many again are measured. */
const COLD = 50_000;
const WARM = 100_000;
const CONNECTED = 5000;
/** Users that pay for what is there once. */
const FIRST = 1000;
const BODY =
  '{"token":"abc123","items":[{"id":1,"name":"first"},{"id":2,"name":"second"}],"status":"success","pages":100}';

const config = (
  folder,
  port,
) => `daemon off; master_process off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/nginx.err;
events { worker_connections 12000; }
http {
  access_log off; keepalive_requests 1000000000; keepalive_timeout 600; default_type application/json;
  client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
  server {
    listen 127.0.0.1:${port} backlog=8192;
    location = /login { add_header Set-Cookie "session=0123456789abcdef; Path=/"; return 200 '{}'; }
    location / { return 200 '${BODY}'; }
  }
}
`;

async function startServer(folder) {
  const port = await freePort();
  const file = path.join(folder, 'nginx.conf');
  fs.writeFileSync(file, config(folder, port));
  const server = spawn('taskset', ['-c', '0', 'nginx', '-c', file, '-e', `${folder}/nginx.err`], { stdio: 'ignore' });
  let failed = false;
  server.on('error', () => {
    failed = true;
  });
  for (let tries = 0; tries < 50 && !failed && server.exitCode === null; tries++) {
    if (await answers(port)) return { port, pid: server.pid, stop: () => server.kill() };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill();
  return undefined;
}

const freePort = () =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const answers = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/** CPU seconds of a command and its children, and what it printed. */
function measure(folder, command) {
  const script = 'TIMEFORMAT="CPU %U %S"; time "$@"';
  const { stdout, stderr } = spawnSync('taskset', ['-c', '1', 'bash', '-c', script, 'bash', ...command], {
    encoding: 'utf8',
    cwd: folder,
    maxBuffer: 1e8,
    timeout: 300_000,
  });
  const figures = /CPU ([\d.]+) ([\d.]+)/.exec(stderr);
  if (!figures) throw new Error(`${command.join(' ')}: ${stdout}${stderr}`);
  return { cpu: Number(figures[1]) + Number(figures[2]), out: stdout + stderr };
}

const isThere = (command) => spawnSync('bash', ['-c', `command -v ${command}`]).status === 0;

/** What each client costs: CPU microseconds of one sample, cold (its start is taken off by a short run) and warm. */
function clients({ folder, port, cli, users }) {
  const write = (name, text) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return file;
  };
  const run = (start, loops, job = httpJob) => {
    const file = write('http.jmx', job(port, users, loops));
    const jtl = path.join(folder, 'http.jtl');
    fs.rmSync(jtl, { force: true });
    const { cpu, out } = measure(folder, [...start, '-n', '-t', file, '-l', jtl, '-j', path.join(folder, 'http.log')]);
    const rows = fs.readFileSync(jtl, 'latin1');
    if (/,false,/.test(rows)) throw new Error(`failed samples: ${rows.slice(0, 2000)}${out}`);
    return cpu;
  };
  const perSample = (seconds, samples) => (seconds / samples) * 1e6;
  const coldAndWarm = (measured) => {
    const [start, cold, warm] = [1, COLD / users, (COLD + WARM) / users].map(measured);
    return { cold: perSample(cold - start, COLD - users), warm: perSample(warm - cold, WARM) };
  };
  const own = [process.execPath, cli];
  const autocannon = createRequire(import.meta.url).resolve('autocannon');
  const url = `http://127.0.0.1:${port}/plain`;
  return {
    own: () => coldAndWarm((loops) => run(own, loops)),
    plain: () => coldAndWarm((loops) => run(own, loops, plainJob)).warm,
    jmeter: (command) => coldAndWarm((loops) => run(command.split(' '), loops)),
    wrk() {
      const { cpu, out } = measure(folder, ['wrk', '-t1', `-c${users}`, '-d2', url]);
      return perSample(cpu, Number(/(\d+) requests in/.exec(out)?.[1]));
    },
    autocannon() {
      const ask = (loops) =>
        measure(folder, [process.execPath, autocannon, '--no-progress', '-c', users, '-a', loops * users, url]).cpu;
      return coldAndWarm(ask).warm;
    },
    k6(command) {
      const file = write('http.js', k6Script(port));
      const ask = (loops) => {
        const csv = path.join(folder, 'k6.csv');
        return measure(folder, [command, 'run', '-q', '-u', users, '-i', loops * users, '--out', `csv=${csv}`, file])
          .cpu;
      };
      return perSample(ask(COLD / users) - ask(2), COLD - 2 * users);
    },
  };
}

/** The same job; k6 keeps cookies by itself. */
const k6Script = (port) => `import http from 'k6/http';
import { check } from 'k6';
let n = 0;
const tenant = 'acme';
let token = 'none';
export default function () {
  if (n === 0) { http.get('http://127.0.0.1:${port}/login'); http.cookieJar().set('http://127.0.0.1:${port}', 'session', '0123456789abcdef'); }
  n++;
  const body = '{"order":' + n + ',"tenant":"' + tenant + '","items":[{"sku":"a-' + n + '","count":2},{"sku":"b","count":1}],"note":"please ring twice"}';
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json', 'Accept-Language': 'en', 'X-Request-Id': 'r-' + n, 'X-Tenant': tenant, Authorization: 'Bearer ' + token };
  const answer = http.post('http://127.0.0.1:${port}/orders/' + n + '?tenant=' + tenant, body, { headers });
  token = /"token":"([^"]+)"/.exec(answer.body)[1];
  const id = answer.json('items.0.id');
  check(answer, { status: (r) => r.status === 200, success: (r) => r.body.includes('success') && id === 1 });
}
`;

/** Adds the rows of the table; a peer that is not there has one that says so. */
export async function benchHttp({ folder, cli, row }) {
  const server = isThere('nginx') && isThere('taskset') ? await startServer(folder) : undefined;
  if (server === undefined) {
    row('HTTP', 'nginx and taskset are needed and not there', '', true);
    return;
  }
  try {
    for (const users of [50, 500]) benchUsers({ folder, cli, row, port: server.port, users });
    await benchMemory({ folder, cli, row, port: server.port });
    await benchLatency({ folder, cli, row, server });
  } finally {
    server.stop();
  }
}

async function benchMemory({ folder, cli, row, port }) {
  const [plan, jtl, log] = ['jmx', 'jtl', 'log'].map((end) => path.join(folder, `connected.${end}`));
  const measure = (users) => {
    // Slowly, so that the start does not pile up garbage.
    fs.writeFileSync(plan, connectedJob(port, users, Math.ceil(users / 1000)));
    fs.rmSync(jtl, { force: true });
    const ready = () => fs.existsSync(jtl) && fs.readFileSync(jtl, 'latin1').split('\n').length - 2 >= users;
    return memoryOf([cli, '-n', '-t', plan, '-l', jtl, '-j', log], ready);
  };
  const one = await measure(1);
  const few = await measure(FIRST);
  const all = await measure(CONNECTED);
  const more = await measure(FIRST + CONNECTED);
  const each = (after, before, what) => Math.round((after[what] - before[what]) / CONNECTED);
  row(
    `HTTP: memory of each of ${CONNECTED} further users with a connection`,
    `${each(more, few, 'rss')} B resident, of them ${each(more, few, 'heap')} B heap (of the first ${CONNECTED}: ${each(all, one, 'rss')} B, ${each(all, one, 'heap')} B heap)`,
    '≤ 7168 B',
    each(more, few, 'rss') <= 7168,
  );
}

function benchUsers({ row, users, ...where }) {
  const client = clients({ users, ...where });
  const peers = [
    { name: 'wrk', says: "wrk's plain GET", target: 2.5, cost: isThere('wrk') && client.wrk },
    { name: 'autocannon', says: "autocannon's plain GET", target: 1.1, cost: client.autocannon },
  ];
  const best = new Map();
  const note = (name, cost) => best.set(name, Math.min(cost, best.get(name) ?? Number.POSITIVE_INFINITY));
  for (let round = 0; round < ROUNDS; round++) {
    const { cold, warm } = client.own();
    note('cold', cold);
    note('warm', warm);
    note('plain', client.plain());
    for (const { name, cost } of peers) if (cost) note(name, cost());
  }
  const title = (name) => `HTTP, ${users} users: ${name}`;
  const compare = (says, cost, most, own = best.get('warm')) => {
    const target = most >= 1 ? `≤ ${most} ×` : `≤ 1/${1 / most}`;
    if (cost === undefined) row(title(`against ${says}`), 'not there', target, true);
    else
      row(title(`against ${says}`), `${(own / cost).toFixed(3)} × (${cost.toFixed(1)} µs)`, target, own <= most * cost);
  };
  const figure = (name) => `${best.get(name).toFixed(1)} µs`;
  row(title('CPU of a sample of the whole job'), `${figure('warm')} (first ${COLD}: ${figure('cold')})`, '', true);
  row(title('CPU of a sample of a plain GET'), figure('plain'), '', true);
  for (const { name, says, target } of peers) compare(says, best.get(name), target);
  const { METERLESS_BENCH_JMETER: jmeter, METERLESS_BENCH_K6: k6 = isThere('k6') ? 'k6' : undefined } = process.env;
  const java = jmeter ? client.jmeter(jmeter) : undefined;
  compare('JMeter, warm', java?.warm, 1 / 4);
  compare(`JMeter, first ${COLD} samples of both`, java?.cold, 1 / 8, best.get('cold'));
  compare('k6', k6 && client.k6(k6), 1 / 6);
}
