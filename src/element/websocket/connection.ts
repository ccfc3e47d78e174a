import { parseBoolean, parseInteger } from '../../java/index.js';
import type { Test, User } from '../../model/index.js';
import { WebSocketClient, type WebSocketProxy, type WebSocketTarget } from '../../protocol/index.js';
import { connectUrlText } from './connect-url.js';

/** A connection with what the samples say of it. */
export interface Connection {
  readonly client: WebSocketClient;
  /** `Connect URL:` and the address. */
  readonly requestText: string;
}

/** The user's one connection, which all WebSocket samplers share. */
export interface Current {
  connection: Connection | undefined;
}

const CURRENT = {};

export const currentOf = (user: User): Current => user.state(CURRENT, () => ({ connection: undefined }));

export const newConnection = (target: WebSocketTarget, user: User): Connection => ({
  client: new WebSocketClient(target, {
    after: (ms, callback) => user.test.clock.after(ms, callback),
    connectTo: (host, port) => user.test.connectTo(host, port),
  }),
  requestText: connectUrlText(target),
});

/**
 * The end of a thread, by property `websocket.thread.stop.policy`: by default the connection stays open, unused, until the
 * test is over; `tcpClose` closes it, `wsClose` says so before, and waits for no answer.
 */
export function endThread(user: User): void {
  const current = user.peek<Current>(CURRENT);
  const client = current?.connection?.client;
  if (current === undefined || client === undefined) return;
  current.connection = undefined;
  const { threadStopPolicy } = settingsOf(user.test);
  if (threadStopPolicy !== 'tcpclose' && threadStopPolicy !== 'wsclose') {
    user.test.state(LEFT, () => new LeftOpen()).add(client);
    return;
  }
  if (threadStopPolicy === 'wsclose') {
    try {
      // A promise only says that the other side is slow; the socket sends what it has before it closes.
      Promise.resolve(client.sendClose(1000, 'test thread finished')).catch(() => {});
    } catch (error) {
      user.test.log.write('ERROR', 'e.l.j.w.WebsocketSampler', `Closing WebSocket connection failed: ${error}`);
    }
  }
  client.dispose();
}

const LEFT = {};

/** Connections that outlive their users: JMeter leaves them to the end of its process. */
class LeftOpen {
  readonly #clients: WebSocketClient[] = [];

  add(client: WebSocketClient): void {
    client.leave();
    this.#clients.push(client);
  }

  close(): void {
    for (const client of this.#clients) client.dispose();
  }
}

/** What the plugin reads once per process. */
export interface Settings {
  readonly threadStopPolicy: string;
  /** Discarded frames count in the sample's sizes. */
  readonly filteredCount: boolean;
  /** The proxy for this host, if there is one. */
  proxyFor(host: string): WebSocketProxy | undefined;
}

export const settingsOf = (test: Test): Settings => test.state(SETTINGS, () => readSettings(test));

const SETTINGS = {};

function readSettings({ properties }: Test): Settings {
  const { system } = properties;
  const host = system.get('http.proxyHost');
  const port = parseInteger(system.get('http.proxyPort') ?? '0');
  const exceptions = (system.get('http.nonProxyHosts') ?? '').split('|');
  const suffixes = exceptions.filter((name) => name.startsWith('*')).map((name) => name.slice(1));
  const proxy =
    host === undefined || host.trim() === ''
      ? undefined
      : { host, port, user: properties.get('http.proxyUser'), password: properties.get('http.proxyPass') };
  return {
    threadStopPolicy: properties.get('websocket.thread.stop.policy', 'none').trim().toLowerCase(),
    filteredCount: parseBoolean(properties.get('websocket.result.size_includes_filtered_frames', 'false')),
    proxyFor: (name) =>
      exceptions.includes(name) || suffixes.some((suffix) => name.endsWith(suffix)) ? undefined : proxy,
  };
}
