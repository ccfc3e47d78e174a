import net from 'node:net';
import { connectFailure, endAfter, ipv4First, nextEnd, TRIES } from '../line/index.js';
import type { Line, LineUser, LocalEnd, MqttAddress } from './line.js';

/** All lines read into this one buffer; what is not used at once is copied. */
const shared = Buffer.allocUnsafeSlow(65536);

/**
 * A TCP connection that is nothing beside its socket: there are hundreds of thousands of them, so what hears of the socket
 * is shared, and finds the session in the socket.
 */
export class TcpLine extends net.Socket implements Line {
  user: LineUser | undefined;

  constructor({ host, port }: MqttAddress, local: LocalEnd, user: LineUser) {
    super(OPTIONS);
    this.user = user;
    this.on('connect', onConnect);
    this.on('error', onError);
    this.on('end', onEnd);
    this.on('close', onClose);
    connect(this, host === '' ? '127.0.0.1' : host, port, local.localAddress === undefined ? nextEnd() : local);
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
    again.delete(this);
    if (reset && !this.connecting) this.resetAndDestroy();
    else this.destroy();
  }
}

function connect(line: TcpLine, host: string, port: number, { localAddress, localPort }: LocalEnd): void {
  line.connect({
    host,
    port,
    lookup: ipv4First,
    autoSelectFamily: false,
    ...(localAddress === undefined ? {} : { localAddress }),
    ...(localPort === undefined ? {} : { localPort }),
  });
}

/** Lines whose local end was taken, on their way to another one. */
const again = new Map<TcpLine, { readonly user: LineUser; readonly tries: number }>();

/** Whether the line connects once more, when it is closed. */
function triesAgain(line: TcpLine, error: Error): boolean {
  const { user } = line;
  const tries = (again.get(line)?.tries ?? 0) + 1;
  const end = user === undefined || tries > TRIES ? undefined : endAfter(error);
  if (user === undefined || end === undefined || !('address' in error && 'port' in error)) return false;
  const [host, port] = [String(error.address), Number(error.port)];
  again.set(line, { user, tries });
  line.user = undefined;
  line.once('close', () => {
    if (!again.has(line)) return;
    line.user = user;
    connect(line, host, port, end);
  });
  return true;
}

/** Called by the socket, as its method. */
function received(this: TcpLine, n: number): boolean {
  return this.user?.received(shared, 0, n) ?? true;
}

function onConnect(this: TcpLine): void {
  if (again.size > 0) again.delete(this);
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
  if (triesAgain(this, error)) return;
  again.delete(this);
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
