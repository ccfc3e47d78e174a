import type { Qos } from './encode.js';
import { garbage } from './error.js';
import { Cursor, type MqttProperties, NO_PROPERTIES } from './properties.js';

/** A message that arrived. It is one object for all messages: what is to outlast the call of the listener has to be copied. */
export interface MqttMessage {
  readonly topic: string;
  /** A view that is valid during the call only. */
  readonly payload: Buffer;
  readonly payloadLength: number;
  readonly qos: Qos;
  /** The broker may have sent it before. */
  readonly dup: boolean;
  readonly retain: boolean;
  /** Empty before MQTT 5. */
  readonly properties: MqttProperties;
}

/** A message as a watch sees it, which takes its mark out before the listener is called. */
export interface MarkedMessage extends MqttMessage {
  properties: MqttProperties;
  /** Takes so many bytes from the end of the payload. */
  shorten(bytes: number): void;
}

const NOTHING = Buffer.alloc(0);

/** The one message; parts of it are made when they are asked for. */
export class Arrived implements MarkedMessage {
  qos: Qos = 0;
  dup = false;
  retain = false;
  properties: MqttProperties = NO_PROPERTIES;
  /** Of a message with QoS 1 or 2. */
  id = 0;
  #bytes: Buffer = NOTHING;
  #topicFrom = 0;
  #topicTo = 0;
  #payloadFrom = 0;
  #end = 0;

  get topic(): string {
    return this.#bytes.toString('utf8', this.#topicFrom, this.#topicTo);
  }
  get payload(): Buffer {
    return this.#bytes.subarray(this.#payloadFrom, this.#end);
  }
  get payloadLength(): number {
    return this.#end - this.#payloadFrom;
  }

  /** Takes the body of a PUBLISH; throws MqttError when it is none. */
  read(first: number, bytes: Buffer, from: number, to: number, five: boolean): void {
    const qos = (first >> 1) & 3;
    if (qos !== 0 && qos !== 1 && qos !== 2) throw garbage('A message has no QoS 3.');
    const topicLength = (bytes[from] ?? 0) * 256 + (bytes[from + 1] ?? 0);
    let at = from + 2 + topicLength;
    if (at + (qos === 0 ? 0 : 2) > to) throw garbage('A message ends too early.');
    this.#bytes = bytes;
    this.#topicFrom = from + 2;
    this.#topicTo = at;
    this.qos = qos;
    this.dup = (first & 8) !== 0;
    this.retain = (first & 1) !== 0;
    if (qos !== 0) {
      this.id = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
      at += 2;
    }
    if (five) {
      const cursor = new Cursor(bytes, at, to);
      this.properties = cursor.properties();
      at = cursor.at;
    } else this.properties = NO_PROPERTIES;
    this.#payloadFrom = at;
    this.#end = to;
  }

  shorten(bytes: number): void {
    this.#end -= bytes;
  }

  /** Lets go of the bytes, which may be many. */
  forget(): void {
    this.#bytes = NOTHING;
    this.#topicFrom = this.#topicTo = this.#payloadFrom = this.#end = 0;
  }
}
