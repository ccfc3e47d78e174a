import dgram from 'node:dgram';
import { lookup } from 'node:dns/promises';
import net from 'node:net';
import { JavaError } from '../../java/index.js';
import { type Alarms, codeOf, connectFailure, LineError, TimeoutError } from '../line/index.js';

/** What a system keeps of datagrams that nobody reads; what comes beyond it is lost. */
const KEPT = 212_992;

interface Reader {
  got(datagram: Buffer): void;
  failed(error: Error): void;
}

/** A datagram socket that talks to one address, with the failures of Java's DatagramChannel. */
export class UdpChannel {
  open = true;
  #kept: Buffer[] = [];
  #size = 0;
  #reader: Reader | undefined;
  /** A failure that nobody has been told yet: the other side said that nobody listens. */
  #failure: Error | undefined;

  private constructor(
    private readonly socket: dgram.Socket,
    private readonly alarms: Alarms,
  ) {
    socket.on('message', (datagram) => this.#received(datagram));
    socket.on('error', (error) => this.#failed(failureOf(error)));
  }

  /**
   * A socket on an address of this machine, for addresses of the family (4 or 6). Throws UnresolvedAddressException, and
   * LineError when the address cannot be had.
   */
  static async bind(address: string, port: number, family: 4 | 6, alarms: Alarms): Promise<UdpChannel> {
    const own = await resolved(address);
    const socket = dgram.createSocket(family === 4 ? 'udp4' : 'udp6');
    try {
      await begun(socket, 'listening', () => socket.bind({ port, address: own, exclusive: true }));
    } catch (error) {
      socket.close();
      throw connectFailure(error instanceof Error ? error : new Error(String(error)), address);
    }
    return new UdpChannel(socket, alarms);
  }

  /** Throws UnresolvedAddressException, and LineError when there is no way to the address. */
  async connect(host: string, port: number): Promise<void> {
    try {
      const address = await resolved(host);
      await begun(this.socket, 'connect', () => this.socket.connect(port, address));
    } catch (error) {
      this.close();
      throw error instanceof JavaError ? error : connectFailure(error instanceof Error ? error : new Error(), host);
    }
  }

  /** Sends one datagram; throws PortUnreachableException and LineError. */
  send(datagram: Buffer): Promise<void> {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) return Promise.reject(failure);
    return new Promise((resolve, reject) => {
      this.socket.send(datagram, (error) => (error ? reject(failureOf(error)) : resolve()));
    });
  }

  /** The next datagram, within `timeout` ms (0 = for ever); throws TimeoutError, PortUnreachableException and LineError. */
  receive(timeout: number): Promise<Buffer> {
    const kept = this.#kept.shift();
    if (kept !== undefined) {
      this.#size -= kept.length;
      return Promise.resolve(kept);
    }
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) return Promise.reject(failure);
    return new Promise((resolve, reject) => {
      const alarm = timeout > 0 ? this.alarms.after(timeout, () => this.#failed(tooLate())) : undefined;
      const done = (): void => {
        this.#reader = undefined;
        alarm?.cancel();
      };
      this.#reader = {
        got: (datagram) => {
          done();
          resolve(datagram);
        },
        failed: (error) => {
          done();
          reject(error);
        },
      };
    });
  }

  /** Closes it; to who waits for a datagram the time is over, as to a Java selector. */
  close(): void {
    if (!this.open) return;
    this.open = false;
    this.#kept = [];
    this.socket.close();
    this.#reader?.failed(tooLate());
  }

  #received(datagram: Buffer): void {
    if (this.#reader !== undefined) this.#reader.got(datagram);
    else if (this.#size + datagram.length <= KEPT) {
      this.#kept.push(datagram);
      this.#size += datagram.length;
    }
  }

  #failed(error: Error): void {
    if (this.#reader !== undefined) this.#reader.failed(error);
    else this.#failure = error;
  }
}

const tooLate = (): TimeoutError => new TimeoutError('Timeout exceeded while reading from socket');

/** Waits for the event, or for what goes wrong. */
function begun(socket: dgram.Socket, event: 'listening' | 'connect', begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      socket.off('error', failed);
      socket.off(event, ready);
      settle();
    };
    const failed = (error: Error): void => end(() => reject(error));
    const ready = (): void => end(resolve);
    socket.once('error', failed);
    socket.once(event, ready);
    begin();
  });
}

/** The address of a host; IPv4 is preferred, as Java does. */
async function resolved(host: string): Promise<string> {
  if (net.isIP(host) !== 0) return host;
  try {
    return (await lookup(host, { order: 'ipv4first' })).address;
  } catch {
    throw new JavaError('java.nio.channels.UnresolvedAddressException');
  }
}

function failureOf(error: Error): JavaError {
  if (codeOf(error) === 'ECONNREFUSED') return new JavaError('java.net.PortUnreachableException');
  if (codeOf(error) === 'EMSGSIZE') return new LineError('Message too long');
  return connectFailure(error, '');
}
