import net from 'node:net';
import { Exchange } from './exchange.js';

/**
 * JMeter's own test partner (HttpMirrorServer): answers each request with the request it got, headers included, and
 * closes. `X-…` headers and `status`, `redirect`, `v` in a query ask for something else (HttpMirrorThread 5.6.3).
 */
export class MirrorServer {
  readonly #sockets = new Set<net.Socket>();
  readonly #server = net.createServer((socket) => this.#serve(socket));

  /** `print` gets the lines that a request with `v` in its query asks for. */
  constructor(private readonly print: (line: string) => void = () => {}) {}

  /** Resolves to the port, which differs from the asked one when that is 0; rejects when it cannot be had. */
  listen(port: number, host?: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, host }, () => {
        this.#server.off('error', reject);
        const address = this.#server.address();
        resolve(address !== null && typeof address === 'object' ? address.port : port);
      });
    });
  }

  /** Takes no more requests and drops those that are being answered. */
  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #serve(socket: net.Socket): void {
    this.#sockets.add(socket);
    const exchange = new Exchange(socket, this.print);
    socket.on('data', (bytes: Buffer) => exchange.take(bytes));
    socket.on('end', () => exchange.ended());
    // The other side may go whenever it likes; `close` follows.
    socket.on('error', () => {});
    socket.on('close', () => {
      exchange.drop();
      this.#sockets.delete(socket);
    });
  }
}
