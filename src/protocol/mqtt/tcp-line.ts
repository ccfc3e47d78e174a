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
    // Node's own; see emit.
    this.removeAllListeners('end');
    connect(this, host === '' ? '127.0.0.1' : host, port, local.localAddress === undefined ? nextEnd() : local);
  }

  /** In place of listeners, of which the table would be as large as the rest of an idle session. */
  override emit(event: string | symbol, ...given: unknown[]): boolean {
    switch (event) {
      case 'connect':
        if (again.size > 0) again.delete(this);
        this.user?.opened();
        return true;
      case 'drain':
        this.user?.drained();
        return true;
      case 'end':
        // The line is useless when the other side has ended its half: what we still have to send is not waited for.
        this.destroy();
        return true;
      case 'error':
        if (given[0] instanceof Error && !triesAgain(this, given[0])) this.#over(given[0]);
        return true;
      case 'close':
        this.#closed();
        return true;
      default:
        return super.emit(event, ...given);
    }
  }

  get waiting(): number {
    return this.writableLength;
  }

  send(bytes: Uint8Array): boolean {
    return this.write(bytes);
  }

  cut(reset: boolean): void {
    this.user = undefined;
    again.delete(this);
    if (reset && !this.connecting) this.resetAndDestroy();
    else this.destroy();
  }

  #closed(): void {
    const next = this.user === undefined ? again.get(this) : undefined;
    if (next === undefined) {
      this.#over(undefined);
      return;
    }
    this.user = next.user;
    connect(this, next.host, next.port, next.end);
  }

  #over(error: Error | undefined): void {
    if (again.size > 0) again.delete(this);
    const user = this.user;
    this.user = undefined;
    user?.lost(error && connectFailure(error, 'hostname' in error ? String(error.hostname) : ''));
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

interface Next {
  readonly user: LineUser;
  readonly tries: number;
  readonly host: string;
  readonly port: number;
  readonly end: LocalEnd;
}

/** Lines whose local end was taken, on their way to another one. */
const again = new Map<TcpLine, Next>();

/** Whether the line connects once more, when it is closed. */
function triesAgain(line: TcpLine, error: Error): boolean {
  const { user } = line;
  const tries = (again.get(line)?.tries ?? 0) + 1;
  const end = user === undefined || tries > TRIES ? undefined : endAfter(error);
  if (user === undefined || end === undefined || !('address' in error && 'port' in error)) return false;
  again.set(line, { user, tries, host: String(error.address), port: Number(error.port), end });
  line.user = undefined;
  return true;
}

/** Called by the socket, as its method. */
function received(this: TcpLine, n: number): boolean {
  return this.user?.received(shared, 0, n) ?? true;
}

// Node calls it on the socket; its types do not say so.
const OPTIONS = {
  allowHalfOpen: false,
  noDelay: true,
  onread: { buffer: shared, callback: received as (n: number) => boolean },
};
