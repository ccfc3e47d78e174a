import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mqttConnect } from '../../../src/element/mqtt/connect-sampler.js';
import { connectionOf } from '../../../src/element/mqtt/connection.js';
import { mqttConnectMany } from '../../../src/element/mqtt/efficient-connect-sampler.js';
import { mqttSubscribe } from '../../../src/element/mqtt/sub-sampler.js';
import { mqttListen } from '../../../src/element/mqtt-more/mqtt-listen.js';
import { mqttPing } from '../../../src/element/mqtt-more/mqtt-ping.js';
import { mqttRead } from '../../../src/element/mqtt-more/mqtt-read.js';
import { mqttRequest } from '../../../src/element/mqtt-more/mqtt-request.js';
import { mqttUnsubscribe } from '../../../src/element/mqtt-more/mqtt-unsubscribe.js';
import type { Element, Sample, User } from '../../../src/model/index.js';
import { fakeUser } from '../../kit.js';
import { type Given, place, planElement } from '../../kit-element.js';
import { accepting, type Broker } from '../../protocol/mqtt/mqtt-kit.js';
import { hearingBroker, take } from '../mqtt-older/broker.js';

let broker: Awaited<ReturnType<typeof hearingBroker>>;
beforeAll(async () => {
  broker = await hearingBroker();
});
beforeEach(() => void broker.heard.splice(0));
afterAll(() => broker.close());

/** Both sides share this loop: what one has written the other has read by then. */
async function turns(): Promise<boolean> {
  for (let i = 0; i < 100; i++) await new Promise((resolve) => setImmediate(resolve));
  return true;
}

let lastId = 0;
async function connected({ port }: Pick<Broker, 'port'> = broker, version = '3.1.1'): Promise<User> {
  const user = fakeUser({ sleep: turns });
  const id = `m${++lastId}`;
  const props = {
    'mqtt.port': `${port}`,
    'mqtt.client_id_prefix': id,
    'mqtt.client_id_suffix': false,
    'mqtt.version': version,
  };
  expect((await take(place(mqttConnect, { props }), user)).code).toBe('200');
  return user;
}
const run = (element: Element, user: User, props: Record<string, Given> = {}): Promise<Sample> =>
  take(place(element, { name: 'name', props }), user);
const row = ({ code, message, success, text }: Sample): readonly unknown[] => [code, message, success, text];

describe('without a connection', () => {
  it.each([[mqttPing], [mqttListen], [mqttRead], [mqttRequest], [mqttUnsubscribe]])('fails', async (element) => {
    const none = 'There is no MQTT connection.';
    expect(row(await run(element, fakeUser()))).toEqual(['500', none, false, none]);
  });
});

describe('MQTT Ping', () => {
  it('waits for the answer', async () => {
    expect(row(await run(mqttPing, await connected()))).toEqual(['200', 'The broker answered.', true, '']);
  });
  it('fails when none comes', async () => {
    const silent = await accepting(() => {});
    const sample = await run(mqttPing, await connected(silent), { 'mqtt.timeout': 5 });
    expect([sample.code, sample.message]).toEqual(['504', 'No PINGRESP within 5 ms.']);
    await silent.close();
  });
  it('fails when the session ends', async () => {
    const leaving = await accepting((peer) => peer.packet().then(() => peer.socket.end()));
    const sample = await run(mqttPing, await connected(leaving));
    expect([sample.code, sample.message]).toEqual(['501', 'The broker closed the connection.']);
    await leaving.close();
  });
});

describe('MQTT Listen and Read', () => {
  it('keeps what came, one message to a sample with its topic in the headers', async () => {
    const user = await connected();
    expect((await run(mqttListen, user, { 'mqtt.topic_name': 'l/+,other' })).message).toBe('Listening to l/+, other.');
    await broker.publish('l/1', 'one');
    await broker.publish('other', 'two');
    await turns();
    const first = await run(mqttRead, user);
    expect(row(first)).toEqual(['200', 'Received 1 messages (2 came, 0 found no room).', true, 'one']);
    expect(first.responseHeaders).toBe('Topic: l/1\nQoS: 0\nRetain: false\nDuplicate: false\n');
    expect((await run(mqttRead, user)).text).toBe('two');
  });

  it('gives several as sub-samples', async () => {
    const user = await connected();
    await run(mqttListen, user, { 'mqtt.topic_name': 's' });
    await broker.publish('s', 'one');
    await broker.publish('s', 'two');
    const sample = await run(mqttRead, user, { 'mqtt.message_count': 2 });
    expect(sample.subSamples?.map(({ text, label, success }) => [label, text, success])).toEqual([
      ['name-0', 'one', true],
      ['name-1', 'two', true],
    ]);
  });

  it('fails with what it has when too few come', async () => {
    const user = await connected();
    await run(mqttListen, user, { 'mqtt.topic_name': 'f' });
    await broker.publish('f', 'one');
    await turns();
    const sample = await run(mqttRead, user, { 'mqtt.message_count': 2, 'mqtt.timeout': 5 });
    expect([sample.code, sample.message]).toEqual(['504', 'Received 1 of 2 messages: No message within 5 ms.']);
    expect(sample.subSamples?.map(({ text }) => text)).toEqual(['one']);
  });

  it('counts over a time, and keeps no more than it has room for', async () => {
    const user = await connected();
    await run(mqttListen, user, { 'mqtt.topic_name': 'c', 'mqtt.inbox': 'n', 'mqtt.inbox_size': 1 });
    await broker.publish('c', 'one');
    await broker.publish('c', 'two');
    const props = { 'mqtt.inbox': 'n', 'mqtt.message_count': 0, 'mqtt.timeout': 400 };
    expect(row(await run(mqttRead, user, props))).toEqual([
      '200',
      'Received 1 messages (2 came, 1 found no room).',
      true,
      'two',
    ]);
  });

  it('leaves the plugin’s own subscriptions alone', async () => {
    const user = await connected();
    await run(mqttListen, user, { 'mqtt.topic_name': 'mine' });
    const sub = place(mqttSubscribe, {
      props: { 'mqtt.topic_name': 'yours', 'mqtt.sample_condition_value': '400', 'mqtt.debug_response': true },
    });
    await take(sub, user);
    await broker.hears(`subscribe ${connectionOf(user)?.clientId} yours 0`);
    await broker.publish('mine', 'one');
    await broker.publish('yours', 'two');
    expect((await take(sub, user)).text).toBe('two\n');
    expect((await run(mqttRead, user)).text).toBe('one');
  });

  it('says when nobody listens, and when the broker refuses', async () => {
    const user = await connected();
    expect((await run(mqttRead, user, { 'mqtt.inbox': 'n' })).message).toBe('Nobody listens for n.');
    const sample = await run(mqttListen, user, { 'mqtt.topic_name': 'forbidden' });
    expect([sample.code, sample.message]).toEqual(['502', 'The broker refused with code 128.']);
    expect((await run(mqttRead, user)).message).toBe('Nobody listens.');
  });

  it('is over when it is interrupted', async () => {
    const user = await connected();
    await run(mqttListen, user, { 'mqtt.topic_name': 'i' });
    const reading = run(mqttRead, user);
    user.onInterrupt?.();
    expect((await reading).message).toBe('Received 0 of 1 messages: Interrupted.');
  });
});

describe('MQTT Unsubscribe', () => {
  it('ends a subscription, which can then be made again', async () => {
    const user = await connected();
    const sub = place(mqttSubscribe, { props: { 'mqtt.topic_name': 'u', 'mqtt.sample_condition_value': '400' } });
    const line = `subscribe ${connectionOf(user)?.clientId} u 0`;
    await take(sub, user);
    await broker.hears(line);
    broker.heard.splice(0);
    expect(row(await run(mqttUnsubscribe, user, { 'mqtt.topic_name': 'u' }))).toEqual([
      '200',
      'Unsubscribed from u.',
      true,
      '',
    ]);
    await broker.publish('u', 'x');
    expect((await take(sub, user)).message).toBe('Received 0 of message.');
    await broker.hears(line);
    await broker.publish('u', 'x');
    expect((await take(sub, user)).message).toBe('Received 1 of message.');
  });
});

describe('MQTT Request', () => {
  /** Answers what comes to `ask`. */
  const answerOnce = (id: string, topic: string): void => {
    broker.aedes.on('publish', function echo({ topic: asked, payload }, client) {
      if (client?.id !== id || asked !== 'ask') return;
      broker.aedes.removeListener('publish', echo);
      void broker.publish(topic, `answer to ${payload}`);
    });
  };

  it('takes the first message on the response topic for the answer', async () => {
    const user = await connected();
    const id = connectionOf(user)?.clientId ?? '';
    answerOnce(id, `meterless/answers/${id}`);
    const props = { 'mqtt.topic_name': 'ask', 'mqtt.message_to_sent': 'me', 'mqtt.qos_level': 1 };
    const sample = await run(mqttRequest, user, props);
    expect(row(sample)).toEqual(['200', 'The answer came.', true, 'answer to me']);
    expect([sample.samplerData, sample.sentBytes]).toEqual(['me', 2]);
    answerOnce(id, `meterless/answers/${id}`);
    expect((await run(mqttRequest, user, props)).success).toBe(true);
    expect(broker.heard.filter((line) => line.startsWith(`subscribe ${id}`))).toHaveLength(1);
  });

  it('fails when none comes', async () => {
    const user = await connected();
    const props = { 'mqtt.topic_name': 'ask', 'mqtt.response_topic': 'r', 'mqtt.timeout': 300 };
    const sample = await run(mqttRequest, user, props);
    expect([sample.code, sample.message]).toEqual(['504', 'No answer within 300 ms.']);
    expect((await run(mqttRequest, user, { ...props, 'mqtt.message_expiry': 'x' })).code).toBe('502');
  });

  it('with MQTT 5 takes the answer that brings its correlation data back', async () => {
    const five = await accepting(
      async (peer) => {
        const subscribe = (await peer.packet()) ?? Buffer.alloc(0);
        peer.say(0x90, 4, subscribe[2] ?? 0, subscribe[3] ?? 0, 0, 1);
        await peer.packet();
        for (const mark of ['no', 'me']) peer.socket.write(answerOf('r', mark, `to ${mark}`));
      },
      [0x20, 3, 0, 0, 0],
    );
    const user = await connected(five, '5');
    const sample = await run(mqttRequest, user, {
      'mqtt.topic_name': 'ask',
      'mqtt.response_topic': 'r',
      'mqtt.correlation_data': 'me',
    });
    expect(row(sample)).toEqual(['200', 'The answer came.', true, 'to me']);
    expect(sample.responseHeaders).toContain('Correlation-Data: me\n');
    await five.close();
  });
});

/** PUBLISH of MQTT 5 with correlation data. */
function answerOf(topic: string, correlation: string, payload: string): Buffer {
  const properties = Buffer.from(`\x09\0${String.fromCharCode(correlation.length)}${correlation}`);
  const body = Buffer.concat([
    Buffer.from(`\0${String.fromCharCode(topic.length)}${topic}`),
    Buffer.of(properties.length),
    properties,
    Buffer.from(payload),
  ]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

it.each([[mqttConnect], [mqttConnectMany]])('refuses the AUTH exchange of MQTT 5', (element: Element) => {
  const plan = planElement(element, { 'mqtt.authentication_method': 'SCRAM' });
  expect(element.check?.(plan, undefined as never)?.map(({ code }) => code)).toEqual(['E215']);
  expect(element.check?.(planElement(element, {}), undefined as never)).toEqual([]);
});
