import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchDelivery } from '../../../src/element/mqtt/delivery.js';
import { markText, RUNS, readMark } from '../../../src/element/mqtt/delivery-mark.js';
import { DeliveryWatch } from '../../../src/element/mqtt/delivery-watch.js';
import type { MqttHello, MqttPublish, MqttSession } from '../../../src/protocol/index.js';
import { Delivery } from '../../../src/result/index.js';
import {
  accepting,
  aedesBroker,
  answer,
  type Broker,
  CONNACK,
  connect,
  hello,
  type Peer,
  scripted,
  serverAt,
} from '../../protocol/mqtt/mqtt-kit.js';
import { broker, scene } from './scene.js';

/** A watch whose clock goes on by a millisecond with each look. */
function watched(run = 7) {
  let now = 1_000_000;
  const watch = new DeliveryWatch({ run, index: 0, count: 1, now: () => (now += 1000) });
  const delivery = new Delivery(1);
  const figures = () => {
    delivery.absorb(watch.part({ cpuSeconds: 0, memory: 0 }));
    delivery.end();
    return delivery.figures;
  };
  return { watch, figures, spending: delivery.spending };
}

const publish = (session: MqttSession, topic: string, more: Partial<MqttPublish> = {}): Promise<unknown> =>
  answer((waiter) => {
    if (session.publish({ topic, payload: 'm', qos: 1, retain: false, ...more }, waiter)) waiter.done(NOTHING);
  });
const NOTHING = { code: 0, codes: [], sessionPresent: false, properties: {} };

const subscribe = (session: MqttSession, ...filters: string[]): Promise<unknown> =>
  answer((waiter) =>
    session.subscribe(
      filters.map((filter) => ({ filter, qos: 2 })),
      waiter,
    ),
  );
const disconnect = (session: MqttSession): Promise<unknown> => answer((waiter) => session.disconnect(waiter));

describe('a mark', () => {
  const mark = { sender: 64 ** 6 - 1, number: 5, qos: 2, at: 2 ** 53 - 1 };
  const text = markText(RUNS - 1, mark);

  it('is 32 characters of ASCII that say who sent what when', () => {
    expect(text).toMatch(/^~mtl[\w-]{28}$/);
    const bytes = Buffer.from(`payload${text}`);
    expect(readMark(bytes, 7, RUNS - 1)).toEqual(mark);
    expect(readMark(bytes, 7, 1)).toBe('other');
  });

  it('is not seen in what is none', () => {
    expect(readMark(Buffer.from(text), 1, 1)).toBeUndefined();
    expect(readMark(Buffer.from(text), -1, 1)).toBeUndefined();
    expect(readMark(Buffer.from(text.replace('~mtl', '~mtL')), 0, 1)).toBeUndefined();
    expect(readMark(Buffer.from(`${text.slice(0, -1)}!`), 0, 1)).toBeUndefined();
  });
});

describe('with a broker', () => {
  let world: Awaited<ReturnType<typeof aedesBroker>>;
  beforeAll(async () => {
    world = await aedesBroker();
  });
  afterAll(() => world.close());

  const join = (watch: DeliveryWatch, id: string, more: Partial<MqttHello> = {}) =>
    connect(serverAt(world.port, { watch }), hello(id, more));

  it('counts what is sent and arrives with each QoS, and takes the marks out', async () => {
    const { watch, figures, spending } = watched();
    const one = await join(watch, 'one');
    const two = await join(watch, 'two');
    await publish(one.session, 'a/b');
    await subscribe(one.session, 'a/+');
    await subscribe(two.session, 'a/b', 'a/#');
    for (const qos of [0, 1, 2] as const)
      for (const payload of ['text', Buffer.from([0xff])]) await publish(two.session, 'a/b', { qos, payload });
    await one.ear.until(6);
    await two.ear.until(6);
    expect([...new Set(one.ear.heard)]).toHaveLength(6);
    expect(one.ear.heard[0]).toBe('a/b text 0');
    const { rows, total, counts, rates } = figures();
    expect(rows.map(({ qos, sent, expected, arrived }) => [qos, sent, expected, arrived])).toEqual([
      [1, 3, 4, 4],
      [0, 2, 4, 4],
      [2, 2, 4, 4],
    ]);
    expect(total.latency.count).toBe(12);
    expect(total.latency.min).toBeGreaterThanOrEqual(1000);
    expect(counts).toMatchObject({ toAcknowledge: 5, acknowledged: 5, unasked: 0, unmarked: 0 });
    expect(rates.peakSent).toBe(7);
    expect(spending.peakSockets).toBe(2);
    expect(spending.sent).toBeGreaterThan(7 * 33);
    for (const { session } of [one, two]) await disconnect(session);
    figures();
    figures();
    expect(spending.sockets).toBe(0);
  });

  it('tells retained messages, other runs and other senders apart', async () => {
    const [own, other] = [watched(1), watched(2)];
    const sender = await join(own.watch, 'sender');
    const stranger = await join(other.watch, 'stranger');
    const receiver = await join(own.watch, 'receiver');
    const unwatched = await connect(serverAt(world.port), hello('unwatched'));
    await publish(sender.session, 'r/kept', { retain: true });
    await subscribe(receiver.session, 'r/#');
    await publish(stranger.session, 'r/x');
    await publish(unwatched.session, 'r/x');
    await publish(sender.session, 'r/kept', { retain: true, payload: '' });
    await receiver.ear.until(4);
    expect(receiver.ear.heard).toEqual(['r/kept m 1 retain', 'r/x m 1', 'r/x m 1', 'r/kept  1']);
    // The empty message takes the retained one back: a mark would have taken its place.
    const { counts, total } = own.figures();
    expect(counts).toMatchObject({ retained: 1, otherRuns: 1, unmarked: 2, toAcknowledge: 2, acknowledged: 2 });
    expect(total).toMatchObject({ sent: 1, expected: 0, arrived: 0 });
    const late = await join(own.watch, 'late');
    await subscribe(late.session, 'r/#');
    await publish(sender.session, 'r/end');
    await late.ear.until(1);
    expect(late.ear.heard).toEqual(['r/end m 1']);
    for (const { session } of [sender, stranger, receiver, unwatched, late]) await disconnect(session);
  });

  it('waits for what the broker keeps for a session, and for nothing after UNSUBSCRIBE', async () => {
    const { watch, figures } = watched();
    const sender = await join(watch, 'from');
    const before = await join(watch, 'kept', { clean: false });
    await subscribe(before.session, 'k');
    await disconnect(before.session);
    await publish(sender.session, 'k');
    const after = await join(watch, 'kept', { clean: false });
    await after.ear.until(1);
    await publish(sender.session, 'k');
    await after.ear.until(2);
    await answer((waiter) => after.session.unsubscribe(['k'], waiter));
    await publish(sender.session, 'k');
    expect(figures().total).toMatchObject({ sent: 3, expected: 2, arrived: 2, duplicates: 0, outOfOrder: 0 });
    await subscribe(after.session, 'k');
    await disconnect(after.session);
    const anew = await join(watch, 'kept');
    await publish(sender.session, 'k');
    expect(figures().total).toMatchObject({ sent: 4, expected: 2, arrived: 2 });
    for (const { session } of [sender, anew]) await disconnect(session);
  });
});

/** Takes messages of QoS 0 from one session and gives them back as the test says. */
const returning = (order: readonly number[], grant: readonly number[]): Promise<Broker> =>
  accepting(async (peer: Peer) => {
    await peer.packet();
    peer.say(0x90, 3, 0, 1, ...grant);
    const messages: Buffer[] = [];
    while (messages.length < 5) messages.push((await peer.packet()) ?? Buffer.alloc(0));
    for (const i of order) peer.socket.write(messages[i] ?? Buffer.alloc(0));
  });

describe('with a broker that does not do as it should', () => {
  async function five(order: readonly number[], grant: readonly number[] = [0]) {
    const server = await returning(order, grant);
    const { watch, figures } = watched();
    const { session, ear } = await connect(serverAt(server.port, { watch }), hello('me'));
    await subscribe(session, 't');
    for (let i = 0; i < 5; i++) await publish(session, 't', { qos: 0, payload: `${i}` });
    await ear.until(order.length);
    await server.close();
    return figures();
  }

  it('finds what is lost, what comes twice and what comes late', async () => {
    expect((await five([0, 1, 2, 3, 4])).total).toMatchObject({
      expected: 5,
      arrived: 5,
      duplicates: 0,
      outOfOrder: 0,
    });
    expect((await five([0, 0, 3, 1, 1])).total).toMatchObject({
      expected: 5,
      arrived: 3,
      duplicates: 2,
      outOfOrder: 1,
    });
  });

  it('waits for nothing when a subscription is refused', async () => {
    const { total, counts } = await five([0], [0x80]);
    expect(total).toMatchObject({ expected: 0, arrived: 0, latency: { count: 1 } });
    expect(counts.unasked).toBe(1);
  });
});

describe('with MQTT 5', () => {
  const PROPERTIES = { userProperties: [['own', 'x']] } as const;

  /** Answers CONNECT and SUBSCRIBE of MQTT 5 and returns messages; gives what it was sent. */
  async function echo(level: 4 | 5) {
    const seen: Buffer[] = [];
    const server = await scripted(async (peer) => {
      await peer.packet();
      peer.say(...(level === 5 ? [0x20, 3, 0, 0, 0] : CONNACK));
      await peer.packet();
      peer.say(...(level === 5 ? [0x90, 4, 0, 1, 0, 0] : [0x90, 3, 0, 1, 0]));
      const message = await peer.packet();
      if (message) seen.push(message);
      peer.socket.write(message ?? Buffer.alloc(0));
    });
    const { watch, figures } = watched();
    const { session } = await connect(serverAt(server.port, { watch }), hello('me', { level }));
    const message = { topic: 't', payload: 'm', qos: 0, retain: false, properties: PROPERTIES } as const;
    const added = session.added(message);
    let heard: object | undefined;
    const came = new Promise<void>((resolve) => {
      session.listener = {
        message({ properties, payload }) {
          heard = { payload: payload.toString(), properties };
          resolve();
        },
        closed() {},
      };
    });
    await subscribe(session, 't');
    await publish(session, 't', message);
    await came;
    await server.close();
    return { sent: seen[0]?.toString('latin1') ?? '', added, heard, total: figures().total };
  }

  it('the mark is a user property, beside those of the plan', async () => {
    const { sent, added, heard, total } = await echo(5);
    expect(sent).toMatch(/own.*meterless.*~mtl.*m$/s);
    expect(added).toBe(0);
    expect(heard).toEqual({ payload: 'm', properties: { userProperties: [['own', 'x']] } });
    expect(total).toMatchObject({ sent: 1, expected: 1, arrived: 1 });
  });

  it('before it stands behind the payload', async () => {
    const { sent, added, heard, total } = await echo(4);
    expect(sent).toMatch(/m~mtl[\w-]{28}$/);
    expect(added).toBe(32);
    expect(heard).toEqual({ payload: 'm', properties: {} });
    expect(total).toMatchObject({ sent: 1, expected: 1, arrived: 1 });
  });
});

describe('the samplers', () => {
  it('count the mark to what was sent, and see nothing of it', async () => {
    const world = await broker();
    const { test, connect, published, subscriber, disconnect } = scene(world.port);
    const watch = watchDelivery(test);
    await connect();
    const receive = subscriber('s');
    await receive();
    const sample = await published('s', 'é', { qos_level: '1' });
    expect(sample).toMatchObject({ sentBytes: 34, samplerData: 'é', success: true });
    expect(await receive()).toBe('200 Received 1 of message. | é\n');
    await disconnect();
    const { figures } = watch.part({ cpuSeconds: 0, memory: 0 });
    expect(figures.rows).toMatchObject([{ topic: 's', qos: 1, sent: 1, arrived: 1 }]);
    await world.close();
  });
});
