// Live MQTT sessions on this machine: one plan, shards, and a mosquitto for every 18,000 sessions. Not part of the other
// measurements, for it takes ten minutes:   npm run bench -- sessions
//   METERLESS_BENCH_SESSIONS   how many (400000)
//   METERLESS_BENCH_HOLD       seconds for which all of them are held (300)
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { bool, constantTimer, group, plan, string, tag } from './plans.mjs';

const SESSIONS = Number(process.env.METERLESS_BENCH_SESSIONS ?? 400_000);
const HOLD = Number(process.env.METERLESS_BENCH_HOLD ?? 300);
const MANY = SESSIONS > 400_000;
/** New sessions per second: 400,000 are to be there in 120 s. A million ping beside those that connect. */
const RATE = MANY ? 3000 : 4000;
const KEEP_ALIVE = MANY ? 300 : 120;
/** Below the number of open files of a process. */
const PER_BROKER = 18_000;
const PORT = 18_830;
const BROKER = ['mosquitto', '/usr/sbin/mosquitto'].find((name) => spawnSync(name, ['-h']).error === undefined);

const sampler = (name, title, props, children) =>
  tag(`net.xmeter.samplers.${name}Sampler`, `net.xmeter.gui.${name}SamplerUI`, title, props, children);
/** JMeter's thread groups start a user each millisecond, or all at once. */
const GROUPS = RATE / 1000;

/** Each user connects to its broker, subscribes to its own topic, waits, and publishes one message there. */
const job = (brokers, ramp) => plan(Array.from({ length: GROUPS }, (_, i) => users(i, brokers, ramp)).join(''));

const users = (i, brokers, ramp) => {
  const name = `g${i}`;
  const topic = `bench/${name}/\${__threadNum}`;
  // The users of one shard go to all brokers in turn: one that was held up does not fill the queue of a single broker.
  const host = `127.0.2.\${__jexl3((\${__threadNum} - 1 + (\${__threadNum} - 1) / ${brokers}) % ${brokers} + 1)}`;
  const stays = constantTimer((HOLD + ramp) * 1000);
  return group(
    { threads: Math.ceil(SESSIONS / GROUPS), loops: 1, ramp },
    sampler(
      'Connect',
      'connect',
      string('mqtt.server', host) +
        // A port for each group: mosquitto lets only a hundred wait at one.
        string('mqtt.port', PORT + i) +
        string('mqtt.version', '3.1.1') +
        string('mqtt.client_id_prefix', `${name}-\${__threadNum}`) +
        bool('mqtt.client_id_suffix', false) +
        string('mqtt.conn_keep_alive', KEEP_ALIVE) +
        string('mqtt.conn_timeout', 60),
    ) +
      sampler(
        'Sub',
        'subscribe',
        string('mqtt.topic_name', topic) +
          string('mqtt.qos_level', 1) +
          string('mqtt.sample_condition', 'specified elapsed time (ms)') +
          string('mqtt.sample_condition_value', 1),
      ) +
      sampler(
        'Pub',
        'publish',
        string('mqtt.topic_name', topic) +
          string('mqtt.qos_level', 1) +
          string('mqtt.message_type', 'String') +
          string('mqtt.message_to_sent', 'hello'),
        stays,
      ) +
      // The message may come behind the answer to it.
      sampler('DisConnect', 'disconnect', '', constantTimer(10_000)),
  );
};

/** Adds the rows of the table. */
export async function benchSessions({ folder, cli, row }) {
  if (BROKER === undefined) {
    row('MQTT sessions', 'mosquitto is needed and not there', '', true);
    return;
  }
  const count = Math.ceil(SESSIONS / PER_BROKER);
  const ramp = Math.ceil(SESSIONS / RATE);
  const before = memory();
  const brokers = await Promise.all(Array.from({ length: count }, (_, i) => startBroker(folder, `127.0.2.${i + 1}`)));
  try {
    await measure({ folder, cli, row, count, ramp, brokers, before });
  } finally {
    for (const broker of brokers) broker.kill();
  }
}

async function measure({ folder, cli, row, count, ramp, brokers, before }) {
  const files = Object.fromEntries(
    ['jmx', 'jtl', 'log', 'json'].map((end) => [end, path.join(folder, `sessions.${end}`)]),
  );
  fs.writeFileSync(files.jmx, job(count, ramp));
  const args = ['-n', '-t', files.jmx, '-l', files.jtl, '-j', files.log, '--shards', `${count}`];
  args.push('--local-addresses', `127.0.1.1-127.0.1.${count}`, `--mqtt-delivery=${files.json}`);
  const run = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
  let output = '';
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (data) => (output += data));
  const ended = new Promise((resolve) => run.on('close', resolve));
  const started = Date.now();
  let connected = 0;
  let seconds;
  let held;
  while (run.exitCode === null) {
    await Promise.race([pause(2000), ended]);
    connected = sockets() - before.sockets;
    const passed = (Date.now() - started) / 1000;
    // Both ends of each are on this machine.
    if (seconds === undefined && connected >= 2 * SESSIONS) seconds = passed;
    if (held === undefined && passed > ramp + HOLD * 0.7) held = takeStock(run.pid, brokers, before);
    process.stderr.write(`\r${Math.round(passed)} s: ${Math.round(connected / 2)} sessions   `);
  }
  process.stderr.write('\n');
  fs.writeFileSync(path.join(folder, 'sessions.out'), output);
  if (!fs.existsSync(files.jtl)) throw new Error(output);
  const rows = await judge(files.jtl);
  const figure = (name, text, target, ok) => row(`MQTT sessions, ${SESSIONS}: ${name}`, text, target, ok);
  figure(
    'connected and subscribed',
    `${rows.connect} of ${SESSIONS}, all live after ${seconds?.toFixed(0)} s`,
    `all in ≤ ${Math.max(120, ramp * 1.2)} s`,
    rows.connect === SESSIONS && rows.subscribe === SESSIONS && seconds <= Math.max(120, ramp * 1.2),
  );
  figure(`dropped in ${HOLD} s`, `${SESSIONS - rows.publish}`, '0', rows.publish === SESSIONS);
  const most = MANY ? 18 : 8;
  figure(
    'memory, with brokers and both ends of the sockets in the kernel',
    `${gb(held?.all)} GB (clients ${gb(held?.clients)}, brokers ${gb(held?.brokers)}, kernel ${gb(held?.kernel)})`,
    `≤ ${most} GB`,
    held?.all <= most * 2 ** 30,
  );
  figure(
    'client memory of a session, its user and its share of the process',
    `${Math.round((held?.clients ?? 0) / SESSIONS)} B`,
    '≤ 5120 B',
    held?.clients / SESSIONS <= 5120,
  );
  const { sent, arrived, duplicates, latencyMs } = JSON.parse(fs.readFileSync(files.json, 'utf8')).total;
  figure(
    'messages that arrived',
    `${arrived} of ${sent}, ${duplicates} twice, p99 ${latencyMs.p99} ms`,
    'all, once',
    sent === SESSIONS && arrived === SESSIONS && duplicates === 0,
  );
  console.error(output.split('\n').slice(-40).join('\n'));
}

/** Rows that succeeded, by label. */
async function judge(file) {
  const good = { connect: 0, subscribe: 0, publish: 0, disconnect: 0 };
  let failed;
  let rest = '';
  for await (const chunk of fs.createReadStream(file, 'latin1')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const label = line.split(',', 3)[2];
      if (label in good && line.includes(',true,')) good[label]++;
      else if (label in good) failed ??= line;
    }
  }
  if (failed !== undefined) console.error(`the first that failed: ${failed}`);
  return good;
}

function takeStock(pid, brokers, before) {
  const now = memory();
  const clients = [pid, ...childrenOf(pid)].map(pss).reduce((a, b) => a + b, 0);
  const own = brokers.map(({ pid: broker }) => pss(broker)).reduce((a, b) => a + b, 0);
  const kernel = now.slab - before.slab;
  return { clients, brokers: own, kernel, all: clients + own + kernel };
}

const childrenOf = (pid) =>
  fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return fs.readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === `${pid}`;
      } catch {
        return false;
      }
    })
    .map(Number);

function pss(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) * 1024;
  } catch {
    return 0;
  }
}

function memory() {
  const text = fs.readFileSync('/proc/meminfo', 'utf8');
  return { slab: Number(/^Slab:\s+(\d+)/m.exec(text)?.[1]) * 1024, sockets: sockets() };
}
const sockets = () => Number(/TCP: inuse (\d+)/.exec(fs.readFileSync('/proc/net/sockstat', 'utf8'))?.[1]);
const gb = (bytes) => ((bytes ?? Number.NaN) / 2 ** 30).toFixed(2);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function startBroker(folder, host) {
  const file = path.join(folder, `broker-${host}.conf`);
  fs.writeFileSync(
    file,
    `${Array.from({ length: GROUPS }, (_, i) => `listener ${PORT + i} ${host}\nmax_connections -1\nsocket_domain ipv4\n`).join('')}allow_anonymous true\nlog_type none\npersistence false\nsys_interval 0\nset_tcp_nodelay true\n`,
  );
  const broker = spawn(BROKER, ['-c', file], { stdio: 'ignore' });
  for (let tries = 0; tries < 100; tries++) {
    const there = await new Promise((resolve) => {
      const socket = net.connect(PORT, host, () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (there) return broker;
    await pause(100);
  }
  broker.kill();
  throw new Error(`mosquitto does not answer at ${host}`);
}
