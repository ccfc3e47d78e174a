/** The server's side of one connection, told step by step what to do wrong. */
import net from 'node:net';
import tls from 'node:tls';

/** What a server does with a connection. */
export type Serve = (line: Line) => void | Promise<void>;

export class Line {
  #heard = '';
  #told: (() => void) | undefined;

  constructor(readonly socket: net.Socket) {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      this.#heard += data.toString('latin1');
      this.#told?.();
    });
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#told = resolve;
    });
  }

  /** Waits for that many bytes beyond what was taken. */
  async bytes(count: number): Promise<void> {
    while (this.#heard.length < count) await this.#more();
    this.#heard = this.#heard.slice(count);
  }

  /** Waits for the head of a request, and a moment more, so that latencies show. */
  async request(): Promise<string> {
    let end = this.#heard.indexOf('\r\n\r\n');
    for (; end < 0; end = this.#heard.indexOf('\r\n\r\n')) await this.#more();
    const head = this.#heard.slice(0, end + 4);
    this.#heard = this.#heard.slice(end + 4);
    await this.pause(8);
    return head;
  }

  /** Text is one byte per character; waits while the other side is slow. */
  async send(data: string | Buffer): Promise<void> {
    const { socket } = this;
    if (socket.destroyed) return;
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
    if (!socket.write(bytes))
      await new Promise<void>((resolve) => {
        socket.once('drain', resolve);
        socket.once('close', () => resolve());
      });
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** Ends this side of the stream. */
  end(): void {
    this.socket.end();
  }

  reset(): void {
    if (this.socket instanceof tls.TLSSocket) this.socket.destroy();
    else this.socket.resetAndDestroy();
  }
}

/** How a server speaks TLS. */
export type Secured = tls.TlsOptions;

/** A server of its own for a script; gives it when it listens. */
export function faultServer(serve: Serve, secured?: Secured, port = 0): Promise<net.Server> {
  const begin = (socket: net.Socket): void => void serve(new Line(socket));
  const options = { allowHalfOpen: true, noDelay: true };
  const server =
    secured === undefined ? net.createServer(options, begin) : tls.createServer({ ...options, ...secured }, begin);
  server.on('tlsClientError', (_error: Error, socket: net.Socket) => socket.destroy());
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}
