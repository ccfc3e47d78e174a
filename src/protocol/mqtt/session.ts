import type { LineError } from '../line/index.js';
import type { Beginning } from './beginning.js';
import { CONNECTED, HEARD, LATE, OVER, PINGED, STOPPED, WRAPPED, WROTE } from './bits.js';
import {
  encodeAck,
  encodeConnect,
  encodeDisconnect,
  encodePublish,
  encodeSubscribe,
  encodeUnsubscribe,
  type MqttHello,
  type MqttLevel,
  type MqttPublish,
  type MqttSubscription,
  PINGREQ,
  TYPE,
} from './encode.js';
import { ended, garbage, MqttError, refuse } from './error.js';
import { ANSWERS, DRAIN, type MqttAck, type MqttWaiter, NOBODY, PendingList, readAck, twoAt, YES } from './exchange.js';
import { Extras } from './extras.js';
import type { Kept } from './keeper.js';
import { LONGEST, MOST_WAITING, PATIENCE } from './limits.js';
import type { Line, LineUser, LocalEnd } from './line.js';
import { Arrived } from './message.js';
import { openLine } from './open-line.js';
import { PacketReader } from './packet-reader.js';
import { type MqttProperties, NO_PROPERTIES } from './properties.js';
import type { MqttListener, MqttServer } from './server.js';

/** Reads are not nested, so one is enough. */
const arrived = new Arrived();

/**
 * One MQTT session (MQTT 3.1, 3.1.1, 5) as a client has it. It calls back and makes no promises; when nothing goes on it is
 * one small object beside its socket.
 */
export class MqttSession extends PacketReader implements LineUser, Kept {
  slot: Kept[] | undefined;
  index = 0;
  readonly level: MqttLevel;
  readonly #line: Line;
  #bits = 0;
  #lastId = 0;
  #beginning: Beginning | undefined;
  #leaving: { readonly waiter: MqttWaiter; readonly alarm: { cancel(): void } } | undefined;
  #pending: PendingList | undefined;
  #extras: Extras | undefined;

  /** Connects; `waiter` hears of CONNACK, or of what went wrong, a refusal too. */
  constructor(
    private readonly server: MqttServer,
    hello: MqttHello,
    local: LocalEnd,
    /** May be exchanged at any time. */
    public listener: MqttListener,
    waiter: MqttWaiter,
  ) {
    super();
    const { address, keeper, connectTimeout } = server;
    this.level = hello.level;
    const late = (): void => this.fail(new MqttError('timeout', `No CONNACK within ${connectTimeout} ms.`));
    this.#beginning = {
      hello: encodeConnect(hello),
      said: server.watch && hello,
      keepAlive: hello.keepAlive,
      waiter,
      alarm: connectTimeout > 0 ? keeper.alarms.after(connectTimeout, late) : undefined,
    };
    this.#line = openLine(address, local, this);
    keeper.add(this, hello.keepAlive);
  }

  get connected(): boolean {
    return (this.#bits & CONNECTED) !== 0;
  }
  /** The broker is slow to take what was sent: whoever does not wait for answers should wait now. */
  get slow(): boolean {
    return this.#line.waiting > 0;
  }

  /** Bytes by which the watch will make the payload of this message longer. */
  added(message: MqttPublish): number {
    return this.server.watch?.added(message, this) ?? 0;
  }

  /**
   * Publishes; true = done (QoS 0, and taken by the kernel). Otherwise the waiter hears, or has heard already: of PUBACK or
   * PUBCOMP, of the line having taken it later, or of a failure.
   */
  publish(message: MqttPublish, waiter: MqttWaiter): boolean {
    if (!this.connected) return refuse(waiter);
    if (message.qos !== 0 && this.#extras?.admits(message, waiter) === false) return false;
    try {
      return this.#publish(message, waiter);
    } catch (error) {
      if (!(error instanceof MqttError)) throw error;
      waiter.failed(error);
      return false;
    }
  }

  /** The waiter gets a code for each of them. */
  subscribe(subscriptions: readonly MqttSubscription[], waiter: MqttWaiter, properties?: MqttProperties): void {
    if (!this.connected) return void refuse(waiter);
    const id = this.#nextId();
    this.#await(id, TYPE.suback, waiter);
    this.server.watch?.subscribing(id, subscriptions, this);
    this.#send(encodeSubscribe(this.level, id, subscriptions, properties));
  }

  unsubscribe(filters: readonly string[], waiter: MqttWaiter): void {
    if (!this.connected) return void refuse(waiter);
    const id = this.#nextId();
    this.#await(id, TYPE.unsuback, waiter);
    this.server.watch?.unsubscribing(filters, this);
    this.#send(encodeUnsubscribe(this.level, id, filters));
  }

  /** Sends a PINGREQ of the caller's own, beside those that keep the session alive. */
  ping(waiter: MqttWaiter): void {
    if (!this.connected) return void refuse(waiter);
    this.#await(0, TYPE.pingresp, waiter);
    this.#send(PINGREQ);
  }

  /**
   * Says goodbye; the waiter hears when the broker has closed the line, as it has to, at the latest after ten seconds (which
   * leaves the port free at once). `code` and properties are of MQTT 5.
   */
  disconnect(waiter: MqttWaiter, code = 0, properties?: MqttProperties): void {
    if (!this.connected) return void refuse(waiter);
    this.#send(encodeDisconnect(this.level, code, properties));
    this.#end(undefined);
    const late = (): void => {
      this.#line.cut(false);
      this.#closed();
    };
    this.#leaving = { waiter, alarm: this.server.keeper.alarms.after(PATIENCE, late) };
  }

  /** Closes without a word, which makes the broker send the will; with a reset the kernel forgets the line at once. */
  drop(reset: boolean): void {
    if (this.over) return;
    this.#end(undefined);
    this.#line.cut(reset);
  }

  /** Nobody waits any more for what this one waited for; a session that is not there yet, or not any more, is dropped. */
  forget(waiter: MqttWaiter): void {
    if (this.#beginning?.waiter === waiter) {
      this.#beginning = { ...this.#beginning, waiter: NOBODY };
      this.drop(false);
    } else if (this.#leaving?.waiter === waiter) {
      this.#line.cut(false);
      this.#closed();
    } else this.#pending?.forget(waiter);
  }

  /** For the line alone. */
  opened(): void {
    const beginning = this.#beginning;
    if (beginning === undefined) return;
    this.server.watch?.bytes(0, beginning.hello.length);
    this.#line.send(beginning.hello);
  }

  /** For the line alone. */
  received(bytes: Buffer, from: number, to: number): boolean {
    this.server.watch?.bytes(to - from, 0);
    this.#bits &= ~(PINGED | LATE);
    if ((this.#bits & HEARD) === 0 && !this.#begins(bytes[from] ?? 0)) return true;
    const all = this.take(bytes, from, to);
    arrived.forget();
    if (all && (this.over || this.#line.waiting <= MOST_WAITING)) return true;
    this.#bits |= STOPPED;
    return false;
  }

  /** The first byte of all tells a broker from something else, of which the rest may never come. */
  #begins(first: number): boolean {
    this.#bits |= HEARD;
    if (first === TYPE.connack || first === TYPE.disconnect) return true;
    this.fail(garbage('What answers is no MQTT broker.'));
    return false;
  }

  protected goOn(): void {
    arrived.forget();
    if (this.#line.waiting <= MOST_WAITING) this.#resume();
  }

  #resume(): void {
    if ((this.#bits & STOPPED) === 0) return;
    this.#bits &= ~STOPPED;
    this.#line.resume();
  }

  /** For the line alone. */
  drained(): void {
    for (let waiter = this.#pending?.take(0, DRAIN); waiter; waiter = this.#pending?.take(0, DRAIN)) waiter.done(YES);
    this.#resume();
  }

  /** For the line alone. */
  lost(error: LineError | undefined): void {
    if (this.#leaving !== undefined) this.#closed();
    else
      this.fail(
        error === undefined
          ? new MqttError('closed', 'The broker closed the connection.')
          : new MqttError('line', error.message, 0, error),
      );
  }

  /** For the keeper alone: a third of the keep-alive time is over. */
  turn(): void {
    if (!this.connected) return;
    if ((this.#bits & LATE) !== 0) this.fail(new MqttError('timeout', 'No PINGRESP in time.'));
    else if ((this.#bits & PINGED) !== 0) this.#bits |= LATE;
    else if ((this.#bits & WROTE) !== 0) this.#bits &= ~WROTE;
    else {
      this.#send(PINGREQ);
      this.#bits |= PINGED;
    }
  }

  protected get longest(): number {
    return this.server.longestPacket ?? LONGEST;
  }

  protected get over(): boolean {
    return (this.#bits & OVER) !== 0;
  }

  protected packet(first: number, bytes: Buffer, from: number, to: number): void {
    const type = first & 0xf0;
    if (type === TYPE.publish && this.connected) this.#message(first, bytes, from, to);
    else if (type === TYPE.puback && to === from + 2) this.#answered(type, twoAt(bytes, from), YES);
    else if (type === TYPE.pingresp) this.#pending?.take(0, TYPE.pingresp)?.done(YES);
    else if (type === TYPE.connack) this.#connack(readAck(type, this.level, bytes, from, to));
    else if (type === TYPE.disconnect && this.level === 5) {
      const { code, properties } = readAck(type, this.level, bytes, from, to);
      throw new MqttError('disconnected', properties.reason ?? 'The broker ended the session.', code);
    } else if (type === TYPE.pubrel) this.#released(twoAt(bytes, from));
    else if (ANSWERS.has(type) && to >= from + 2)
      this.#answered(type, twoAt(bytes, from), readAck(type, this.level, bytes, from, to));
    else throw garbage(`A packet of type ${type >> 4} has no place here.`);
  }

  protected fail(error: MqttError): void {
    if (this.over) return;
    const wasConnected = this.connected;
    this.#line.cut(false);
    this.#end(error);
    if (wasConnected) this.listener.closed(error, this);
  }

  #publish(given: MqttPublish, waiter: MqttWaiter): boolean {
    const { qos } = given;
    const id = qos === 0 ? 0 : this.#nextId();
    const message = this.server.watch?.mark(given, this) ?? given;
    const bytes = encodePublish(this.level, id, message, this.#extras?.limits.maximumPacketSize ?? LONGEST);
    this.server.watch?.published(message, this);
    if (qos !== 0) this.#await(id, qos === 1 ? TYPE.puback : TYPE.pubrec, waiter);
    let taken = this.#send(bytes.head);
    if (bytes.payload !== undefined) taken = this.#send(bytes.payload);
    if (qos !== 0) return false;
    if (!taken) this.#await(0, DRAIN, waiter);
    return taken;
  }

  #send(bytes: Uint8Array): boolean {
    this.#bits |= WROTE;
    this.server.watch?.bytes(0, bytes.length);
    return this.#line.send(bytes);
  }

  #await(id: number, awaited: number, waiter: MqttWaiter): void {
    this.#pending ??= new PendingList();
    this.#pending.add(id, awaited, waiter);
  }

  #nextId(): number {
    if (this.#lastId === 65535) {
      this.#lastId = 0;
      this.#bits |= WRAPPED;
    }
    this.#lastId++;
    return (this.#bits & WRAPPED) !== 0 && this.#pending?.uses(this.#lastId) ? this.#nextId() : this.#lastId;
  }

  #connack(ack: MqttAck): void {
    const beginning = this.#beginning;
    if (beginning === undefined) throw garbage('A second CONNACK came.');
    const { keepAlive, alarm, waiter, said } = beginning;
    if (ack.code !== 0)
      throw new MqttError(
        'refused',
        ack.properties.reason ?? `The broker refused the connection (${ack.code}).`,
        ack.code,
      );
    this.#beginning = undefined;
    alarm?.cancel();
    this.#bits |= CONNECTED;
    if (ack.properties !== NO_PROPERTIES) {
      this.#more().limits = ack.properties;
      const { serverKeepAlive = keepAlive } = ack.properties;
      this.server.keeper.remove(this);
      this.server.keeper.add(this, serverKeepAlive);
    }
    if (said !== undefined) this.server.watch?.connected(said, ack.sessionPresent, this);
    waiter.done(ack);
  }

  #message(first: number, bytes: Buffer, from: number, to: number): void {
    arrived.read(first, bytes, from, to, this.level === 5);
    const { qos, id, properties } = arrived;
    if (properties.topicAlias !== undefined) throw garbage('The broker uses a topic alias, which we did not allow.');
    if (qos === 2) {
      const { received } = this.#more();
      if (!received.has(id)) {
        received.add(id);
        this.#deliver();
      }
      if (!this.over) this.#send(encodeAck(TYPE.pubrec, id));
      return;
    }
    this.#deliver();
    if (qos === 1 && !this.over) this.#send(encodeAck(TYPE.puback, id));
  }

  #deliver(): void {
    this.server.watch?.arrived(arrived, this);
    this.listener.message(arrived, this);
  }

  /** The broker knows that we have the message of QoS 2. */
  #released(id: number): void {
    this.#extras?.received.delete(id);
    this.#send(encodeAck(TYPE.pubcomp, id));
  }

  #answered(type: number, id: number, ack: MqttAck): void {
    if (type === TYPE.pubrec && ack.code < 128) {
      const pending = this.#pending?.find(id, type);
      if (pending !== undefined) pending.awaited = TYPE.pubcomp;
      this.#send(encodeAck(TYPE.pubrel, id));
      return;
    }
    const waiter = this.#pending?.take(id, type);
    if (waiter === undefined) return;
    if (type !== TYPE.suback && type !== TYPE.unsuback) {
      this.server.watch?.acked(ack.code, this);
      const next = this.#extras?.oneLess();
      if (next !== undefined) this.publish(next.message, next.waiter);
    } else if (type === TYPE.suback) this.server.watch?.subscribed(id, ack.codes, this);
    this.yieldAfterPacket();
    waiter.done(ack);
  }

  /** The line is over after a goodbye. */
  #closed(): void {
    const leaving = this.#leaving;
    this.#leaving = undefined;
    leaving?.alarm.cancel();
    leaving?.waiter.done(YES);
  }

  #more(): Extras {
    this.#extras ??= new Extras();
    return this.#extras;
  }

  /** Nothing comes any more; who waits hears why. undefined = we ended it: an error that nobody hears would cost a stack. */
  #end(error: MqttError | undefined): void {
    this.server.watch?.ended(this);
    this.#bits = (this.#bits & ~CONNECTED) | OVER;
    this.server.keeper.remove(this);
    this.forgetPartial();
    const beginning = this.#beginning;
    const pending = this.#pending;
    const extras = this.#extras;
    this.#beginning = this.#pending = this.#extras = undefined;
    beginning?.alarm?.cancel();
    if (beginning === undefined && pending === undefined && extras === undefined) return;
    const why = error ?? ended();
    beginning?.waiter.failed(why);
    for (let one = pending?.first; one !== undefined; one = one.next) one.waiter.failed(why);
    extras?.fail(why);
  }
}
