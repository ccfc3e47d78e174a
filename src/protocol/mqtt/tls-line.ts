import net from 'node:net';
import type tls from 'node:tls';
import { connectFailure, ipv4First, type TlsClient } from '../line/index.js';
import type { Line, LineUser, LocalEnd, MqttAddress } from './line.js';

/** A TLS connection. */
export class TlsLine implements Line {
  #socket: net.Socket | tls.TLSSocket;
  #user: LineUser | undefined;
  /** The user takes no more for now. */
  #paused = false;

  constructor({ host, port }: MqttAddress, client: TlsClient, local: LocalEnd, user: LineUser) {
    this.#user = user;
    const plain = net.connect({
      host: host === '' ? '127.0.0.1' : host,
      port,
      noDelay: true,
      lookup: ipv4First,
      autoSelectFamily: false,
      ...local,
    });
    this.#socket = plain;
    plain.once('connect', () => this.#secure(plain, client, host));
    this.#hear(plain);
  }

  get waiting(): number {
    return this.#socket.writableLength;
  }

  send(bytes: Uint8Array): boolean {
    return this.#socket.write(bytes);
  }

  resume(): void {
    this.#paused = false;
    this.#socket.resume();
  }

  cut(reset: boolean): void {
    this.#user = undefined;
    if (reset && !this.#socket.connecting && 'resetAndDestroy' in this.#socket) this.#socket.resetAndDestroy();
    else this.#socket.destroy();
  }

  #secure(plain: net.Socket, client: TlsClient, host: string): void {
    if (this.#user === undefined) return;
    let secured: tls.TLSSocket;
    try {
      secured = client.begin(plain, host);
    } catch (error) {
      this.#lost(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    this.#socket = secured;
    this.#hear(secured);
    secured.once('secureConnect', () => this.#user?.opened());
    secured.on('drain', () => this.#user?.drained());
    secured.on('data', (chunk: Buffer) => {
      if (this.#user?.received(chunk, 0, chunk.length) !== false || this.#paused) return;
      this.#paused = true;
      secured.pause();
    });
  }

  #hear(socket: net.Socket): void {
    socket.on('error', (error) => this.#lost(error));
    socket.on('end', () => socket.destroy());
    socket.on('close', () => this.#lost(undefined));
  }

  #lost(error: Error | undefined): void {
    const user = this.#user;
    this.#user = undefined;
    this.#socket.destroy();
    user?.lost(error && connectFailure(error, 'hostname' in error ? String(error.hostname) : ''));
  }
}
