import { MqttError, tooLarge } from './error.js';
import { encodeBytes, encodeLength, encodeProperties, encodeText, type MqttProperties } from './properties.js';

/** Level of the protocol as CONNECT says it: 3 = MQTT 3.1, 4 = 3.1.1, 5 = 5. */
export type MqttLevel = 3 | 4 | 5;
export type Qos = 0 | 1 | 2;

/** Packet types, shifted as they stand in the first byte. */
export const TYPE = {
  connect: 0x10,
  connack: 0x20,
  publish: 0x30,
  puback: 0x40,
  pubrec: 0x50,
  pubrel: 0x60,
  pubcomp: 0x70,
  subscribe: 0x80,
  suback: 0x90,
  unsubscribe: 0xa0,
  unsuback: 0xb0,
  pingreq: 0xc0,
  pingresp: 0xd0,
  disconnect: 0xe0,
  auth: 0xf0,
} as const;

export const PINGREQ = Buffer.of(TYPE.pingreq, 0);

/** A message to be published. */
export interface MqttPublish {
  readonly topic: string;
  /** Text is sent as UTF-8. */
  readonly payload: string | Uint8Array;
  readonly qos: Qos;
  readonly retain: boolean;
  /** Of MQTT 5; older levels do not send them. */
  readonly properties?: MqttProperties | undefined;
}

/** The message the broker sends when the session ends otherwise than by DISCONNECT. */
export type MqttWill = MqttPublish;

/** What a client says of itself in CONNECT. */
export interface MqttHello {
  readonly level: MqttLevel;
  readonly clientId: string;
  /** `Clean Start` in MQTT 5. */
  readonly clean: boolean;
  /** Seconds, 0 = none. */
  readonly keepAlive: number;
  readonly user?: string | undefined;
  readonly password?: string | Uint8Array | undefined;
  readonly will?: MqttWill | undefined;
  readonly properties?: MqttProperties | undefined;
}

/** One subscription of a SUBSCRIBE. */
export interface MqttSubscription {
  readonly filter: string;
  readonly qos: Qos;
  /** Of MQTT 5: messages of our own are not sent back. */
  readonly noLocal?: boolean;
  readonly retainAsPublished?: boolean;
  /** Of MQTT 5: 0 = send retained messages, 1 = only for a new subscription, 2 = never. */
  readonly retainHandling?: 0 | 1 | 2;
}

/** CONNECT; what is of MQTT 5 is left out at older levels. */
export function encodeConnect(hello: MqttHello): Buffer {
  const { level, clientId, clean, keepAlive, user, password, will, properties } = hello;
  const flags =
    (clean ? 0x02 : 0) |
    (will === undefined ? 0 : 0x04 | (will.qos << 3) | (will.retain ? 0x20 : 0)) |
    (password === undefined ? 0 : 0x40) |
    (user === undefined ? 0 : 0x80);
  const parts = [
    encodeText(level === 3 ? 'MQIsdp' : 'MQTT'),
    Buffer.of(level, flags, (keepAlive >> 8) & 255, keepAlive & 255),
  ];
  if (level === 5) parts.push(encodeProperties(properties));
  parts.push(encodeText(clientId));
  if (will !== undefined) {
    if (level === 5) parts.push(encodeProperties(will.properties));
    parts.push(encodeText(will.topic), encodeBytes(bytesOf(will.payload)));
  }
  if (user !== undefined) parts.push(encodeText(user));
  if (password !== undefined) parts.push(encodeBytes(bytesOf(password)));
  return packet(TYPE.connect, parts);
}

/** SUBSCRIBE with a packet identifier; before MQTT 5 only the QoS of each filter is sent. */
export function encodeSubscribe(
  level: MqttLevel,
  id: number,
  subscriptions: readonly MqttSubscription[],
  properties?: MqttProperties,
): Buffer {
  const parts = [twoBytes(id)];
  if (level === 5) parts.push(encodeProperties(properties));
  for (const { filter, qos, noLocal = false, retainAsPublished = false, retainHandling = 0 } of subscriptions) {
    const options = qos | (noLocal ? 4 : 0) | (retainAsPublished ? 8 : 0) | (retainHandling << 4);
    parts.push(encodeText(filter), Buffer.of(level === 5 ? options : qos));
  }
  return packet(TYPE.subscribe | 2, parts);
}

/** UNSUBSCRIBE with a packet identifier. */
export function encodeUnsubscribe(level: MqttLevel, id: number, filters: readonly string[]): Buffer {
  const parts = [twoBytes(id)];
  if (level === 5) parts.push(encodeProperties(undefined));
  for (const filter of filters) parts.push(encodeText(filter));
  return packet(TYPE.unsubscribe | 2, parts);
}

/** PUBACK, PUBREC, PUBREL or PUBCOMP of success. */
export function encodeAck(type: number, id: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes[0] = type === TYPE.pubrel ? type | 2 : type;
  bytes[1] = 2;
  bytes[2] = id >> 8;
  bytes[3] = id;
  return bytes;
}

/** DISCONNECT; the reason code and properties are of MQTT 5. */
export function encodeDisconnect(level: MqttLevel, code: number, properties?: MqttProperties): Buffer {
  if (level < 5 || (code === 0 && properties === undefined)) return Buffer.of(TYPE.disconnect, 0);
  return packet(TYPE.disconnect, [Buffer.of(code), encodeProperties(properties)]);
}

/** Payloads from here on are written from where they are, not copied behind the head. */
const LARGE = 16384;

/** A PUBLISH; a large payload is apart from its head. */
export interface Packet {
  readonly head: Buffer;
  readonly payload: Uint8Array | undefined;
}

/** Throws MqttError when the topic is longer than MQTT can say, or the packet than `longest` bytes. */
export function encodePublish(level: MqttLevel, id: number, message: MqttPublish, longest: number): Packet {
  const { topic, payload, qos, retain } = message;
  const topicLength = Buffer.byteLength(topic);
  if (topicLength > 0xffff) throw new MqttError('too-large', 'The topic is longer than 65535 bytes.');
  const properties = level === 5 ? encodeProperties(message.properties) : undefined;
  const payloadLength = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length;
  const rest = 2 + topicLength + (qos === 0 ? 0 : 2) + (properties?.length ?? 0) + payloadLength;
  const lengthSize = rest < 128 ? 1 : rest < 16384 ? 2 : rest < 2097152 ? 3 : 4;
  if (1 + lengthSize + rest > longest) throw tooLarge(1 + lengthSize + rest, longest);
  const apart = payloadLength >= LARGE;
  const bytes = Buffer.allocUnsafe(1 + lengthSize + rest - (apart ? payloadLength : 0));
  bytes[0] = TYPE.publish | (qos << 1) | (retain ? 1 : 0);
  let at = putLength(bytes, 1, rest);
  bytes[at++] = topicLength >> 8;
  bytes[at++] = topicLength;
  at = putText(bytes, at, topic, topicLength);
  if (qos !== 0) {
    bytes[at++] = id >> 8;
    bytes[at++] = id;
  }
  if (properties !== undefined) {
    bytes.set(properties, at);
    at += properties.length;
  }
  if (apart) return { head: bytes, payload: bytesOf(payload) };
  if (typeof payload === 'string') putText(bytes, at, payload, payloadLength);
  else bytes.set(payload, at);
  return { head: bytes, payload: undefined };
}

function putLength(bytes: Buffer, start: number, length: number): number {
  let at = start;
  let rest = length;
  while (rest > 127) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

/** Short ASCII is written here: a call into the runtime costs more. */
const SHORT = 48;

function putText(bytes: Buffer, at: number, text: string, length: number): number {
  if (length <= SHORT && length === text.length) for (let i = 0; i < length; i++) bytes[at + i] = text.charCodeAt(i);
  else bytes.write(text, at, length, 'utf8');
  return at + length;
}

const bytesOf = (data: string | Uint8Array): Uint8Array => (typeof data === 'string' ? Buffer.from(data) : data);

function twoBytes(value: number): Buffer {
  return Buffer.of(value >> 8, value & 255);
}

function packet(first: number, parts: readonly Buffer[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  return Buffer.concat([Buffer.of(first), encodeLength(length), ...parts]);
}
