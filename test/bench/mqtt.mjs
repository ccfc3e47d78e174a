// MQTT: CPU and memory of sessions and messages against MQTT.js, with a mosquitto of its own.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { memoryOf } from './memory.mjs';
import { bool, constantTimer, dummy, group, loop, plan, string, tag } from './plans.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const peer = path.join(here, 'mqtt-peer.mjs');
const BROKER = ['mosquitto', '/usr/sbin/mosquitto'].find((name) => spawnSync(name, ['-h']).error === undefined);
const ROUNDS = 2;
const SESSIONS = 5000;
const COLD = 2000;

const sampler = (name, props) =>
  tag(`net.xmeter.samplers.${name}Sampler`, `net.xmeter.gui.${name}SamplerUI`, name, props);
const connect = (port) =>
  sampler(
    'Connect',
    string('mqtt.server', '127.0.0.1') +
      string('mqtt.port', port) +
      string('mqtt.version', '3.1.1') +
      string('mqtt.client_id_prefix', 'own-${__threadNum}') +
      bool('mqtt.client_id_suffix', false) +
      string('mqtt.conn_keep_alive', 300),
  );
const publish = sampler(
  'Pub',
  string('mqtt.topic_name', 'bench/${__threadNum}') +
    string('mqtt.qos_level', 1) +
    string('mqtt.message_type', 'String') +
    string('mqtt.message_to_sent', 'x'.repeat(64)),
);
const wait = loop(1, constantTimer(600_000) + dummy('late'));

async function startBroker(folder) {
  const port = await new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
  const file = path.join(folder, 'mosquitto.conf');
  fs.writeFileSync(
    file,
    `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_connections -1\nlog_type none\npersistence false\n`,
  );
  const broker = spawn(BROKER, ['-c', file], { stdio: 'ignore' });
  for (let tries = 0; tries < 50; tries++) {
    const there = await new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (there) return { port, stop: () => broker.kill() };
    await pause(100);
  }
  broker.kill();
  throw new Error('mosquitto does not answer');
}
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Adds the rows of the table. */
export async function benchMqtt({ folder, cli, row, cpuOf }) {
  if (BROKER === undefined) {
    row('MQTT', 'mosquitto is needed and not there', '', true);
    return;
  }
  const broker = await startBroker(folder);
  const files = {
    plan: path.join(folder, 'mqtt.jmx'),
    jtl: path.join(folder, 'mqtt.jtl'),
    log: path.join(folder, 'mqtt.log'),
  };
  const ownArgs = (threads, body) => {
    fs.writeFileSync(files.plan, plan(group({ threads, loops: 1 }, body)));
    fs.rmSync(files.jtl, { force: true });
    return [cli, '-n', '-t', files.plan, '-l', files.jtl, '-j', files.log];
  };
  const own = (threads, messages) => {
    const { cpu } = cpuOf(ownArgs(threads, connect(broker.port) + (messages > 0 ? loop(messages, publish) : '')));
    checkRows(files.jtl, threads * (1 + messages));
    return cpu;
  };
  const idle = (threads) => {
    const { cpu } = cpuOf(ownArgs(threads, dummy('instead')));
    checkRows(files.jtl, threads);
    return cpu;
  };
  const other = (sessions, messages) => cpuOf([peer, `${broker.port}`, `${sessions}`, `${messages}`]).cpu;
  try {
    messages({ row, own, other }, 50, 4000);
    messages({ row, own, other }, 1000, 200);
    connecting({ row, own, idle, other });
    await memory({ row, files, ownArgs, port: broker.port });
  } finally {
    broker.stop();
  }
}

function checkRows(file, count) {
  const rows = fs.readFileSync(file, 'latin1').split('\n');
  if (rows.some((line) => line.includes(',false,')) || rows.length - 2 !== count)
    throw new Error(`${rows.length - 2} rows of ${count}: ${rows.find((line) => line.includes(',false,')) ?? ''}`);
}

const best = (measure) => Math.min(...Array.from({ length: ROUNDS }, measure));
const compared = (title, mine, bare, most, row) =>
  row(
    title,
    `${mine.toFixed(1)} µs = ${(mine / bare).toFixed(2)} × MQTT.js (${bare.toFixed(1)} µs)`,
    `≤ ${most} ×`,
    mine <= most * bare,
  );

function messages({ row, own, other }, sessions, count) {
  const each = (measure) =>
    best(() => ((measure(sessions, count) - measure(sessions, 1)) / (sessions * (count - 1))) * 1e6);
  compared(`MQTT: QoS 1 message with its row, ${sessions} sessions`, each(own), each(other), 0.65, row);
}

/** What a user costs that takes another sample instead is not the connection's; the peer has no users. */
function connecting({ row, own, idle, other }) {
  const each = (measure) => best(() => ((measure(SESSIONS, 0) - measure(1, 0)) / (SESSIONS - 1)) * 1e6);
  const user = each(idle);
  const whole = each(own);
  compared(`MQTT: connecting (beside ${user.toFixed(1)} µs of the user)`, whole - user, each(other), 0.5, row);
}

async function memory({ row, files, ownArgs, port }) {
  const ownHeld = async (threads) => {
    const args = ownArgs(threads, connect(port) + wait);
    return memoryOf(
      args,
      () => fs.existsSync(files.jtl) && fs.readFileSync(files.jtl, 'latin1').split('\n').length - 2 >= threads,
    );
  };
  const otherHeld = (sessions) =>
    memoryOf([peer, `${port}`, `${sessions}`, '0', 'stay'], (output) => output.includes('STAYS'));
  const each = async (measure) => {
    // Some pay for what is there once.
    const few = await measure(COLD);
    const many = await measure(COLD + SESSIONS);
    return { rss: Math.round((many.rss - few.rss) / SESSIONS), heap: Math.round((many.heap - few.heap) / SESSIONS) };
  };
  const mine = await each(ownHeld);
  const bare = await each(otherHeld);
  const most = Math.min(5120, 0.35 * bare.rss);
  row(
    `MQTT: memory of each of ${SESSIONS} users with a session`,
    `${mine.rss} B resident, of them ${mine.heap} B heap = ${(mine.rss / bare.rss).toFixed(2)} × MQTT.js (${bare.rss} B)`,
    '≤ 5120 B and ≤ 0.35 ×',
    mine.rss <= most,
  );
}
