import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Memory of a process once it is ready, judged by what it wrote to stderr; it is ended then. */
export async function memoryOf(args, ready) {
  // As shards are started when there are many of them.
  const flags = ['--expose-gc', '--max-semi-space-size=4'];
  const child = spawn(process.execPath, [...flags, '--import', path.join(here, 'held.mjs'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (data) => {
    output += data;
  });
  try {
    for (let tries = 0; tries < 600 && !ready(output); tries++) await pause(100);
    await pause(500);
    child.kill('SIGUSR2');
    for (let tries = 0; tries < 200 && !output.includes('HELD'); tries++) await pause(100);
    return JSON.parse(/HELD (\{.*\})/.exec(output)[1]);
  } finally {
    child.kill('SIGKILL');
  }
}
