import { randomInt } from 'node:crypto';
import { JavaError, parseInteger } from '../../java/index.js';
import { type Named, prop, type User } from '../../model/index.js';
import type { MqttQos, MqttSubscription } from '../../protocol/index.js';
import { type BrokerUrl, brokerAt, brokerUrl } from './broker.js';
import { FuseConnection } from './fuse-connection.js';

/** What both samplers of tuanhiep's plugin have. */
export const clientProps = {
  url: prop.text('mqtt.provider_url'),
  topics: prop.text('mqtt.topic'),
  authenticates: prop.flag('mqtt.authenticate'),
  user: prop.text('mqtt.security_principle'),
  password: prop.text('mqtt.security_credentials'),
  quality: prop.text('mqtt.quality'),
  strategy: prop.text('mqtt.strategy'),
  perTopic: prop.flag('mqtt.one_connection_per_topic'),
  suffixed: prop.flag('mqtt.random_suffix_client_id'),
  suffixLength: prop.text('mqtt.suffix.length'),
  iterations: prop.int('mqtt.iterations'),
};
export type ClientProps = Named<typeof clientProps>;

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The client id, with a random ending if it is to have one. Throws NumberFormatException for a length that is none. */
export function clientIdOf(id: string, { suffixed, suffixLength }: ClientProps): string {
  if (!suffixed) return id;
  let text = id;
  for (let rest = parseInteger(suffixLength); rest > 0; rest--) text += LETTERS[randomInt(LETTERS.length)];
  return text;
}

/** The QoS of its name, which the plugin misspells; undefined = null in Java. */
export const qosOf = (quality: string): MqttQos | undefined => QOS[quality];
const QOS: Readonly<Record<string, MqttQos>> = {
  mqtt_at_most_once: 0,
  mqtt_at_least_once: 1,
  mqtt_extactly_once: 2,
};

/** `split("\\s*,\\s*")` of Java: empty ones at the end are dropped. */
export function topicsOf(topics: string): readonly string[] {
  const parts = topics.split(/\s*,\s*/);
  if (parts.length === 1) return parts;
  while (parts.at(-1) === '') parts.pop();
  return parts;
}

/** A connection to the broker of the plan. Throws JavaError for an address that is none, or of a kind the library lacks. */
export function newConnection(
  { url, authenticates, user: name, password }: ClientProps,
  user: User,
  clientId: string,
  clean: boolean,
  subscriptions?: readonly MqttSubscription[],
): FuseConnection {
  const place = brokerUrl(url);
  const secure = SECURE.has(place.scheme);
  if (place.scheme !== 'tcp' && !secure)
    throw new JavaError('java.lang.Exception', `Unsupported URI scheme '${place.scheme}'`);
  if (!hasPort(place)) throw new JavaError('java.lang.IllegalArgumentException', 'port out of range:-1');
  const server = brokerAt(place, secure, 0, user.test);
  const hello = { clientId, clean, ...(authenticates ? { user: name, password } : {}) };
  return new FuseConnection(user.test, server, hello, subscriptions);
}

const SECURE: ReadonlySet<string> = new Set(['ssl', 'sslv2', 'sslv3', 'tls', 'tlsv1', 'tlsv1.1', 'tlsv1.2']);

const hasPort = (url: BrokerUrl): url is BrokerUrl & { readonly port: number } => url.port !== undefined;
