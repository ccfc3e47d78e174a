import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keeperOf } from '../../../src/element/mqtt/connection.js';
import { accepting, type Peer, scripted } from '../../protocol/mqtt/mqtt-kit.js';
import { broker, scene } from './scene.js';

const fuse = { client_name: 'fusesource' };
const hive = (id = 'me') => `HiveMQTTConnection{clientId='${id}'}`;

describe('with a broker', () => {
  let world: Awaited<ReturnType<typeof broker>>;
  beforeAll(async () => {
    world = await broker();
  });
  afterAll(() => world.close());

  it('connects, publishes, receives, disconnects', async () => {
    const { user, connect, publish, subscriber, disconnect } = scene(world.port);
    expect(await connect()).toBe(`200 Connection ${hive()} established successfully. | Successful.`);
    expect(await connect()).toBe(
      `500 Connection ${hive()} is already established. | Failed. Connection is already established.`,
    );
    expect(user.variables.get('conn')).toBe(hive());
    expect(user.variables.get('clientId')).toBe('me');
    const receive = subscriber('t');
    expect(await receive()).toBe('200 Received 0 of message. | ');
    expect(await publish('t', 'é', { qos_level: '1' })).toBe(
      `200 publish successfully for Connection ${hive()}. | Publish successfuly.`,
    );
    expect(await receive()).toBe('200 Received 1 of message. | é\n');
    expect(await disconnect()).toBe(`200 Connection ${hive()} disconnected. | Successful.`);
    expect(await disconnect()).toBe('500 Connection not found. | Failed. Connection not found.');
    expect(keeperOf(user.test).count).toBe(0);
  });

  it('delivers a message once for each filter of the HiveMQ client that matches', async () => {
    const { connect, publish, subscriber, disconnect } = scene(world.port);
    await connect();
    await subscriber('o/#')();
    const last = subscriber('o/a,o/+');
    await last();
    await publish('o/a', 'm', { qos_level: '1' });
    expect(await last()).toBe('200 Received 3 of message. | m\nm\nm\n');
    await disconnect();
  });

  it('hears nothing any more after bytes that are no UTF-8, or a time stamp that is no number', async () => {
    const bytes = { message_type: 'Hex string', qos_level: '1' };
    for (const [keys, bad] of [
      [{}, 'ff'],
      [{ add_timestamp: true }, Buffer.from('xts_sep_flag').toString('hex')],
    ] as const) {
      const { connect, publish, subscriber, disconnect } = scene(world.port);
      await connect();
      const receive = subscriber('u', keys);
      await receive();
      await publish('u', bad, bytes);
      await publish('u', '61', bytes);
      expect(await receive()).toBe('200 Received 0 of message. | ');
      await disconnect();
    }
  });

  it('fails from the second sample on when a filter is refused', async () => {
    const { connect, subscriber, disconnect } = scene(world.port);
    await connect();
    const receive = subscriber('ok,forbidden');
    expect(await receive()).toBe('200 Received 0 of message. | ');
    expect(await receive()).toContain('501 Failed to subscribe to topic(s):ok,forbidden');
    expect(await subscriber('a/#/b')()).toBe('lost');
    expect(await subscriber(',')()).toBe('lost');
    await disconnect();
  });

  it.each([
    ['', 'Topic must be at least one character long.'],
    ['a/+', 'Topic [a/+] must not contain single level wildcard (+), found at index 2.'],
    ['#', 'Topic [#] must not contain multi level wildcard (#), found at index 0.'],
    ['a\0', 'Topic [a\0] must not contain null character (U+0000), found at index 1.'],
    [
      'a\ud800',
      'Topic [a\ud800] must not contain unmatched UTF-16 surrogate, found at index 1.'.replaceAll('\ud800', '?'),
    ],
  ])('does not publish to %j', async (topic, why) => {
    const { connect, publish, disconnect } = scene(world.port);
    await connect();
    expect(await publish(topic, 'x')).toBe(
      `501 Publish failed for connection ${hive()}. | Client [me] publish failed: ${why}`,
    );
    await disconnect();
  });

  it('says what a payload is not', async () => {
    const { connect, publish, disconnect } = scene(world.port);
    await connect();
    const failed = (why: string): string =>
      `502 Publish failed for connection ${hive()}. | Client [me] publish failed: ${why}`;
    const bytes = { message_type: 'Hex string' };
    expect(await publish('t', '486', bytes)).toBe(failed('hexBinary needs to be even-length: 486'));
    expect(await publish('t', 'zz', bytes)).toBe(failed('contains illegal character for hexBinary: zz'));
    expect(await publish('t', '', { qos_level: 'x' })).toBe(failed('For input string: "x"'));
    expect(await publish('t', '', { message_type: 'unknown' })).toContain('200 ');
    await disconnect();
  });

  it('makes many connections in one sample', async () => {
    const { connectMany, disconnectMany } = scene(world.port);
    const sample = await connectMany({ conn_capacity: '3', sub_when_connected: true, topic_name: 'm' });
    expect(sample).toMatchObject({ success: true, sampleCount: 3, label: 'xmeter-mqtt-batch-con-mode-element' });
    expect(sample.subSamples?.map(({ code, message }) => `${code} ${message}`)).toEqual(
      [0, 1, 2].map((i) => `200 Connection ${hive(`me-xmeter-suffix-${i}`)} established successfully.`),
    );
    expect((await disconnectMany()).subSamples?.map(({ code }) => code)).toEqual(['200', '200', '200']);
    const again = (await disconnectMany()).subSamples?.map(({ message }) => message);
    expect(again).toEqual(Array(3).fill('Connection not found.'));
  });

  it('comes back by itself when that is asked for', async () => {
    const lasting = { ...fuse, reconn_attampt_max: '-1' };
    const { connect, publish, subscriber, disconnect } = scene(world.port);
    await connect(lasting);
    const receive = subscriber('back');
    await receive();
    await publish('forbidden', 'x');
    // It waits for the connection, and is heard through the subscription that is made again.
    expect(await publish('back', 'y', { qos_level: '1' })).toContain('200 publish successfully');
    expect(await receive()).toBe('200 Received 1 of message. | y\n');
    await disconnect();
  });

  it.each([
    [{}, 'MQTT client is not connected.'],
    [fuse, 'err: Peer disconnected'],
  ])('tells what the library says of a connection that is gone (%j)', async (keys, why) => {
    const { connect, publish, subscriber, disconnect } = scene(world.port);
    await connect(keys);
    await publish('forbidden', 'x');
    const receive = subscriber('t');
    await receive();
    expect(await publish('t', 'x')).toContain(`Client [me] publish failed: ${why}`);
    expect(await disconnect()).toContain(keys === fuse ? '200 Connection Fuse' : '501 Failed to disconnect');
  });

  it('speaks 3.1.1 with a broker that does not know MQTT 5', async () => {
    const { connect, publish, disconnect } = scene(world.port);
    expect(await connect({ version: '5', session_expiry: '60' })).toContain('200 ');
    expect(await publish('t', 'x', { qos_level: '1', message_expiry: '5' })).toContain('200 ');
    await disconnect();
  });
});

describe('MQTT 5', () => {
  const five = (onSession: (peer: Peer, hello: Buffer) => unknown) =>
    scripted(async (peer) => {
      const hello = (await peer.packet()) ?? Buffer.alloc(0);
      peer.say(0x20, 3, 0, 0, 0);
      await onSession(peer, hello);
    });

  it('says in CONNECT and PUBLISH what the keys of ours say, and tells what the broker refuses', async () => {
    const said: string[] = [];
    const world = await five(async (peer, hello) => {
      said.push(hello.toString('latin1'));
      said.push((await peer.packet())?.toString('latin1') ?? '');
      peer.say(0x40, 3, 0, 1, 0x87);
    });
    const { user, connect, publish } = scene(world.port);
    await connect({ version: '5', session_expiry: '16', user_properties: 'a=1\n\nb = 2=3' });
    const message = {
      response_topic: 'r',
      correlation_data: 'c',
      message_expiry: '9',
      content_type: 'x/y',
      user_properties: 'k',
    };
    expect(await publish('t', 'p', { ...message, qos_level: '1' })).toContain('refused by the broker, reason code 135');
    expect(said[0]).toContain('MQTT\x05\x02\x01\x2c\x15\x11\0\0\0\x10&\0\x01a\0\x011&\0\x01b\0\x032=3\0\x02me');
    expect(said[1]).toContain('\0\x01t\0\x01\x19\x02\0\0\0\x09\x03\0\x03x/y\x08\0\x01r\x09\0\x01c&\0\x01k\0\0p');
    keeperOf(user.test).close();
    await world.close();
  });
});

describe('without a broker', () => {
  it.each([
    [
      { port: 'abc' },
      '502 Failed to establish Connection null. Please check SSL authentication info. | Failed to establish Connection. Please check SSL authentication info.',
    ],
    [
      { client_id_prefix: 'a'.repeat(24), client_id_suffix: true },
      '502 Failed to establish Connection null. Please check SSL authentication info. | Failed to establish Connection. Please check SSL authentication info.',
    ],
    [{ conn_keep_alive: '40000' }, '502 Failed to establish Connection null. | Client [me] failed with exception.'],
    [{ port: '70000' }, 'lost'],
    [{ server: '' }, 'lost'],
    [{ client_name: 'paho' }, 'lost'],
    [{ ...fuse, protocol: 'WS' }, 'lost'],
    [{ ...fuse, server: 'a b' }, 'lost'],
    [
      { ...fuse, port: '70000' },
      "501 Failed to establish Connection FuseMQTTConnection{clientId='me'}. | Client [me] failed. Couldnt establish connection.",
    ],
  ])('%j', async (keys, expected) => {
    expect(await scene(1).connect(keys)).toBe(expected);
  });

  it('publishes and subscribes to nothing', async () => {
    const { publish, subscriber } = scene(1);
    expect(await publish('t', 'x')).toBe(
      '500 Publish: Connection not found. | Publish failed because connection is not established.',
    );
    expect(await subscriber('t')()).toContain('500 Subscribe failed because connection is not established.');
  });

  it('ends what waits when it is interrupted', async () => {
    const silent = await scripted(() => {});
    const waiting = scene(silent.port);
    const connecting = waiting.connect();
    waiting.user.onInterrupt?.();
    expect(await connecting).toBe('502 Failed to establish Connection null. | Client [me] failed with exception.');
    await silent.close();
    const deaf = await accepting(() => {});
    const { user, connect, publish } = scene(deaf.port);
    await connect();
    const publishing = publish('t', 'x', { qos_level: '1' });
    user.onInterrupt?.();
    expect(await publishing).toContain('501 Publish failed');
    keeperOf(user.test).close();
    await deaf.close();
  });
});
