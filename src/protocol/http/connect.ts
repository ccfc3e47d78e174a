import { isIP, type Socket } from 'node:net';
import { JavaError } from '../../java/index.js';
import { type Alarms, type Handshake, LineError, SlowWire, type Speeds, Wire } from '../line/index.js';
import { httpError } from './error.js';
import type { Resolve } from './resolver.js';
import { hostAndPort, type Route } from './route.js';
import { tlsFailure } from './tls-failure.js';

/** What connections are made with. */
export interface Surroundings extends Alarms {
  /** The address to really connect to. */
  connectTo(host: string, port: number): { readonly host: string; readonly port: number };
  readonly resolve: Resolve;
}

/** Set while something can be ended at once. */
export interface Abortable {
  abort: (() => void) | undefined;
}

/** How a line is to be made beyond what its route says. */
export interface LineTerms extends Handshake {
  /** The socket will be handed over to another reader. */
  readonly handedOver?: boolean;
  /** How slow it is. */
  readonly speeds?: Speeds | undefined;
}

/**
 * Connects to the route's first hop as HttpClient does: the addresses are tried in order, each for `timeout` ms (0 = for
 * ever), and the last failure is told. TLS with the hop itself is part of it.
 */
export async function connect(
  route: Route,
  timeout: number,
  around: Surroundings,
  waiting: Abortable,
  terms: LineTerms = {},
): Promise<Wire> {
  const hop = route.proxy ?? route;
  const { host, port } = around.connectTo(hop.host, hop.port);
  const bare = host.replace(/^\[|\]$/g, '') || 'localhost';
  const addresses = await abortable(around.resolve(bare), waiting);
  const found = ` [${addresses.map((address) => `${isIP(bare) !== 0 ? '' : hop.host}/${javaAddress(address)}`).join(', ')}]`;
  const peer = hostAndPort(hop);
  // Without any address nothing is tried, and the connection is simply not there.
  let failure: unknown = httpError.closed('Connection is closed');
  for (const address of addresses) {
    try {
      const secured = hop.secure || terms.handedOver === true;
      const to = { host: address, port, secure: secured, named: hop.host, localAddress: route.localAddress };
      const onAbort = (abort: () => void): void => {
        waiting.abort = abort;
      };
      const { speeds } = terms;
      const make = speeds && ((socket: Socket): Wire => new SlowWire(socket, around, speeds));
      const wire = await Wire.open(to, timeout, around, onAbort, make);
      if (hop.secure)
        await secure(wire, hop.host, timeout, route.proxy === undefined ? terms : { client: terms.client });
      return wire;
    } catch (error) {
      failure = route.localAddress === undefined ? connectError(error, peer, found) : bindError(error, peer, found);
      if (failure === error) break;
    }
  }
  throw failure;
}

/** An address as Java writes it: IPv6 with all its groups. */
function javaAddress(address: string): string {
  if (isIP(address) !== 6) return address;
  const groups = (part: string): string[] =>
    part === '' ? [] : part.split(':').map((group) => group.replace(/^0+(?=.)/, ''));
  const [before = '', after] = address.replace(/%.*/, '').split('::');
  if (after === undefined) return groups(before).join(':');
  const [left, right] = [groups(before), groups(after)];
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right].join(':');
}

/** A name server may take its time; nobody who is interrupted waits for it. */
function abortable<T>(value: T | Promise<T>, waiting: Abortable): T | Promise<T> {
  if (!(value instanceof Promise)) return value;
  return new Promise((resolve, reject) => {
    waiting.abort = () => reject(httpError.aborted());
    value.then(resolve, reject);
  });
}

/** TLS over the line, within `timeout` ms; failures in the words of Java 17. */
export const secure = (wire: Wire, host: string, timeout: number, terms?: Handshake): Promise<void> =>
  wire.secure(host, timeout, (error) => tlsFailure(error, host), terms);

/** Only what may be otherwise with the next address is worded by HttpClient. */
function connectError(error: unknown, peer: string, addresses: string): unknown {
  if (!(error instanceof LineError)) return error;
  if (error.javaClass === 'java.net.SocketTimeoutException')
    return httpError.connectTimeout(peer, addresses, error.message);
  if (error.message === 'No route to host') return new JavaError('java.net.NoRouteToHostException', error.message);
  if (error.javaClass !== 'java.net.ConnectException') return error;
  return error.message === 'Connection timed out'
    ? httpError.connectTimeout(peer, addresses, error.message)
    : httpError.refused(peer, addresses, error.message);
}

function bindError(error: unknown, peer: string, addresses: string): unknown {
  if (!(error instanceof LineError) || error.message !== 'Cannot assign requested address')
    return connectError(error, peer, addresses);
  return new JavaError('java.net.BindException', error.message);
}
