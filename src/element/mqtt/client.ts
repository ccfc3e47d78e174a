import { randomUUID } from 'node:crypto';
import { JavaError, parseBoolean, parseInteger, parseUri } from '../../java/index.js';
import type { Named, Test, User } from '../../model/index.js';
import type { MqttHello, MqttLevel, MqttProperties, MqttServer, MqttWaiter } from '../../protocol/index.js';
import { MqttSession } from '../../protocol/index.js';
import { Connection, keeperOf, type Library } from './connection.js';
import type { connectionProps } from './connection-props.js';
import { deliveryOf } from './delivery.js';
import { checkText } from './hive-names.js';
import { tlsOf } from './mqtt-tls.js';
import { connectProperties, isFive, OlderIfUnknown } from './mqtt5.js';
import { delaysOf, firstDelaysOf, Opening, Reconnection } from './reconnect.js';

export type ConnectionProps = Named<typeof connectionProps>;

/** What the plugin has parsed before it makes a client (ConnectionParameters). */
export interface Parameters {
  readonly library: Library | undefined;
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
  readonly version: string;
  /** Cast to a Java short. */
  readonly keepAlive: number;
  /** undefined = the library's default. */
  readonly path: string | undefined;
  readonly clientId: string;
  readonly attempts: number;
  readonly reconnects: number;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly clean: boolean;
  /** Seconds. */
  readonly timeout: number;
  readonly tls: MqttServer['address']['tls'];
  /** Of MQTT 5; undefined = the version is another one. */
  readonly five: MqttProperties | undefined;
}

const MOST_ID = 23;

/** Random to the length that MQTT 3.1 allows. Throws IllegalArgumentException when there is no room (Util.generateClientId). */
export function generateClientId(prefix: string): string {
  const room = MOST_ID - prefix.length;
  if (room < 0)
    throw new JavaError(
      'java.lang.IllegalArgumentException',
      `ClientId prefix ${prefix} is too long, max allowed is ${MOST_ID} but was ${prefix.length}`,
    );
  return prefix + randomUUID().replaceAll('-', '').slice(0, room);
}

/**
 * Reads the properties in the plugin's order. Throws JavaError for numbers that are none, and for a certificate that cannot be
 * had; `clientId` is asked for in its turn.
 */
export function readParameters(
  props: ConnectionProps,
  test: Test,
  clientId: () => string,
  path: () => string | undefined,
): Parameters {
  const { protocol, server } = props;
  const port = parseInteger(props.port);
  const { version } = props;
  const keepAlive = (parseInteger(props.keepAlive) << 16) >> 16;
  const webSocketPath = path();
  const id = clientId();
  const attempts = parseInteger(props.attempts);
  const reconnects = parseInteger(props.reconnects);
  const { user, password } = props;
  const clean = parseBoolean(props.clean);
  const timeout = parseInteger(props.timeout);
  const library = LIBRARIES.find((name) => name === props.client);
  return {
    library,
    protocol,
    host: server,
    port,
    version,
    keepAlive,
    path: webSocketPath,
    clientId: id,
    attempts,
    reconnects,
    user: user.trim() === '' ? undefined : user,
    password: password.trim() === '' ? undefined : password,
    clean,
    timeout,
    five: isFive(version) ? connectProperties(props, clean) : undefined,
    tls: protocol === 'SSL' || protocol === 'WSS' ? tlsOf(test, library, props) : undefined,
  };
}

const LIBRARIES: readonly Library[] = ['hivemq', 'fusesource'];

/** A client that has not connected yet. */
export class Client {
  readonly connection: Connection;
  #opening: Opening | undefined;

  constructor(
    private readonly library: Library,
    private readonly parameters: Parameters,
    private readonly test: Test,
  ) {
    this.connection = new Connection(library, parameters.clientId, parameters.clean);
  }

  connect(waiter: MqttWaiter): void {
    const { parameters, connection, library, test } = this;
    const server = serverOf(parameters, test);
    const older = helloOf(parameters, library);
    const { five } = parameters;
    const hello: MqttHello = five === undefined ? older : { ...older, level: 5, properties: five };
    const session = (greeting: MqttHello, opener: MqttWaiter): MqttSession =>
      new MqttSession(server, greeting, {}, connection, opener);
    const goOlder = (opener: MqttWaiter) => (): void => {
      connection.session = session(older, opener);
    };
    const open = (opener: MqttWaiter): MqttSession =>
      session(hello, five === undefined ? opener : new OlderIfUnknown(opener, goOlder(opener)));
    const { attempts, reconnects, timeout } = parameters;
    const first = firstDelaysOf(library, attempts, reconnects);
    if (reconnects !== 0) connection.again = new Reconnection(connection, open, delaysOf(library, reconnects), test);
    if (attempts === 0 && reconnects === 0) connection.session = open(waiter);
    else this.#opening = new Opening(connection, open, first, test, timeout * 1000, waiter);
  }

  /** Ends an attempt that still goes on; it fails at once. */
  cancel(): void {
    this.#opening?.cancel();
    this.connection.session?.drop(false);
  }
}

/**
 * Makes the library's client. Throws JavaError where it does: the plugin's handler then stumbles over the client that is not
 * there, and the sample is lost.
 */
export function createClient(parameters: Parameters, user: User): Client {
  const { library } = parameters;
  if (library === undefined)
    throw new JavaError(
      'java.lang.NullPointerException',
      'Cannot invoke "net.xmeter.samplers.mqtt.MQTTClient.getClientId()"',
    );
  if (library === 'hivemq') checkHive(parameters);
  else checkFuse(parameters);
  return new Client(library, parameters, user.test);
}

/** The name of a host as java.net.URI knows it. */
const HOST = /^(?:\[.*\]|\d+(?:\.\d+){3}|(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)*[a-z](?:[a-z\d-]*[a-z\d])?\.?)$/i;

/** What fails with an exception, whatever the library. */
export const throws = ({ library, clientId, clean }: Parameters): boolean =>
  library === 'hivemq' || (clientId === '' && !clean);

/** What the library refuses when it is to connect; undefined = nothing. */
export function refusal({ library, timeout, keepAlive, host, port, clientId, clean }: Parameters): string | undefined {
  if (library === 'fusesource' && clientId === '' && !clean)
    return 'The client id MUST be configured when clean session is set to false';
  if (timeout <= 0) return 'Connection timeout';
  if (port < 0 || port > 65535) return `port out of range:${port}`;
  if (library === 'hivemq' && keepAlive < 0)
    return `Keep alive must not exceed the value range of unsigned short [0, 65535], but was ${keepAlive}.`;
  // Java's URI has no host for it.
  if (library === 'fusesource' && !HOST.test(host)) return `unresolved address: ${host}`;
  return undefined;
}

function checkHive({ clientId, host, port, user }: Parameters): void {
  checkText(clientId, 'Client identifier');
  if (host === '') throw illegal('Server host must be at least one character long.');
  if (port < 0 || port > 65535) throw illegal(`port out of range:${port}`);
  if (user !== undefined) checkText(user, 'Username');
}

function checkFuse({ protocol, host, port }: Parameters): void {
  if (protocol !== 'TCP' && protocol !== 'SSL') throw illegal(`Unsupported protocol${protocol}`);
  parseUri(`${protocol.toLowerCase()}://${host}:${port}`);
}

const illegal = (message: string): JavaError => new JavaError('java.lang.IllegalArgumentException', message);

function helloOf({ version, clientId, clean, keepAlive, user, password }: Parameters, library: Library): MqttHello {
  return {
    level: levelOf(version, library),
    clientId,
    clean,
    keepAlive: keepAlive & 0xffff,
    user,
    password: user === undefined && library === 'hivemq' ? undefined : password,
  };
}

/** The HiveMQ client of the plugin speaks 3.1.1 whatever the version says, fusesource 3.1 unless told otherwise. */
function levelOf(version: string, library: Library): MqttLevel {
  if (library === 'hivemq') return 4;
  return version === '3.1.1' ? 4 : 3;
}

const SERVERS = {};

/** What a server is known by. */
type Place = Pick<Parameters, 'protocol' | 'host' | 'port' | 'path' | 'timeout' | 'tls'>;

interface Known {
  readonly server: MqttServer;
  readonly place: Place;
}

/** One for all connections to the same place with the same settings; most plans have one place. */
export function serverOf(place: Place, test: Test): MqttServer {
  const known = test.state(SERVERS, (): Known[] => []);
  const found = known.find((one) => sameServer(one.place, place));
  if (found !== undefined) return found.server;
  const { protocol, host, port, path = '', timeout, tls } = place;
  const webSocket = protocol === 'WS' || protocol === 'WSS' ? path : undefined;
  const address = { ...test.connectTo(host, port), tls, webSocket };
  const server = { address, keeper: keeperOf(test), connectTimeout: timeout * 1000, watch: deliveryOf(test) };
  if (known.length < MOST_SERVERS) known.push({ server, place });
  return server;
}

/** Beyond that each connection has its own. */
const MOST_SERVERS = 64;

const sameServer = (a: Place, b: Place): boolean =>
  a.host === b.host &&
  a.port === b.port &&
  a.timeout === b.timeout &&
  a.protocol === b.protocol &&
  a.path === b.path &&
  a.tls === b.tls;
