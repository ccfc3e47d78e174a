import dgram from 'node:dgram';
import type { Stoppable } from './signals.js';

export interface ShutdownPort {
  readonly port: number;
  close(): void;
}

/**
 * JMeter's shutdown port: UDP datagrams `Shutdown` and `StopTestNow` from this machine stop the run. The first free port
 * from `from` to `to` is taken; undefined when there is none. HeapDump and ThreadDump are the JVM's and not recognised.
 */
export async function openShutdownPort(
  from: number,
  to: number,
  run: Stoppable,
  say: (line: string) => void,
): Promise<ShutdownPort | undefined> {
  for (let port = from; port <= to; port++) {
    const socket = await bind(port);
    if (!socket) continue;
    socket.unref();
    socket.on('error', () => {});
    socket.on('message', (data, { address }) => {
      const command = data.toString('latin1');
      say(`Command: ${command} received from /${address}`);
      if (command === 'Shutdown') run.stop();
      else if (command === 'StopTestNow') run.stopNow();
      else say(`Command: ${command} not recognised `);
    });
    return { port, close: () => socket.close() };
  }
  return undefined;
}

function bind(port: number): Promise<dgram.Socket | undefined> {
  return new Promise((resolve) => {
    const socket = dgram.createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(undefined);
    });
    // JMeter binds to all addresses and ignores what others send; listening on this machine only comes to the same.
    socket.bind(port, '127.0.0.1', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
