/** Servers on loopback that answer an upgrade with whatever bytes a test wants. */
import crypto from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach } from 'vitest';
import {
  WebSocketClient,
  type WebSocketFrame,
  type WebSocketHeader,
  type WebSocketProxy,
} from '../../../src/protocol/index.js';
import { realClock } from '../../kit.js';

const opened: { close(): unknown }[] = [];
const sockets = new Set<net.Socket>();
const clients: WebSocketClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.dispose();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await Promise.all(opened.splice(0).map((server) => new Promise((resolve) => resolve(server.close()))));
});

type OnConnection = (socket: net.Socket) => void;

export const listen = (onConnection: OnConnection, secure = false): Promise<number> =>
  new Promise((resolve) => {
    const keep: OnConnection = (socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      onConnection(socket);
    };
    const pem = (name: string): Buffer => fs.readFileSync(new URL(`../../fixtures/tls/${name}.pem`, import.meta.url));
    const server = secure
      ? tls.createServer({ key: pem('key'), cert: pem('cert') }, keep)
      : net.createServer({ allowHalfOpen: true }, keep);
    server.on('tlsClientError', () => {});
    opened.push(server);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });

/** A port that nobody listens at. */
export async function closedPort(): Promise<number> {
  const port = await listen(() => {});
  const server = opened.pop();
  await new Promise((resolve) => resolve(server?.close()));
  return port;
}

export const accept = (request: string): string =>
  crypto
    .createHash('sha1')
    .update(`${/Sec-WebSocket-Key: (.*)\r/.exec(request)?.[1]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');

export const HEAD = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n';

/** A server that upgrades, sends these bytes (hex) with the answer, and hands over the socket. */
export const upgrading = (
  hex = '',
  then: (socket: net.Socket, request: string) => void = () => {},
  secure = false,
): Promise<number> =>
  listen((socket) => {
    socket.once('data', (data) => {
      const request = data.toString('latin1');
      socket.write(
        Buffer.concat([
          Buffer.from(`${HEAD}Sec-WebSocket-Accept: ${accept(request)}\r\n\r\n`),
          Buffer.from(hex.replaceAll(' ', ''), 'hex'),
        ]),
      );
      then(socket, request);
    });
  }, secure);

export interface ClientOptions {
  readonly headers?: readonly WebSocketHeader[];
  readonly host?: string;
  readonly path?: string;
  readonly secure?: boolean;
  readonly readTimeout?: number;
  readonly proxy?: WebSocketProxy;
}

export function newClient(port: number, { host = '127.0.0.1', path = '/ws', secure = false }: ClientOptions = {}) {
  const url = `http${secure ? 's' : ''}://${host}:${port}${path}`;
  const client = new WebSocketClient(
    { host, port, secure, path, url },
    { now: realClock.now, after: realClock.after, connectTo: (to, at) => ({ host: to, port: at }) },
  );
  clients.push(client);
  return client;
}

export function connect(client: WebSocketClient, { headers = [], readTimeout = 1000, proxy }: ClientOptions = {}) {
  return client.connect({ headers, readTimeout, connectTimeout: 1000, proxy });
}

export async function connected(port: number, options: ClientOptions = {}): Promise<WebSocketClient> {
  const client = newClient(port, options);
  await connect(client, options);
  return client;
}

/** The next frame of a client. */
export const read = (client: WebSocketClient, timeout: number): Promise<WebSocketFrame> =>
  new Promise((resolve, reject) => {
    const frame = client.read(timeout, { frame: resolve, failed: reject });
    if (frame !== undefined) resolve(frame);
  });

/** What it throws or rejects with, as Java would print it. */
export async function failure(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return String(error);
  }
  return 'no failure';
}

/** The payloads a client sent, unmasked, with their first byte. */
export function unmask(bytes: Buffer): { first: number; payload: Buffer; size: number }[] {
  const frames = [];
  for (let at = 0; at < bytes.length; ) {
    const short = bytes.readUInt8(at + 1) & 127;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    const mask = bytes.subarray(at + header, at + header + 4);
    const payload = Buffer.from(bytes.subarray(at + header + 4, at + header + 4 + length));
    for (let i = 0; i < payload.length; i++) payload[i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
    frames.push({ first: bytes.readUInt8(at), payload, size: header + 4 + length });
    at += header + 4 + length;
  }
  return frames;
}
