import { type ChildProcess, fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { ShardProcess } from './fleet.js';
import type { FromShard, Order } from './message.js';

/** How the processes of shards are started. */
export interface Launching {
  /** The program, and what makes it a shard. */
  readonly script: string;
  readonly args: readonly string[];
  /** Processors of this machine. */
  readonly cores: number;
  /** What each is to do beside its share. */
  readonly task: unknown;
}

/** Descriptor of the pipe that takes rows, in the shard. */
export const ROWS_FD = 4;

/**
 * Starts the process of a shard. It is in a group of its own, so that Ctrl-C reaches it only by way of us; when we are gone
 * its channel closes, and it ends.
 */
export function launch({ script, args, cores, task }: Launching, order: Order): ShardProcess {
  const child = fork(script, args, {
    execArgv: nursery(order.count, cores),
    serialization: 'advanced',
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc', 'pipe'],
  });
  const sent: ShardProcess['send'] = (message) => {
    // One that is gone is told of by its end.
    if (child.connected) child.send(message, () => {});
  };
  sent({ what: 'begin', order, task });
  return {
    send: sent,
    kill: () => void child.kill('SIGKILL'),
    // The other side is our own program, of the same version.
    onMessage: (hear) => void child.on('message', (message) => hear(message as FromShard)),
    onRows: (hear) =>
      void rowsOf(child)
        .on('data', hear)
        .on('error', () => {}),
    onGone: (hear) => onGone(child, hear),
  };
}

/**
 * A few busy shards get a large nursery: it keeps pauses short. Many that mostly wait would only fill the memory with it
 * (MB; performance of 5,000 users: p99 4.7 to 1.6 ms).
 */
const nursery = (count: number, cores: number): string[] =>
  count <= 2 * cores ? ['--max-semi-space-size=64', '--min-semi-space-size=16'] : ['--max-semi-space-size=4'];

const rowsOf = (child: ChildProcess): Readable => child.stdio[ROWS_FD] as Readable; // stdio says 'pipe' there

function onGone(child: ChildProcess, hear: (how: string) => void): void {
  let how = 'it could not be started';
  child.on('error', (error) => {
    how = `it could not be started: ${error.message}`;
    if (child.pid === undefined) hear(how);
  });
  child.on('exit', (code, signal) => {
    how = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
  });
  child.on('close', () => hear(how));
}
