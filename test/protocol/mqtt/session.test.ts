import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aedesBroker, answer, connect, hello, serverAt } from './mqtt-kit.js';

describe('a session with a broker', () => {
  let broker: Awaited<ReturnType<typeof aedesBroker>>;
  beforeAll(async () => {
    broker = await aedesBroker();
  });
  afterAll(() => broker.close());

  it('publishes and receives with each QoS', async () => {
    const server = serverAt(broker.port);
    const { session, ear, ack } = await connect(server, hello('both'));
    expect(ack).toMatchObject({ code: 0, sessionPresent: false });
    const granted = await answer((waiter) =>
      session.subscribe(
        [
          { filter: 'a/#', qos: 2 },
          { filter: 'b', qos: 1 },
        ],
        waiter,
      ),
    );
    expect(granted.codes).toEqual([2, 1]);
    for (const qos of [0, 1, 2] as const) {
      const sent = await new Promise((resolve, failed) => {
        const message = { topic: `a/${qos}`, payload: `ä${qos}`, qos, retain: false };
        if (session.publish(message, { done: ({ code }) => resolve(code), failed })) resolve('taken');
      });
      expect(sent).toBe(qos === 0 ? 'taken' : 0);
    }
    await ear.until(3);
    expect(ear.heard).toEqual(['a/0 ä0 0', 'a/1 ä1 1', 'a/2 ä2 2']);
    await answer((waiter) => session.disconnect(waiter));
    await expect(answer((waiter) => session.disconnect(waiter))).rejects.toMatchObject({ fault: 'not-connected' });
    expect(server.keeper.count).toBe(0);
    expect(ear.ended).toEqual([]);
  });

  it('hears what is retained, until it unsubscribes', async () => {
    const { session, ear } = await connect(serverAt(broker.port), hello('late'));
    await answer(
      (waiter) => void session.publish({ topic: 'kept', payload: Buffer.from('1'), qos: 1, retain: true }, waiter),
    );
    await answer((waiter) => session.subscribe([{ filter: 'kept', qos: 0 }], waiter));
    await ear.until(1);
    await answer((waiter) => session.unsubscribe(['kept'], waiter));
    await answer((waiter) => void session.publish({ topic: 'kept', payload: '2', qos: 1, retain: true }, waiter));
    await answer((waiter) => session.ping(waiter));
    expect(ear.heard).toEqual(['kept 1 0 retain']);
    session.drop(true);
  });

  it('leaves a will', async () => {
    const server = serverAt(broker.port);
    const { session, ear } = await connect(server, hello('heir'));
    await answer((waiter) => session.subscribe([{ filter: 'will', qos: 1 }], waiter));
    const will = { topic: 'will', payload: 'all of it', qos: 1, retain: false } as const;
    const dying = await connect(server, hello('dying', { will, user: 'u', password: 'p' }));
    dying.session.drop(true);
    await ear.until(1);
    expect(ear.heard).toEqual(['will all of it 1']);
    session.drop(false);
  });

  it('carries large payloads both ways', async () => {
    const { session, ear } = await connect(serverAt(broker.port), hello('large'));
    await answer((waiter) => session.subscribe([{ filter: 'large', qos: 1 }], waiter));
    const payload = Buffer.alloc(3_000_000, 'x');
    await answer((waiter) => void session.publish({ topic: 'large', payload, qos: 1, retain: false }, waiter));
    await ear.until(1);
    expect(ear.heard).toEqual(['large 3000000 bytes 1']);
    session.drop(false);
  });

  it('is told when another one takes its client id', async () => {
    const server = serverAt(broker.port);
    const first = await connect(server, hello('same'));
    const second = await connect(server, hello('same'));
    await first.ear.until(1);
    expect(first.ear.ended.map(({ fault }) => fault)).toEqual(['closed']);
    expect(second.session.connected).toBe(true);
    second.session.drop(false);
  });

  it('speaks 3.1', async () => {
    const { session } = await connect(serverAt(broker.port), hello('old', { level: 3 }));
    await answer((waiter) => session.ping(waiter));
    session.drop(false);
  });
});
