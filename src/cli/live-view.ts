import type { Run } from '../engine/index.js';
import type { LiveTable } from '../report/index.js';
import type { Statistics } from '../result/index.js';
import type { Terminal } from './terminal.js';

/** The table at the bottom of the terminal while a run goes on. */
export interface LiveView {
  /** Prints a line above the table. */
  print(line: string): void;
  /** The terminal for everyone else: what goes to standard error takes the table away first. */
  readonly terminal: Terminal;
  /** `notes`: further lines above the table. */
  start(run: Run, notes?: () => readonly string[]): void;
  stop(): void;
}

const REPAINT_MS = 500;

/** A live view of the figures, painted twice a second. The report room is loaded only here. */
export async function openLiveView(terminal: Terminal, statistics: Statistics): Promise<LiveView> {
  const { LiveTable } = await import('../report/index.js');
  const screen = () => ({ columns: terminal.width, rows: terminal.height });
  const table: LiveTable = new LiveTable(terminal.out, screen, terminal.color);
  let timer: NodeJS.Timeout | undefined;
  return {
    print: (line) => table.print(line),
    terminal: {
      ...terminal,
      err(text) {
        table.clear();
        terminal.err(text);
      },
    },
    start(run, notes = () => []) {
      const begun = performance.now();
      timer = setInterval(() => table.paint(statistics, { ...progressOf(run, begun), notes: notes() }), REPAINT_MS);
    },
    stop() {
      clearInterval(timer);
      table.clear();
    },
  };
}

function progressOf(run: Run, begun: number) {
  return {
    users: { active: run.activeUsers, started: run.startedUsers, finished: run.finishedUsers },
    totalUsers: run.totalUsers,
    elapsedSeconds: (performance.now() - begun) / 1000,
    plannedSeconds: run.plannedSeconds,
  };
}
