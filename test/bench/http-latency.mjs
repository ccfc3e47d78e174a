// How long requests take when many are under way at a fixed rate, on a core of their own.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pacedJob } from './http-plan.mjs';

const USERS = 5000;
const THINK_TIME = 250;
const OFFERED = (USERS * 1000) / THINK_TIME;
const RAMP = 5;
const SECONDS = 10;
const MOST = 5;
const PEER = path.join(import.meta.dirname, 'paced-peer.mjs');

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Turns of ours and of the bare client. */
const ROUNDS = 2;

/**
 * Adds the row with p50 and p99 of what the JTL says of the seconds behind the ramp-up. Own making is what comes on top of the
 * p99 of a bare client, which waits for the same server and gives way to the same neighbours on the machine.
 */
export async function benchLatency({ folder, cli, row, server }) {
  const [plan, jtl, log] = ['jmx', 'jtl', 'log'].map((end) => path.join(folder, `paced.${end}`));
  // The first users still run when all seconds are over.
  const loops = Math.ceil(((RAMP + SECONDS) * 1000) / THINK_TIME) + 4;
  fs.writeFileSync(plan, pacedJob(server.port, { users: USERS, ramp: RAMP, loops, thinkTime: THINK_TIME }));
  const own = [cli, '-n', '-t', plan, '-l', jtl, '-j', log];
  const peer = [PEER, ...[server.port, USERS, RAMP, loops, THINK_TIME].map(String), jtl];
  const [mine, bare] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await timesOf(peer, jtl, folder, server));
    mine.push(await timesOf(own, jtl, folder, server));
  }
  const best = (runs) => runs.sort((a, b) => a.p99 - b.p99)[0];
  const { p50, p99, rate, busy } = best(mine);
  const others = best(bare).p99;
  // Both cores less than full: then it is no queue at the server that is measured.
  const [client, nginx] = busy.map((share) => `${Math.round(share * 100)} %`);
  row(
    `HTTP: elapsed with ${USERS} users at ${OFFERED} requests/s`,
    `p50 ${p50} ms, p99 ${p99} ms at ${Math.round(rate)}/s; a bare client's p99 ${others} ms (core ${client} busy, the server's ${nginx})`,
    `p99 ≤ ${MOST} ms of own making`,
    p99 - others <= MOST && rate >= 0.95 * OFFERED,
  );
}

async function timesOf(program, jtl, folder, server) {
  fs.rmSync(jtl, { force: true });
  const args = ['-c', '1', process.execPath, ...program];
  const client = spawn('taskset', args, { stdio: 'ignore', cwd: folder });
  const ended = new Promise((resolve) => client.on('close', resolve));
  const busy = await busyOf([client.pid, server.pid]);
  await ended;
  const { rate, at } = await readTimes(jtl);
  return { rate, busy, p50: at(0.5), p99: at(0.99) };
}

/** Shares of a core that processes use in the measured seconds. */
async function busyOf(pids) {
  const seconds = () => pids.map(cpuSeconds);
  await pause(RAMP * 1000 + 500);
  const before = seconds();
  await pause((SECONDS - 1) * 1000);
  return seconds().map((after, i) => (after - before[i]) / (SECONDS - 1));
}

function cpuSeconds(pid) {
  const fields = fs
    .readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Requests per second of those that began behind the ramp-up, and the time that a share of them took at most. */
async function readTimes(file) {
  const counts = [];
  let first;
  let taken = 0;
  const add = (line) => {
    const [begin, elapsed] = line.split(',', 2).map(Number);
    if (Number.isNaN(begin)) return;
    first ??= begin - elapsed;
    if (line.includes(',false,')) throw new Error(`a failed sample: ${line}`);
    if (begin < first + RAMP * 1000 || begin >= first + (RAMP + SECONDS) * 1000) return;
    counts[elapsed] = (counts[elapsed] ?? 0) + 1;
    taken++;
  };
  let rest = '';
  for await (const piece of fs.createReadStream(file, { encoding: 'latin1' })) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) add(line);
  }
  const at = (share) => {
    let sum = 0;
    return counts.findIndex((count = 0) => {
      sum += count;
      return sum >= share * taken;
    });
  };
  return { rate: taken / SECONDS, at };
}
