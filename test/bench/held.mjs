// Preloaded into a measured process: prints its memory, cleaned up, whenever it gets SIGUSR2.
import fs from 'node:fs';
import { Session } from 'node:inspector/promises';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const session = new Session();
session.connect();
/** Memory that is its own, without the files that are mapped into it. */
const own = () => {
  const found =
    fs.existsSync('/proc/self/status') && /RssAnon:\s+(\d+) kB/.exec(fs.readFileSync('/proc/self/status', 'latin1'));
  return found ? Number(found[1]) * 1024 : process.memoryUsage.rss();
};
process.on('SIGUSR2', async () => {
  // All that can be collected, which `gc()` does not do; pages that are free are given back a little later.
  await session.post('HeapProfiler.collectGarbage');
  await pause(1500);
  process._rawDebug(`HELD ${JSON.stringify({ rss: own(), heap: process.memoryUsage().heapUsed })}`);
});
