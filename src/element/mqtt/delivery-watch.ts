import type {
  MarkedMessage,
  MqttHello,
  MqttMessage,
  MqttPublish,
  MqttSession,
  MqttSubscription,
  MqttWatch,
} from '../../protocol/index.js';
import { type DeliveryPart, hashOf, Numbers, type Spent, Windows } from '../../result/index.js';
import { MARK, type Mark, markText, readMark } from './delivery-mark.js';
import { DeliveryPeer } from './delivery-peer.js';
import { Since } from './delivery-since.js';

/** Name of the user property that holds the mark where MQTT 5 is spoken. */
const PROPERTY = 'meterless';

/** What the run has of its own: the same in all its processes. */
export interface DeliveryRun {
  /** Tells its messages from those of other runs. */
  readonly run: number;
  /** This process, and how many there are. */
  readonly index: number;
  readonly count: number;
  /** µs, the same in all processes of the machine. */
  readonly now: () => number;
}

/**
 * Marks each message that the sessions of this process publish with its sender, number and time, reads the marks of those
 * that arrive, and counts (`--mqtt-delivery`). Its memory does not grow with the messages.
 */
export class DeliveryWatch implements MqttWatch {
  readonly #run: DeliveryRun;
  #since = new Since(false, 0);
  #connected = 0;
  readonly #peers = new Map<MqttSession, DeliveryPeer>();
  /** Sessions that the broker keeps, by client id. */
  readonly #kept = new Map<string, DeliveryPeer>();
  #lastPeer = 0;
  readonly #numbers = new Numbers();
  readonly #windows = new Windows();
  /** A session of an older version has subscribed: to it user properties do not come. */
  #older = false;
  /** When the message was marked that is about to be published. */
  #markedAt = 0;

  constructor(run: DeliveryRun) {
    this.#run = run;
  }

  /** What there is since the last call. */
  part(spent: Pick<Spent, 'cpuSeconds' | 'memory'>): DeliveryPart {
    const since = this.#since;
    this.#since = new Since(since.figures.grouped, this.#connected);
    return since.part(this.#run.index, this.#run.now(), spent);
  }

  added(message: MqttPublish, session: MqttSession): number {
    return deletes(message) || this.#inProperty(session) ? 0 : MARK;
  }

  connected(hello: MqttHello, sessionPresent: boolean, session: MqttSession): void {
    const { level, clientId, clean, properties } = hello;
    this.#since.sockets = Math.max(this.#since.sockets, ++this.#connected);
    const keeps = clientId !== '' && (level === 5 ? (properties?.sessionExpiry ?? 0) > 0 : !clean);
    const known = this.#kept.get(clientId);
    this.#kept.delete(clientId);
    if (known !== undefined && !sessionPresent) known.removeAll(this.#run.now(), this.#change);
    if (known !== undefined && sessionPresent) this.#peers.set(session, known);
    // The others have figures only once they publish or subscribe.
    if (!keeps && (known === undefined || !sessionPresent)) return;
    const peer = this.#peerOf(session);
    peer.keptAs = keeps ? clientId : undefined;
    if (keeps) this.#kept.set(clientId, peer);
  }

  ended(session: MqttSession): void {
    if (session.connected) this.#connected--;
    const peer = this.#peers.get(session);
    this.#peers.delete(session);
    if (peer !== undefined && peer.keptAs === undefined) peer.removeAll(this.#run.now(), this.#change);
  }

  mark(message: MqttPublish, session: MqttSession): MqttPublish {
    if (deletes(message)) return message;
    const { topic, payload, qos, properties } = message;
    const { run, index, count } = this.#run;
    const peer = this.#peerOf(session).number;
    const at = this.#run.now();
    this.#markedAt = at;
    const number = this.#numbers.next(hashOf(topic, peer, qos));
    const text = markText(run, { sender: peer * count + index, number, qos, at });
    if (this.#inProperty(session)) {
      const userProperties = [...(properties?.userProperties ?? []), [PROPERTY, text] as const];
      return { ...message, properties: { ...properties, userProperties } };
    }
    if (typeof payload === 'string') return { ...message, payload: payload + text };
    return { ...message, payload: Buffer.concat([payload, Buffer.from(text, 'latin1')]) };
  }

  published(message: MqttPublish, session: MqttSession): void {
    const { topic, qos } = message;
    if (qos > 0) this.#since.figures.counts.toAcknowledge++;
    if (deletes(message)) return;
    const at = this.#markedAt;
    const row = this.#since.figures.rowOf(topic, qos);
    row.sent++;
    this.#since.figures.rates.sent(at);
    this.#since.published(topic, qos, at);
    if (this.#peers.get(session)?.keepsFrom(topic)) row.expected--;
  }

  acked(code: number): void {
    const { counts } = this.#since.figures;
    if (code < 128) counts.acknowledged++;
    else counts.refused++;
  }

  arrived(message: MarkedMessage, session: MqttSession): void {
    const { counts } = this.#since.figures;
    const mark = this.#takeMark(message);
    if (mark === undefined) counts.unmarked++;
    else if (mark === 'other') counts.otherRuns++;
    else this.#count(message, mark, session);
  }

  #count(message: MqttMessage, { sender, number, qos, at }: Mark, session: MqttSession): void {
    const { topic, retain, dup } = message;
    const { counts, rates } = this.#since.figures;
    const peer = this.#peerOf(session);
    const held = peer.heldFor(topic, at);
    if (retain && held?.asPublished !== true) {
      counts.retained++;
      return;
    }
    const now = this.#run.now();
    const row = this.#since.figures.rowOf(topic, qos);
    const place = this.#windows.place(hashOf(topic, peer.number * 4 + qos, sender), number, dup);
    if (place === 'again') {
      row.duplicates++;
      return;
    }
    if (place === 'late') row.outOfOrder++;
    if (held === undefined) counts.unasked++;
    else row.arrived++;
    rates.arrived(now);
    row.latency.record(now - at);
  }

  /** Reads the mark and takes it out of the message. */
  #takeMark(message: MarkedMessage): Mark | 'other' | undefined {
    const { run } = this.#run;
    const { userProperties } = message.properties;
    const property = userProperties?.find(([name]) => name === PROPERTY);
    if (property !== undefined) {
      const others = userProperties?.filter(([name]) => name !== PROPERTY) ?? [];
      message.properties = { ...message.properties, userProperties: others.length > 0 ? others : undefined };
      return readMark(Buffer.from(property[1], 'latin1'), 0, run);
    }
    const { payload } = message;
    const mark = readMark(payload, payload.length - MARK, run);
    if (mark !== undefined) message.shorten(MARK);
    return mark;
  }

  subscribing(id: number, subscriptions: readonly MqttSubscription[], session: MqttSession): void {
    if (session.level < 5) this.#older = true;
    const peer = this.#peerOf(session);
    peer.asked ??= new Map();
    peer.asked.set(
      id,
      subscriptions.map(({ filter, noLocal = false, retainAsPublished: asPublished = false }) => ({
        filter,
        noLocal,
        asPublished,
      })),
    );
  }

  subscribed(id: number, codes: readonly number[], session: MqttSession): void {
    const peer = this.#peerOf(session);
    const asked = peer.asked?.get(id) ?? [];
    peer.asked?.delete(id);
    if (peer.asked?.size === 0) peer.asked = undefined;
    const since = this.#run.now();
    for (const [i, { filter, noLocal, asPublished }] of asked.entries())
      if ((codes[i] ?? 128) < 128) peer.add({ filter, since, noLocal, asPublished, counted: false }, this.#change);
  }

  unsubscribing(filters: readonly string[], session: MqttSession): void {
    this.#peerOf(session).remove(filters, this.#run.now(), this.#change);
  }

  bytes(received: number, sent: number): void {
    this.#since.received += received;
    this.#since.sent += sent;
  }

  #inProperty({ level }: MqttSession): boolean {
    return level === 5 && !this.#older;
  }

  #peerOf(session: MqttSession): DeliveryPeer {
    const known = this.#peers.get(session);
    if (known !== undefined) return known;
    const peer = new DeliveryPeer(++this.#lastPeer);
    this.#peers.set(session, peer);
    return peer;
  }

  readonly #change = (filter: string, by: 1 | -1, at: number): void => {
    this.#since.changes.push({ filter, by, at });
  };
}

/** An empty retained message takes the one back that the broker keeps: with a mark it would take its place. */
const deletes = ({ retain, payload }: MqttPublish): boolean => retain && payload.length === 0;
