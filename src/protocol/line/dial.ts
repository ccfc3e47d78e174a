import net from 'node:net';
import { endAfter, type LocalEnd, TRIES } from './local-ends.js';
import { ipv4First } from './lookup.js';

/** Where a line goes to. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** TLS will follow at once. */
  readonly secure: boolean;
  /** The host as failures name it. */
  readonly named: string;
  /** The address of this machine to connect from. */
  readonly localAddress?: string | undefined;
}

/** Who waits for a connection. */
interface Caller {
  connected(socket: net.Socket): void;
  failed(error: Error): void;
}

/** Connects from that end, and from others as long as those are taken; the function that it gives puts an end to it. */
export function dial(to: net.TcpNetConnectOpts, from: LocalEnd, caller: Caller): () => void {
  let socket: net.Socket;
  const attempt = (end: LocalEnd, tries: number): void => {
    socket = net.connect({ ...to, ...given(end), autoSelectFamily: false, lookup: ipv4First });
    socket.on('error', (error) => {
      const other = end.localPort === undefined || tries === 0 ? undefined : endAfter(error);
      if (other === undefined) caller.failed(error);
      else attempt(other, tries - 1);
    });
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      caller.connected(socket);
    });
  };
  attempt(from, TRIES);
  return () => {
    socket.removeAllListeners();
    socket.on('error', () => {});
    socket.destroy();
  };
}

const given = ({ localAddress, localPort }: LocalEnd): Partial<net.TcpNetConnectOpts> => ({
  ...(localAddress === undefined ? {} : { localAddress }),
  ...(localPort === undefined ? {} : { localPort }),
});
