import type { User } from '../../model/index.js';
import { LineError, Wire } from '../../protocol/index.js';
import { alarmsOf, hostOf } from './socket-address.js';

/** An open connection; `resets` = it is not said goodbye (SO_LINGER of 0). */
export interface TcpLine {
  readonly wire: Wire;
  readonly resets: boolean;
}

/** The open connections of one user, for all its TCP Samplers whatever their client. */
export class TcpLines {
  readonly #lines = new Map<string, TcpLine>();

  get(key: string): TcpLine | undefined {
    return this.#lines.get(key);
  }
  set(key: string, line: TcpLine): void {
    this.#lines.set(key, line);
  }
  close(key: string): void {
    const line = this.#lines.get(key);
    if (line === undefined) return;
    this.#lines.delete(key);
    line.wire.dispose(line.resets);
  }
  closeAll(): void {
    for (const key of [...this.#lines.keys()]) this.close(key);
  }
}

const LINES = {};
/** Those of the user, made when it first asks. */
export const linesOf = (user: User): TcpLines => user.state(LINES, () => new TcpLines());
/** Closes those of a user that is done. */
export const endLines = (user: User): void => user.peek<TcpLines>(LINES)?.closeAll();

/** What a connection is made with. */
interface Connecting {
  readonly server: string;
  readonly port: number;
  /** Milliseconds; 0 = for ever. */
  readonly connectTimeout: number;
  readonly resets: boolean;
}

/** Connects; gives the text of the exception when that fails. */
export async function openLine(
  user: User,
  { server, port, connectTimeout, resets }: Connecting,
): Promise<TcpLine | string> {
  const { test } = user;
  const to = test.connectTo(hostOf(server), port);
  const address = { ...to, secure: false, named: server };
  try {
    return { wire: await Wire.open(address, connectTimeout, alarmsOf(test), (abort) => onStop(user, abort)), resets };
  } catch (error) {
    if (error instanceof LineError) return String(error);
    throw error;
  }
}

/** A Sample Timeout cannot interrupt what has no socket yet; the end of the run can. */
function onStop(user: User, abort: () => void): void {
  user.onInterrupt = () => (user.running ? onStop(user, abort) : abort());
}
