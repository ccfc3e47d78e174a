import { describe, expect, it } from 'vitest';
import { MqttSession } from '../../../src/protocol/mqtt/index.js';
import { accepting, answer, CONNACK, connect, Ear, hello, scripted, serverAt } from './mqtt-kit.js';

const message = { topic: 't', payload: 'x', qos: 1, retain: false } as const;

describe('connecting', () => {
  it('tells what the broker answered', async () => {
    const broker = await scripted((peer) => peer.say(0x20, 2, 0, 4));
    await expect(connect(serverAt(broker.port), hello('x'))).rejects.toMatchObject({ fault: 'refused', code: 4 });
    await broker.close();
  });

  it('tells of a broker that is not there', async () => {
    const broker = await scripted(() => {});
    await broker.close();
    const failure = { fault: 'line', message: 'Connection refused' };
    await expect(connect(serverAt(broker.port), hello('x'))).rejects.toMatchObject(failure);
  });

  it('does not wait for ever', async () => {
    const broker = await scripted(() => {});
    const server = serverAt(broker.port, { connectTimeout: 30 });
    await expect(connect(server, hello('x'))).rejects.toMatchObject({ fault: 'timeout' });
    expect(server.keeper.count).toBe(0);
    await broker.close();
  });

  it.each([
    ['no MQTT at all', [...Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')]],
    ['a length of five bytes', [0x20, 0xff, 0xff, 0xff, 0xff, 1]],
    ['a message before CONNACK', [0x30, 3, 0, 1, 0x61]],
    ['CONNACK twice', [...CONNACK, ...CONNACK]],
  ])('is over with %s', async (_, bytes) => {
    const broker = await scripted((peer) => peer.say(...bytes));
    const ear = new Ear();
    const ended = answer((waiter) => new MqttSession(serverAt(broker.port), hello('x'), {}, ear, waiter)).then(
      () => ear.until(1).then(() => ear.ended[0]?.fault),
      (error) => error.fault,
    );
    expect(await ended).toBe('garbage');
    await broker.close();
  });
});

describe('a session that is there', () => {
  it('fails what waits when the line breaks', async () => {
    const broker = await accepting(async (peer) => {
      await peer.packet();
      peer.socket.resetAndDestroy();
    });
    const { session, ear } = await connect(serverAt(broker.port), hello('x'));
    const sent = answer((waiter) => void session.publish(message, waiter));
    await expect(sent).rejects.toMatchObject({ fault: 'line', message: 'Connection reset' });
    expect(ear.ended.map(({ fault }) => fault)).toEqual(['line']);
    await expect(answer((waiter) => void session.publish(message, waiter))).rejects.toMatchObject({
      fault: 'not-connected',
    });
    await broker.close();
  });

  it('may be told to wait no longer', async () => {
    const broker = await accepting(() => {});
    const { session } = await connect(serverAt(broker.port), hello('x'));
    const waiter = { done: () => expect.unreachable(), failed: () => expect.unreachable() };
    session.publish(message, waiter);
    session.forget(waiter);
    session.drop(true);
    await broker.close();
  });

  it('sends a message of QoS 2 on its long way, and takes one once', async () => {
    const said: string[] = [];
    const broker = await accepting(async (peer) => {
      for (const reply of [
        [0x50, 2, 0, 1],
        [0x70, 2, 0, 1],
      ]) {
        said.push((await peer.packet())?.toString('hex') ?? '');
        peer.say(...reply);
      }
      const again = [0, 1, 0x61, 0, 9, 0x62];
      peer.say(0x34, 6, ...again, 0x3c, 6, ...again, 0x62, 2, 0, 9);
      for (let i = 0; i < 3; i++) said.push((await peer.packet())?.toString('hex') ?? '');
      peer.socket.end();
    });
    const { session, ear } = await connect(serverAt(broker.port), hello('x'));
    await answer((waiter) => void session.publish({ ...message, qos: 2 }, waiter));
    await ear.until(2);
    expect(ear.heard).toEqual(['a b 2']);
    expect(said).toEqual(['3406000174000178', '62020001', '50020009', '50020009', '70020009']);
    await broker.close();
  });

  it('takes a packet that comes byte by byte', async () => {
    const bytes = Buffer.concat([Buffer.from([0x30, 0x83, 0x01, 0, 1, 0x61]), Buffer.alloc(128, 'x')]);
    const broker = await accepting(async (peer) => {
      for (const byte of [...bytes, ...bytes]) {
        peer.say(byte);
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    const { session, ear } = await connect(serverAt(broker.port), hello('x'));
    await ear.until(2);
    expect(ear.heard).toEqual(['a 128 bytes 0', 'a 128 bytes 0']);
    session.drop(true);
    await broker.close();
  });

  it('refuses a packet that is longer than allowed before it has come', async () => {
    const broker = await accepting((peer) => peer.say(0x30, 0xff, 0xff, 0xff, 0x7f, 0, 1));
    const { ear } = await connect(serverAt(broker.port, { longestPacket: 1000 }), hello('x'));
    await ear.until(1);
    expect(ear.ended[0]).toMatchObject({ fault: 'too-large' });
    await broker.close();
  });

  it('takes 256 MB without keeping more than it has to', async () => {
    const size = 256_000_000;
    const piece = Buffer.alloc(1 << 20);
    const broker = await accepting(async ({ socket }) => {
      socket.write(Buffer.from([0x30, ...lengthOf(size + 3), 0, 1, 0x61]));
      for (let left = size; left > 0; left -= piece.length)
        if (!socket.write(piece.subarray(0, Math.min(left, piece.length))))
          await new Promise((resolve) => socket.once('drain', resolve));
    });
    const before = process.memoryUsage().arrayBuffers;
    const { session, ear } = await connect(serverAt(broker.port), hello('x'));
    await ear.until(1);
    expect(ear.heard).toEqual([`a ${size} bytes 0`]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2.2 * size);
    session.drop(true);
    await broker.close();
  });

  it('waits for a broker that reads slowly, then goes on', async () => {
    let read = 0;
    let go = (): void => {};
    const broker = await accepting(({ socket }) => {
      socket.removeAllListeners('data');
      socket.pause();
      go = () => {
        socket.on('data', (data: Buffer) => {
          read += data.length;
        });
        socket.resume();
      };
    });
    const { session } = await connect(serverAt(broker.port), hello('x'));
    const large = { topic: 't', payload: Buffer.alloc(1 << 20), qos: 0, retain: false } as const;
    let taken = 0;
    await answer((waiter) => {
      while (session.publish(large, waiter)) taken++;
      expect(session.slow).toBe(true);
      expect(read).toBe(0);
      go();
    });
    expect(read).toBeGreaterThan(taken * large.payload.length);
    session.drop(true);
    await broker.close();
  });

  it('takes 10,000 messages that waited, and acknowledges each', async () => {
    let acks = 0;
    const broker = await accepting(async (peer) => {
      const all = Buffer.alloc(10_000 * 9);
      for (let i = 0; i < 10_000; i++)
        Buffer.from([0x32, 7, 0, 1, 0x61, (i + 1) >> 8, (i + 1) & 255, 0x62, 0x63]).copy(all, i * 9);
      peer.socket.write(all);
      while (acks < 10_000 && (await peer.packet())) acks++;
      peer.socket.end();
    });
    const { ear } = await connect(serverAt(broker.port), hello('x'));
    await ear.until(10_001);
    expect(acks).toBe(10_000);
    await broker.close();
  });

  it('is kept alive by pings, and notices a broker that is gone without a word', async () => {
    let pings = 0;
    const broker = await accepting(async (peer) => {
      while ((await peer.packet())?.[0] === 0xc0) if (pings++ === 0) peer.say(0xd0, 0);
    });
    const { ear } = await connect(serverAt(broker.port), hello('x', { keepAlive: 1 }));
    await ear.until(1);
    expect(ear.ended[0]).toMatchObject({ fault: 'timeout' });
    expect(pings).toBe(2);
    await broker.close();
  });

  it('lets who waited for an answer go on before the next packet is taken', async () => {
    const order: string[] = [];
    const broker = await accepting(async (peer) => {
      await peer.packet();
      peer.say(0x40, 2, 0, 1, 0x30, 4, 0, 1, 0x61, 0x62);
    });
    const { session, ear } = await connect(serverAt(broker.port), hello('x'));
    await answer((waiter) => void session.publish(message, waiter));
    order.push(`acked, ${ear.heard.length} heard`);
    await ear.until(1);
    expect(order).toEqual(['acked, 0 heard']);
    session.drop(true);
    await broker.close();
  });

  it('is dropped with all others at the end', async () => {
    const broker = await accepting(() => {});
    const server = serverAt(broker.port);
    const sessions = await Promise.all(
      [0, 60, 60, 7].map((keepAlive, i) => connect(server, hello(`${i}`, { keepAlive }))),
    );
    expect(server.keeper.count).toBe(4);
    server.keeper.close(true);
    expect(server.keeper.count).toBe(0);
    expect(sessions.every(({ session, ear }) => !session.connected && ear.ended.length === 0)).toBe(true);
    await broker.close();
  });
});

function lengthOf(length: number): number[] {
  const bytes = [];
  let rest = length;
  do {
    bytes.push(rest > 127 ? (rest & 127) | 128 : rest);
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return bytes;
}
