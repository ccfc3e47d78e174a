import fs from 'node:fs';

/** Calls from one look at what is shared to the next: it takes some 40 ms for each GB. */
const LOOK_EVERY = 10;

/** What this process has spent since the last call. */
export class SpentHere {
  #cpu = process.cpuUsage();
  #calls = 0;
  #shared = 0;

  /** Memory in bytes; on Linux what processes share, such as the program itself, is counted once for all of them (PSS). */
  take(): { readonly cpuSeconds: number; readonly memory: number } {
    const cpu = process.cpuUsage();
    const { user, system } = this.#cpu;
    this.#cpu = cpu;
    const resident = process.memoryUsage.rss();
    if (this.#calls++ % LOOK_EVERY === 0) this.#shared = sharedOf(resident);
    return { cpuSeconds: (cpu.user - user + cpu.system - system) / 1e6, memory: Math.max(0, resident - this.#shared) };
  }
}

/** Bytes of the resident memory that are for other processes to count. */
function sharedOf(resident: number): number {
  try {
    const own = /^Pss: +(\d+) kB$/m.exec(fs.readFileSync('/proc/self/smaps_rollup', 'latin1'))?.[1];
    return own === undefined ? 0 : resident - Number(own) * 1024;
  } catch {
    // Elsewhere than on Linux.
    return 0;
  }
}
