import net from 'node:net';
import { connectFailure, ipv4First } from '../line/index.js';
import type { Line, LineUser, LocalEnd, MqttAddress } from './line.js';

/** All lines read into this one buffer; what is not used at once is copied. */
const shared = Buffer.allocUnsafeSlow(65536);

/**
 * A TCP connection that is nothing beside its socket: there are hundreds of thousands of them, so what hears of the socket
 * is shared, and finds the session in the socket.
 */
export class TcpLine extends net.Socket implements Line {
  user: LineUser | undefined;

  constructor({ host, port }: MqttAddress, { localAddress, localPort }: LocalEnd, user: LineUser) {
    super(OPTIONS);
    this.user = user;
    this.on('connect', onConnect);
    this.on('error', onError);
    this.on('end', onEnd);
    this.on('close', onClose);
    this.connect({
      host: host === '' ? '127.0.0.1' : host,
      port,
      lookup: ipv4First,
      autoSelectFamily: false,
      ...(localAddress === undefined ? {} : { localAddress }),
      ...(localPort === undefined ? {} : { localPort }),
    });
  }

  get waiting(): number {
    return this.writableLength;
  }

  send(bytes: Uint8Array): boolean {
    if (this.write(bytes)) return true;
    if (this.listenerCount('drain') === 0) this.once('drain', onDrain);
    return false;
  }

  cut(reset: boolean): void {
    this.user = undefined;
    if (reset && !this.connecting) this.resetAndDestroy();
    else this.destroy();
  }
}

/** Called by the socket, as its method. */
function received(this: TcpLine, n: number): boolean {
  return this.user?.received(shared, 0, n) ?? true;
}

function onConnect(this: TcpLine): void {
  this.user?.opened();
}

/** The line is useless when the other side has ended its half: it is closed without waiting for what we still have to send. */
function onEnd(this: TcpLine): void {
  this.destroy();
}

function onDrain(this: TcpLine): void {
  this.user?.drained();
}

function onError(this: TcpLine, error: Error): void {
  const user = this.user;
  this.user = undefined;
  user?.lost(connectFailure(error, 'hostname' in error ? String(error.hostname) : ''));
}

function onClose(this: TcpLine): void {
  const user = this.user;
  this.user = undefined;
  user?.lost(undefined);
}

// Node calls it on the socket; its types do not say so.
const OPTIONS = {
  allowHalfOpen: false,
  noDelay: true,
  onread: { buffer: shared, callback: received as (n: number) => boolean },
};
