import os from 'node:os';
import { JavaError } from '../../java/index.js';
import { type Named, prop, type Test } from '../../model/index.js';
import {
  type MqttError,
  type MqttHello,
  type MqttListener,
  type MqttMessage,
  type MqttPublish,
  type MqttQos,
  MqttSession,
} from '../../protocol/index.js';
import { brokerAt, brokerUrl } from './broker.js';

/** What both samplers of hemikak's plugin have. */
export const pahoProps = {
  url: prop.text('mqtt.broker.url'),
  clientId: prop.text('mqtt.client.id'),
  topic: prop.text('mqtt.topic.name'),
  clean: prop.flag('mqtt.clean.session'),
  keepAlive: prop.int('mqtt.keep.alive'),
  user: prop.text('mqtt.auth.username'),
  password: prop.text('mqtt.auth.password'),
  qos: prop.text('mqtt.qos'),
  client: prop.text('mqtt.client.type'),
};
export type PahoProps = Named<typeof pahoProps>;

/** Keys that only hemikak's elements have: those of tuanhiep's plugin have the same class names. */
export const PAHO_KEYS = [pahoProps.url.jmx, pahoProps.clientId.jmx, pahoProps.topic.jmx];

/** The QoS of its name; undefined = none of the three. */
export const pahoQos = (name: string): MqttQos | undefined => QOS[name];
const QOS: Readonly<Record<string, MqttQos>> = { mqtt_at_most_once: 0, mqtt_at_least_once: 1, mqtt_exactly_once: 2 };

/** A failure as paho 1.0.2 words it (MqttException.toString). */
export class PahoError extends Error {
  constructor(
    readonly code: number,
    readonly reason?: JavaError,
  ) {
    super(MESSAGES[code] ?? 'MqttException');
  }
  override toString(): string {
    return `${this.message} (${this.code})${this.reason === undefined ? '' : ` - ${this.reason}`}`;
  }
}

const UNREACHABLE = 32103;
const NOT_CONNECTED = 32104;
const LOST = 32109;
const NOT_SUBSCRIBED = 128;
const MESSAGES: Readonly<Record<number, string>> = {
  1: 'Invalid protocol version',
  2: 'Invalid client ID',
  3: 'Broker unavailable',
  4: 'Bad user name or password',
  5: 'Not authorized to connect',
  [UNREACHABLE]: 'Unable to connect to server',
  [NOT_CONNECTED]: 'Client is not connected',
  [LOST]: 'Connection lost',
};

/** Seconds that the library gives the connection. */
const TIMEOUT = 30;

/** One client of the plugin (BlockingClient and AsyncClient over paho 1.0.2). */
export class PahoClient implements MqttListener {
  #session: MqttSession | undefined;

  constructor(
    private readonly given: PahoProps,
    private readonly test: Test,
    private readonly heard: (message: MqttMessage) => void,
  ) {
    // Checked before anything is sent, by an exception that the plugin does not catch.
    placeOf(given.url);
  }

  get connected(): boolean {
    return this.#session?.connected ?? false;
  }

  /** Tries MQTT 3.1.1, then 3.1. Rejects with PahoError; a client of the kind that does not block swallows it. */
  async connect(): Promise<void> {
    try {
      await this.#connect(4).catch(() => this.#connect(3));
    } catch (error) {
      if (!(error instanceof PahoError) || this.given.client !== ASYNC) throw error;
      this.test.log.write('INFO', 'o.a.j.p.m.p.c.AsyncClient', `Unable to set up client: ${error}`);
    }
  }

  /** Resolves when its QoS is satisfied; rejects with PahoError. */
  publish(message: MqttPublish): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = (error: MqttError): void => reject(pahoError(error));
      const waiter = { done: () => resolve(), failed };
      if (this.#session === undefined) reject(new PahoError(NOT_CONNECTED));
      else if (this.#session.publish(message, waiter)) resolve();
    });
  }

  /** Rejects with PahoError; only a client that blocks looks at what the broker granted. */
  subscribe(filter: string, qos: MqttQos): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#session === undefined) reject(new PahoError(NOT_CONNECTED));
      this.#session?.subscribe([{ filter, qos }], {
        failed: (error) => reject(pahoError(error)),
        done: ({ codes }) => {
          if (codes[0] === NOT_SUBSCRIBED && this.given.client !== ASYNC) reject(new PahoError(NOT_SUBSCRIBED));
          else resolve();
        },
      });
    });
  }

  /** False when a client that blocks is to end what has ended: the plugin's pool stops there. */
  end(): boolean {
    const { connected } = this;
    if (connected) this.#session?.disconnect({ done() {}, failed() {} });
    else this.#session?.drop(false);
    return connected || this.given.client === ASYNC;
  }

  message(message: MqttMessage): void {
    this.heard(message);
  }
  closed(): void {}

  #connect(level: 3 | 4): Promise<void> {
    const { given, test } = this;
    const { secure, place } = placeOf(given.url);
    const server = brokerAt(place, secure, TIMEOUT, test);
    return new Promise((resolve, reject) => {
      const failed = (error: MqttError): void => reject(pahoError(error, true));
      this.#session = new MqttSession(server, helloOf(given, level, test), {}, this, { done: () => resolve(), failed });
    });
  }
}

export const BLOCKING = 'mqtt_blocking_client';
export const ASYNC = 'mqtt_async_client';

function helloOf({ clientId, clean, keepAlive, user, password }: PahoProps, level: 3 | 4, test: Test): MqttHello {
  return {
    level,
    // Utils.UUIDGenerator of the plugin, which is none.
    clientId: clientId === '' ? `${test.clock.now()}.${os.userInfo().username}`.slice(0, 23) : clientId,
    clean,
    keepAlive,
    user: user === '' ? undefined : user,
    password: password === '' ? undefined : password,
  };
}

/** MqttConnectOptions.validateURI. */
function placeOf(url: string): {
  readonly secure: boolean;
  readonly place: ReturnType<typeof brokerUrl> & { port: number };
} {
  const illegal = new JavaError('java.lang.IllegalArgumentException', url);
  const place = brokerUrl(url, illegal);
  const secure = place.scheme === 'ssl';
  if (place.path !== '' || (!secure && place.scheme !== 'tcp')) throw illegal;
  return { secure, place: { ...place, port: place.port ?? (secure ? 8883 : 1883) } };
}

function pahoError({ fault, code, cause }: MqttError, connecting = false): PahoError {
  if (fault === 'refused') return new PahoError(code);
  if (fault === 'not-connected') return new PahoError(NOT_CONNECTED);
  if (fault === 'line' && connecting && cause?.javaClass === 'java.net.ConnectException')
    return new PahoError(UNREACHABLE, cause);
  if (fault === 'timeout' && connecting)
    return new PahoError(0, new JavaError('java.net.SocketTimeoutException', 'Connect timed out'));
  if (fault === 'line' && connecting) return new PahoError(0, cause);
  return new PahoError(LOST, cause ?? new JavaError('java.io.EOFException'));
}

/** MqttTopic.validate; throws IllegalArgumentException, which the plugin does not catch. */
export function checkTopic(topic: string): void {
  const illegal = (message: string): JavaError => new JavaError('java.lang.IllegalArgumentException', message);
  const size = Buffer.byteLength(topic);
  if (size < 1 || size > 65535) throw illegal('Invalid topic length, should be in range[1, 65535]!');
  if (/[#+]/.test(topic)) throw illegal('The topic name MUST NOT contain any wildcard characters (#+)');
}
