/**
 * A deterministic loopback world for golden runs: one port that speaks HTTP, HTTPS, WebSocket, MQTT and plain TCP, told
 * apart by the first bytes of a connection. Each world counts by itself (`/seq`, `/flaky`), so each case gets its own.
 */
import fs from 'node:fs';
import type { IncomingMessage } from 'node:http';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { WorldBroker } from './world-broker.js';
import { answer, type WorldState } from './world-http.js';
import { WorldSockets } from './world-websocket.js';

const pem = (name: string): Buffer => fs.readFileSync(new URL(`world-${name}.pem`, import.meta.url));

const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

export class World {
  readonly #server = net.createServer((socket) => this.#take(socket));
  readonly #http = http.createServer();
  readonly #tls: tls.Server;
  readonly #broker = new WorldBroker();
  readonly #open = new Set<net.Socket>();

  /** `root` is the folder that `/file/NAME` serves from. */
  constructor(root: string) {
    const state: WorldState = { root, seq: 0, flaky: 0 };
    const sockets = new WorldSockets(this.#broker);
    this.#http.keepAliveTimeout = 30_000;
    this.#http.on('request', (request, response) => {
      response.sendDate = false;
      response.setHeader('Server', 'world');
      void bodyOf(request).then((body) => answer(request, response, body, state));
    });
    this.#http.on('upgrade', (request, socket, head) => {
      // Older Nodes let such a path through.
      if (/[^!-~]/.test(request.url ?? '')) socket.end(BAD_REQUEST);
      else sockets.upgrade(request, socket, head);
    });
    this.#http.on('connect', (_request, socket) => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      this.#mux(socket as net.Socket);
    });
    this.#http.on('clientError', (_error, socket) => {
      if (socket.writable) socket.end(BAD_REQUEST);
    });
    this.#tls = tls.createServer({ key: pem('key'), cert: pem('cert') }, (socket) => this.#mux(socket));
    this.#tls.on('tlsClientError', () => {});
  }

  /** Opens the world on a free port of 127.0.0.1. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return (this.#server.address() as net.AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#broker.close();
  }

  #take(socket: net.Socket): void {
    this.#open.add(socket);
    socket.on('close', () => this.#open.delete(socket));
    this.#mux(socket);
  }

  #mux(socket: net.Socket): void {
    socket.on('error', () => {});
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      if (first[0] === 0x16 && first[1] === 3) {
        this.#tls.emit('connection', socket);
        process.nextTick(() => socket.resume());
        return;
      }
      // The broker resumes the socket itself, once it is made.
      if (first[0] === 0x10) return this.#broker.handle(socket);
      if (/^[A-Za-z-]{3,16} \S+ HTTP\/1/.test(first.toString('latin1'))) this.#http.emit('connection', socket);
      else plain(socket);
      socket.resume();
    });
  }
}

/** An echo; the lines `CLOSE`, `SILENT` and `DELAY:MS:TEXT` are commands. */
function plain(socket: net.Socket): void {
  socket.on('data', (data: Buffer) => {
    const text = data.toString('latin1');
    const delay = /^DELAY:(\d+):([^\n]*\n?)/.exec(text);
    if (/^CLOSE\r?\n?$/.test(text)) socket.end();
    else if (/^SILENT\r?\n?$/.test(text)) return;
    else if (delay) setTimeout(() => socket.write(delay[2] ?? '', 'latin1'), Math.min(Number(delay[1]), 5000));
    else socket.write(data);
  });
  socket.on('end', () => socket.end());
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    // The client went away; what it sent is answered to nobody.
  }
  return Buffer.concat(chunks);
}
