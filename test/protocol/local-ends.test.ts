import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { comeFrom, LocalEnds, Wire } from '../../src/protocol/index.js';
import { TcpLine } from '../../src/protocol/mqtt/tcp-line.js';

const alarms = { now: () => performance.now(), after: () => ({ cancel() {} }) };
const open: { close(): void }[] = [];
afterEach(() => {
  comeFrom(undefined);
  for (const one of open.splice(0)) one.close();
});

async function listening(): Promise<{ readonly port: number; readonly from: string[] }> {
  const from: string[] = [];
  const server = net.createServer((socket) => {
    from.push(`${socket.remoteAddress}:${socket.remotePort}`);
    socket.on('error', () => {});
    open.push({ close: () => void socket.destroy() });
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, from };
}

async function connect(port: number, localAddress?: string): Promise<void> {
  const to = { host: '127.0.0.1', port, secure: false, named: 'here', localAddress };
  const wire = await Wire.open(to, 0, alarms, () => {});
  open.push({ close: () => wire.dispose() });
}

describe('local ends', () => {
  const ends = (of: LocalEnds, n: number): string[] =>
    Array.from({ length: n }, () => {
      const { localAddress, localPort } = of.next();
      return `${localAddress}:${localPort}`;
    });

  it('are others for each shard, and never those that the system gives out', () => {
    const all = [0, 1, 2].flatMap((index) => {
      const own = new LocalEnds(['127.0.0.2', '127.0.0.3'], { index, count: 3 });
      return ends(own, Math.floor((2 * 22_528) / 3));
    });
    expect(new Set(all).size).toBe(all.length);
    const ports = all.map((end) => Number(end.split(':')[1]));
    expect([Math.min(...ports), Math.max(...ports)]).toEqual([10_240, 32_767]);
  });
  it('are where connections come from, one after the other', async () => {
    const { port, from } = await listening();
    // Far from where other programs begin.
    comeFrom(new LocalEnds(['127.0.0.77'], { index: 4000, count: 10_000 }));
    await connect(port);
    await connect(port);
    await connect(port, '127.0.0.78');
    expect(from.slice(0, 2)).toEqual(['127.0.0.77:19251', '127.0.0.77:19252']);
    expect(from[2]).toMatch(/^127\.0\.0\.78:/);
  });
  it('are left out when they are taken', async () => {
    const { port, from } = await listening();
    const two = { index: 5000, count: 11_264 };
    comeFrom(new LocalEnds(['127.0.0.79'], two));
    await connect(port);
    // Its own begin anew, and the first is in use.
    comeFrom(new LocalEnds(['127.0.0.79'], two));
    await connect(port);
    expect(from).toEqual(['127.0.0.79:20240', '127.0.0.79:20241']);
  });
});

describe('an MQTT line', () => {
  it('goes on from another end when its own is taken, unless it was given up', async () => {
    const { port, from } = await listening();
    const two = { index: 6000, count: 11_264 };
    comeFrom(new LocalEnds(['127.0.0.81'], two));
    await connect(port);
    comeFrom(new LocalEnds(['127.0.0.81'], two));
    const lost: unknown[] = [];
    const line = await new Promise<TcpLine>((resolve) => {
      const made: TcpLine = new TcpLine(
        { host: '127.0.0.1', port },
        {},
        { opened: () => resolve(made), received: () => true, drained() {}, lost: (error) => void lost.push(error) },
      );
    });
    open.push({ close: () => line.cut(true) });
    expect([from, lost]).toEqual([['127.0.0.81:22240', '127.0.0.81:22241'], []]);
    const taken = new TcpLine(
      { host: '127.0.0.1', port },
      { localAddress: '127.0.0.81', localPort: 22_240 },
      { opened() {}, received: () => true, drained() {}, lost: (error) => void lost.push(error) },
    );
    taken.cut(false);
    while (!taken.closed) await new Promise((resolve) => setImmediate(resolve));
    expect([from.length, taken.connecting, lost]).toEqual([2, false, []]);
  });
});
