import { type MqttLevel, TYPE } from './encode.js';
import type { MqttError } from './error.js';
import { Cursor, type MqttProperties, NO_PROPERTIES } from './properties.js';

/** What the broker answered. */
export interface MqttAck {
  /** Return code or reason code; 128 and more = the broker refused this packet (MQTT 5). */
  readonly code: number;
  /** Of SUBACK, and of UNSUBACK in MQTT 5: one for each topic filter. */
  readonly codes: readonly number[];
  /** Of CONNACK: the broker knew the session. */
  readonly sessionPresent: boolean;
  readonly properties: MqttProperties;
}

/** An answer that says nothing but yes. */
export const YES: MqttAck = { code: 0, codes: [], sessionPresent: false, properties: NO_PROPERTIES };

/** Reads CONNACK, SUBACK, UNSUBACK, the answers to PUBLISH, and DISCONNECT; throws MqttError when it is none. */
export function readAck(type: number, level: MqttLevel, bytes: Buffer, from: number, to: number): MqttAck {
  const cursor = new Cursor(bytes, from, to);
  if (type === TYPE.suback || type === TYPE.unsuback) {
    cursor.two();
    const properties = level === 5 ? cursor.properties() : NO_PROPERTIES;
    const codes = [...cursor.take(to - cursor.at)];
    return { ...YES, codes, properties };
  }
  const sessionPresent = type === TYPE.connack && (cursor.byte() & 1) === 1;
  if (type !== TYPE.connack && type !== TYPE.disconnect) cursor.two();
  const code = type === TYPE.connack || cursor.left ? cursor.byte() : 0;
  const properties = level === 5 && cursor.left ? cursor.properties() : NO_PROPERTIES;
  return { code, codes: YES.codes, sessionPresent, properties };
}

/** Who waits for an answer; one of the two is called, once. */
export interface MqttWaiter {
  done(ack: MqttAck): void;
  failed(error: MqttError): void;
}

export const NOBODY: MqttWaiter = { done() {}, failed() {} };

/** Answers that begin with a packet identifier. */
export const ANSWERS = new Set<number>([TYPE.puback, TYPE.pubrec, TYPE.pubcomp, TYPE.suback, TYPE.unsuback]);

/** The packet identifier, or another number of two bytes. */
export const twoAt = (bytes: Buffer, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);

/** Awaited by a message of QoS 0 that was not taken at once. */
export const DRAIN = 0;

/** A packet that waits for its answer. */
export interface Pending {
  /** 0 for PINGREQ and for messages of QoS 0. */
  readonly id: number;
  /** Type of the packet it waits for, or {@link DRAIN}. */
  awaited: number;
  waiter: MqttWaiter;
  next: Pending | undefined;
}

/** What waits, in the order it was sent: answers come in that order, so they are found at once. */
export class PendingList {
  first: Pending | undefined;
  #last: Pending | undefined;

  add(id: number, awaited: number, waiter: MqttWaiter): void {
    const pending: Pending = { id, awaited, waiter, next: undefined };
    if (this.#last === undefined) this.first = pending;
    else this.#last.next = pending;
    this.#last = pending;
  }

  find(id: number, awaited: number): Pending | undefined {
    let pending = this.first;
    while (pending !== undefined && (pending.id !== id || pending.awaited !== awaited)) pending = pending.next;
    return pending;
  }

  uses(id: number): boolean {
    let pending = this.first;
    while (pending !== undefined && pending.id !== id) pending = pending.next;
    return pending !== undefined;
  }

  /** Takes it out; undefined when nobody waits for that. */
  take(id: number, awaited: number): MqttWaiter | undefined {
    let before: Pending | undefined;
    for (let pending = this.first; pending !== undefined; before = pending, pending = pending.next) {
      if (pending.id !== id || pending.awaited !== awaited) continue;
      if (before === undefined) this.first = pending.next;
      else before.next = pending.next;
      if (pending === this.#last) this.#last = before;
      return pending.waiter;
    }
    return undefined;
  }

  /** Nobody waits any more for what this one waited for; its packet identifier stays in use until the answer comes. */
  forget(waiter: MqttWaiter): void {
    for (let pending = this.first; pending !== undefined; pending = pending.next)
      if (pending.waiter === waiter) pending.waiter = NOBODY;
  }
}
