import { javaTrim, parseBoolean, parseInteger } from '../../java/index.js';
import type { Named, Sample, Test, User } from '../../model/index.js';
import {
  WebSocketClient,
  type WebSocketProxy,
  type WebSocketSurroundings,
  type WebSocketTarget,
} from '../../protocol/index.js';
import { connectTarget, connectUrlText } from './connect-url.js';
import type { address } from './connection-props.js';

/** A connection with what the samples say of it. */
export interface Connection {
  readonly client: WebSocketClient;
  /** `Connect URL:` and the address. */
  readonly requestText: string;
  /** The same for samples that find it open. */
  readonly reuseText: string;
}

/** The user's one connection, which all WebSocket samplers share. */
export interface Current {
  connection: Connection | undefined;
}

const CURRENT = {};

export const currentOf = (user: User): Current => user.state(CURRENT, () => ({ connection: undefined }));

const around = new WeakMap<Test, WebSocketSurroundings>();
/** The same for all connections of a test. */
function surroundingsOf(test: Test): WebSocketSurroundings {
  let known = around.get(test);
  if (known === undefined) {
    known = {
      now: () => test.clock.now(),
      after: (ms, callback) => test.clock.after(ms, callback),
      connectTo: (host, port) => test.connectTo(host, port),
    };
    around.set(test, known);
  }
  return known;
}

function newConnection(target: WebSocketTarget, { test }: User): Connection {
  const client = new WebSocketClient(target, surroundingsOf(test));
  const requestText = connectUrlText(target);
  return { client, requestText, reuseText: `${requestText}(using existing connection)\n` };
}

/** A new connection, not connected yet; the old one is gone even if the new one cannot be made. */
export function connectAnew(given: Named<typeof address>, user: User, current: Current): Connection {
  if (current.connection !== undefined) {
    // The plugin evaluates the name for a debug line that nobody sees.
    void given.name;
    current.connection.client.dispose();
  }
  const { tls, server, port, path } = given;
  return newConnection(connectTarget(tls, server, parseInteger(javaTrim(port)), path), user);
}

/** For samplers that may be told to use what is there. */
export function reuse(sample: Sample, current: Current): Connection | undefined {
  if (current.connection === undefined) {
    sample.code = 'Sampler error';
    sample.message = 'Sampler configured for using existing connection, but there is no connection';
  }
  return current.connection;
}

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
      client.sendClose(1000, 'test thread finished');
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
