import { garbage } from './error.js';

/** Properties of a packet of MQTT 5, all kinds in one (OASIS MQTT 5.0 §2.2.2.2); times in seconds. */
export interface MqttProperties {
  readonly payloadFormat?: number | undefined;
  readonly messageExpiry?: number | undefined;
  readonly contentType?: string | undefined;
  readonly responseTopic?: string | undefined;
  readonly correlationData?: Uint8Array | undefined;
  readonly subscriptionIds?: readonly number[] | undefined;
  readonly sessionExpiry?: number | undefined;
  readonly assignedClientId?: string | undefined;
  readonly serverKeepAlive?: number | undefined;
  readonly authenticationMethod?: string | undefined;
  readonly authenticationData?: Uint8Array | undefined;
  readonly requestProblem?: number | undefined;
  readonly willDelay?: number | undefined;
  readonly requestResponse?: number | undefined;
  readonly responseInformation?: string | undefined;
  readonly serverReference?: string | undefined;
  readonly reason?: string | undefined;
  readonly receiveMaximum?: number | undefined;
  readonly topicAliasMaximum?: number | undefined;
  readonly topicAlias?: number | undefined;
  readonly maximumQos?: number | undefined;
  readonly retainAvailable?: number | undefined;
  readonly userProperties?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly maximumPacketSize?: number | undefined;
  readonly wildcardAvailable?: number | undefined;
  readonly subscriptionIdsAvailable?: number | undefined;
  readonly sharedAvailable?: number | undefined;
}

type Kind = 'byte' | 'two' | 'four' | 'lengths' | 'text' | 'bytes' | 'pairs';

const TABLE: readonly (readonly [id: number, key: keyof MqttProperties, kind: Kind])[] = [
  [0x01, 'payloadFormat', 'byte'],
  [0x02, 'messageExpiry', 'four'],
  [0x03, 'contentType', 'text'],
  [0x08, 'responseTopic', 'text'],
  [0x09, 'correlationData', 'bytes'],
  [0x0b, 'subscriptionIds', 'lengths'],
  [0x11, 'sessionExpiry', 'four'],
  [0x12, 'assignedClientId', 'text'],
  [0x13, 'serverKeepAlive', 'two'],
  [0x15, 'authenticationMethod', 'text'],
  [0x16, 'authenticationData', 'bytes'],
  [0x17, 'requestProblem', 'byte'],
  [0x18, 'willDelay', 'four'],
  [0x19, 'requestResponse', 'byte'],
  [0x1a, 'responseInformation', 'text'],
  [0x1c, 'serverReference', 'text'],
  [0x1f, 'reason', 'text'],
  [0x21, 'receiveMaximum', 'two'],
  [0x22, 'topicAliasMaximum', 'two'],
  [0x23, 'topicAlias', 'two'],
  [0x24, 'maximumQos', 'byte'],
  [0x25, 'retainAvailable', 'byte'],
  [0x26, 'userProperties', 'pairs'],
  [0x27, 'maximumPacketSize', 'four'],
  [0x28, 'wildcardAvailable', 'byte'],
  [0x29, 'subscriptionIdsAvailable', 'byte'],
  [0x2a, 'sharedAvailable', 'byte'],
];
const BY_ID = new Map(TABLE.map((row) => [row[0], row]));

export const NO_PROPERTIES: MqttProperties = {};
const NONE = Buffer.of(0);

/** The properties as they stand in a packet, their length before them. */
export function encodeProperties(properties: MqttProperties | undefined): Buffer {
  if (properties === undefined || properties === NO_PROPERTIES) return NONE;
  const parts: Buffer[] = [];
  for (const [id, key, kind] of TABLE) {
    const value = properties[key];
    if (value !== undefined) write(parts, Buffer.of(id), kind, value);
  }
  const body = Buffer.concat(parts);
  return Buffer.concat([encodeLength(body.length), body]);
}

function write(
  parts: Buffer[],
  id: Buffer,
  kind: Kind,
  value: NonNullable<MqttProperties[keyof MqttProperties]>,
): void {
  if (typeof value === 'number') parts.push(id, encodeNumber(value, kind));
  else if (typeof value === 'string') parts.push(id, encodeText(value));
  else if (value instanceof Uint8Array) parts.push(id, encodeBytes(value));
  else
    for (const item of value) {
      if (typeof item === 'number') parts.push(id, encodeLength(item));
      else parts.push(id, encodeText(item[0]), encodeText(item[1]));
    }
}

function encodeNumber(value: number, kind: Kind): Buffer {
  if (kind === 'byte') return Buffer.of(value);
  const bytes = Buffer.allocUnsafe(kind === 'two' ? 2 : 4);
  if (kind === 'two') bytes.writeUInt16BE(value & 0xffff);
  else bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** A text with its length of two bytes before it; what is too long for that is cut. */
export const encodeText = (text: string): Buffer => encodeBytes(Buffer.from(text));

/** Bytes with their length of two bytes before them; what is too long for that is cut. */
export function encodeBytes(data: Uint8Array): Buffer {
  const length = Math.min(data.length, 0xffff);
  const bytes = Buffer.allocUnsafe(2 + length);
  bytes.writeUInt16BE(length);
  bytes.set(length === data.length ? data : data.subarray(0, length), 2);
  return bytes;
}

/** A length as MQTT writes it: seven bits in each byte. */
export function encodeLength(length: number): Buffer {
  const bytes = [];
  let rest = length;
  do {
    bytes.push(rest > 127 ? (rest & 127) | 128 : rest);
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}

/** Reads what stands in a packet, field by field; throws MqttError when the packet is over too early. */
export class Cursor {
  constructor(
    readonly bytes: Buffer,
    public at: number,
    readonly end: number,
  ) {}

  get left(): boolean {
    return this.at < this.end;
  }
  byte(): number {
    if (this.at >= this.end) throw garbage('The packet ends too early.');
    return this.bytes[this.at++] ?? 0;
  }
  two(): number {
    return this.byte() * 256 + this.byte();
  }
  four(): number {
    return this.two() * 65536 + this.two();
  }
  length(): number {
    let value = 0;
    for (let factor = 1; factor <= 2097152; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw garbage('A length has more than four bytes.');
  }
  /** A view of that many bytes. */
  take(length: number): Buffer {
    const from = this.at;
    this.at += length;
    if (this.at > this.end) throw garbage('The packet ends too early.');
    return this.bytes.subarray(from, this.at);
  }
  text(): string {
    return this.take(this.two()).toString('utf8');
  }

  /** The properties that stand here. */
  properties(): MqttProperties {
    const size = this.length();
    if (size === 0) return NO_PROPERTIES;
    const inner = new Cursor(this.bytes, this.at, this.at + size);
    this.take(size);
    // Filled by the table above, in which each key has the kind of its type.
    const found: Record<string, unknown> = {};
    while (inner.left) inner.#property(found);
    return found as MqttProperties;
  }

  #property(found: Record<string, unknown>): void {
    const id = this.byte();
    const row = BY_ID.get(id);
    if (row === undefined) throw garbage(`There is no property ${id}.`);
    const [, key, kind] = row;
    if (kind === 'pairs' || kind === 'lengths') {
      const item = kind === 'lengths' ? this.length() : [this.text(), this.text()];
      const list = found[key];
      if (Array.isArray(list)) list.push(item);
      else found[key] = [item];
    } else found[key] = this.#value(kind);
  }

  #value(kind: Exclude<Kind, 'pairs' | 'lengths'>): unknown {
    switch (kind) {
      case 'byte':
        return this.byte();
      case 'two':
        return this.two();
      case 'four':
        return this.four();
      case 'text':
        return this.text();
      case 'bytes':
        return Buffer.from(this.take(this.two()));
    }
  }
}
