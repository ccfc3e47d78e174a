/** Brokers for tests: aedes on a free port, and one that says what a script says. */
import net from 'node:net';
import { Aedes } from 'aedes';
import { WheelClock } from '../../../src/engine/index.js';
import {
  type MqttAck,
  type MqttError,
  type MqttHello,
  MqttKeeper,
  type MqttListener,
  type MqttServer,
  MqttSession,
  type MqttWaiter,
} from '../../../src/protocol/mqtt/index.js';

export const clock = new WheelClock();

export interface Broker {
  readonly port: number;
  close(): Promise<void>;
}

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const closed = (server: net.Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

export async function aedesBroker(): Promise<Broker & { readonly aedes: Aedes }> {
  const aedes = await Aedes.createBroker();
  const server = net.createServer({ noDelay: true }, aedes.handle);
  const port = await listen(server);
  return {
    aedes,
    port,
    async close() {
      const done = closed(server);
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      await done;
    },
  };
}

/** What came on one line of a scripted broker. */
export class Peer {
  received = Buffer.alloc(0);
  #wake: (() => void) | undefined;

  constructor(readonly socket: net.Socket) {
    socket.on('data', (data: Buffer) => {
      this.received = Buffer.concat([this.received, data]);
      this.#wake?.();
    });
    socket.on('error', () => {});
    socket.on('close', () => this.#wake?.());
  }

  say(...bytes: number[]): void {
    this.socket.write(Buffer.from(bytes));
  }

  /** The next packet, or undefined at the end of the line. */
  async packet(): Promise<Buffer | undefined> {
    for (;;) {
      const size = sizeOf(this.received);
      if (size > 0 && this.received.length >= size) {
        const packet = this.received.subarray(0, size);
        this.received = this.received.subarray(size);
        return packet;
      }
      if (this.socket.destroyed) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function sizeOf(bytes: Buffer): number {
  let length = 0;
  for (let at = 1; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    length += (byte & 127) * 128 ** (at - 1);
    if (byte < 128) return at + 1 + length;
  }
  return 0;
}

/** A broker that does what the test says with each line. */
export async function scripted(onLine: (peer: Peer) => void): Promise<Broker> {
  const peers = new Set<Peer>();
  const server = net.createServer((socket) => {
    const peer = new Peer(socket);
    peers.add(peer);
    onLine(peer);
  });
  const port = await listen(server);
  return {
    port,
    close() {
      for (const { socket } of peers) socket.destroy();
      return closed(server);
    },
  };
}

export const CONNACK = [0x20, 2, 0, 0] as const;

/** A broker that accepts the session and leaves the rest to the test. */
export const accepting = (onSession: (peer: Peer) => unknown, connack: readonly number[] = CONNACK): Promise<Broker> =>
  scripted(async (peer) => {
    await peer.packet();
    peer.say(...connack);
    await onSession(peer);
  });

export const answer = (ask: (waiter: MqttWaiter) => void): Promise<MqttAck> =>
  new Promise((done, failed) => ask({ done, failed }));

/** A listener that keeps what it hears. */
export class Ear implements MqttListener {
  readonly heard: string[] = [];
  readonly ended: MqttError[] = [];
  #wake: (() => void) | undefined;

  message(message: Parameters<MqttListener['message']>[0]): void {
    const { topic, payload, qos, dup, retain } = message;
    const text = payload.length > 100 ? `${payload.length} bytes` : payload.toString();
    this.heard.push(`${topic} ${text} ${qos}${dup ? ' dup' : ''}${retain ? ' retain' : ''}`);
    this.#wake?.();
  }
  closed(error: MqttError): void {
    this.ended.push(error);
    this.#wake?.();
  }
  /** Waits until that many messages and ends were heard. */
  async until(count: number): Promise<void> {
    while (this.heard.length + this.ended.length < count)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }
}

export const serverAt = (port: number, more: Partial<MqttServer> = {}): MqttServer => ({
  address: { host: '127.0.0.1', port },
  keeper: new MqttKeeper(clock),
  connectTimeout: 2000,
  ...more,
});

export const hello = (clientId: string, more: Partial<MqttHello> = {}): MqttHello => ({
  level: 4,
  clientId,
  clean: true,
  keepAlive: 60,
  ...more,
});

/** A connected session and what it hears; rejects with the MqttError when it cannot be had. */
export async function connect(
  server: MqttServer,
  greeting: MqttHello,
): Promise<{ session: MqttSession; ear: Ear; ack: MqttAck }> {
  const ear = new Ear();
  let session: MqttSession | undefined;
  const ack = await answer((waiter) => {
    session = new MqttSession(server, greeting, {}, ear, waiter);
  });
  if (session === undefined) throw new Error('no session');
  return { session, ear, ack };
}
