import fs from 'node:fs';

/** What this process has spent since the last call. */
export class SpentHere {
  #cpu = process.cpuUsage();

  take(): { readonly cpuSeconds: number; readonly memory: number } {
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#cpu = process.cpuUsage();
    return { cpuSeconds: (user + system) / 1e6, memory: memory() };
  }
}

/** Bytes; on Linux what processes share, such as the program itself, is counted once for all of them (PSS). */
function memory(): number {
  try {
    const pss = /^Pss: +(\d+) kB$/m.exec(fs.readFileSync('/proc/self/smaps_rollup', 'latin1'))?.[1];
    if (pss !== undefined) return Number(pss) * 1024;
  } catch {
    // Elsewhere than on Linux.
  }
  return process.memoryUsage.rss();
}
