import { JavaError } from '../../java/index.js';
import type { Test } from '../../model/index.js';
import type { Alarms } from '../../protocol/index.js';

/** An address as Java's InetSocketAddress takes it: no host is this machine, an IPv6 address may stand in brackets. */
export const hostOf = (server: string): string => (server === '' ? 'localhost' : (IPV6.exec(server)?.[1] ?? server));
const IPV6 = /^\[(.*:.*)\]$/;

/** The exception of Java for an argument that no socket takes. */
export const illegalArgument = (message: string): JavaError =>
  new JavaError('java.lang.IllegalArgumentException', message);

/** Throws IllegalArgumentException as InetSocketAddress does. */
export function checkPort(port: number): void {
  if (port < 0 || port > 65535) throw illegalArgument(`port out of range:${port}`);
}

/** The clock and the alarms of the run, for its sockets. */
export const alarmsOf = (test: Test): Alarms =>
  test.state(ALARMS, () => ({ now: () => test.clock.now(), after: (ms, callback) => test.after(ms, callback) }));
const ALARMS = {};
