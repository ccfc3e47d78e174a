import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRegistry } from '../../../src/element/index.js';
import { hemikakPublisher } from '../../../src/element/mqtt-older/hemikak-publisher.js';
import { hemikakSubscriber } from '../../../src/element/mqtt-older/hemikak-subscriber.js';
import { tuanhiepPublisher } from '../../../src/element/mqtt-older/tuanhiep-publisher.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place, planElement } from '../../kit-element.js';
import { begin, finish, hearingBroker, take, told } from './broker.js';

let broker: Awaited<ReturnType<typeof hearingBroker>>;
beforeAll(async () => {
  broker = await hearingBroker();
});
beforeEach(() => void broker.heard.splice(0));
afterAll(() => broker.close());

const base = (): Record<string, Given> => ({
  'mqtt.broker.url': `tcp://127.0.0.1:${broker.port}`,
  'mqtt.client.id': 'h',
  'mqtt.topic.name': 'a',
  'mqtt.clean.session': true,
  'mqtt.qos': 'mqtt_at_least_once',
  'mqtt.client.type': 'mqtt_blocking_client',
  'mqtt.message.input.type': 'mqtt_message_input_type_text',
  'mqtt.message.input.value': 'x',
});
const publisher = (props: Record<string, Given> = {}) =>
  place(hemikakPublisher, { name: 'name', props: { ...base(), ...props } });
const subscriber = (props: Record<string, Given> = {}) =>
  place(hemikakSubscriber, { name: 'name', props: { ...base(), ...props } });
const UNABLE = 'Unable publish messages.\nException: ';
const REFUSED = 'Unable to connect to server (32103) - java.net.ConnectException: Connection refused';
const NOBODY = { 'mqtt.broker.url': 'tcp://127.0.0.1:1' };
const ASYNC = { 'mqtt.client.type': 'mqtt_async_client' };
const DENIED = { 'mqtt.auth.username': 'denied' };

it('is told from tuanhiep’s by its keys', () => {
  const registry = createRegistry([hemikakPublisher, tuanhiepPublisher]);
  expect(registry.find(planElement(hemikakPublisher, base()))).toBe(hemikakPublisher);
  expect(registry.find(planElement(tuanhiepPublisher, { 'mqtt.topic': 'a' }))).toBe(tuanhiepPublisher);
  expect(registry.find(planElement(hemikakPublisher, { 'mqtt.topic.name': 'a' }))).toBe(hemikakPublisher);
});

describe('publisher of hemikak’s plugin', () => {
  it('connects with its first sample, counts, and has a label of its own', async () => {
    const user = fakeUser();
    const placed = publisher();
    expect(told(await take(placed, user))).toEqual(['MQTT Publisher', 'OK', 'Sent 1 messages total', true, '']);
    expect((await take(placed, user)).message).toBe('Sent 2 messages total');
    expect(broker.heard).toEqual(['connect h clean=true user=undefined', 'publish h a x 1', 'publish h a x 1']);
  });

  it('connects again after a loss', async () => {
    const user = fakeUser();
    const placed = publisher();
    await take(placed, user);
    await broker.cut('h');
    expect((await take(placed, user)).success).toBe(true);
  });

  it.each<[Record<string, Given>, string]>([
    [NOBODY, REFUSED],
    [{ ...NOBODY, ...ASYNC }, 'Client is not connected (32104)'],
    [DENIED, 'Bad user name or password (4)'],
    [{ ...DENIED, ...ASYNC }, 'Client is not connected (32104)'],
    [
      { 'mqtt.message.input.type': 'mqtt_message_input_type_file', 'mqtt.message.input.value': '/nope' },
      'java.nio.file.NoSuchFileException: /nope',
    ],
  ])('fails with %o', async (props, why) => {
    const sample = await take(publisher(props), fakeUser());
    expect([sample.code, sample.message, sample.success]).toEqual(['FAILED', UNABLE + why, false]);
    expect(sample.text.split('\n')[0]).toBe(why);
  });

  it.each<[Record<string, Given>]>([
    [{ 'mqtt.broker.url': '127.0.0.1:1883' }],
    [{ 'mqtt.broker.url': 'ws://127.0.0.1:1883' }],
    [{ 'mqtt.broker.url': 'tcp://127.0.0.1:1883/' }],
    [{ 'mqtt.topic.name': 'a/#' }],
    [{ 'mqtt.topic.name': '' }],
    [{ 'mqtt.client.type': 'x' }],
    [{ 'mqtt.message.input.type': 'x' }],
  ])('loses its sample with %o', async (props) => {
    await expect(take(publisher(props), fakeUser())).rejects.toThrow();
  });

  it('sends a file', async () => {
    const props = {
      'mqtt.message.input.type': 'mqtt_message_input_type_file',
      'mqtt.message.input.value': 'vitest.config.ts',
    };
    await take(publisher(props), fakeUser());
    expect(broker.heard.some((line) => line.includes('defineConfig'))).toBe(true);
  });
});

describe('subscriber of hemikak’s plugin', () => {
  it('tells of each message', async () => {
    const user = fakeUser({ test: fakeTest({ clock: { now: () => 77, after: () => ({ cancel() {} }) } }) });
    const placed = subscriber({ 'mqtt.client.id': 'sub' });
    begin(placed, user);
    await broker.hears('subscribe sub a 1');
    const taken = take(placed, user);
    await broker.publish('a', 'hello');
    const sample = await taken;
    expect(told(sample)).toEqual([
      'MQTT Subscriber',
      '200',
      `
Received 1 messages.
Current message QOS : 0
Is current message a duplicate : false
Received timestamp of current message : 77
Is current message a retained message : false`,
      true,
      'hello',
    ]);
    expect(sample.bytes).toBe(5);
    const waiting = take(placed, user);
    await new Promise((resolve) => setImmediate(resolve));
    user.onInterrupt?.();
    const stopped = 'Client has been stopped or an error occurred while receiving messages. Received  valid messages.';
    expect(told(await waiting)).toEqual(['MQTT Subscriber', 'FAILED', stopped, false, '']);
    // From then on it takes no message any more.
    expect((await take(placed, user)).code).toBe('FAILED');
  });

  it('closes the clients of all threads when its own ends', async () => {
    const test = fakeTest();
    await take(publisher({ 'mqtt.client.id': 'other' }), fakeUser({ test }));
    finish(subscriber(), fakeUser({ test }));
    await broker.hears('gone other');
  });

  it.each<[string, Record<string, Given>, string]>([
    ['nobody is there', NOBODY, `Client is not connected.\n${REFUSED}`],
    ['nobody is there (async)', { ...NOBODY, ...ASYNC }, 'Client is not connected.\nClient is not connected (32104)'],
    ['the topic is refused', { 'mqtt.topic.name': 'forbidden' }, 'Client is not connected.\nMqttException (128)'],
    [
      'there is no address',
      { 'mqtt.broker.url': ' ' },
      'Client has been stopped or an error occurred while receiving messages. Received  valid messages.',
    ],
  ])('fails when %s', async (_, props, message) => {
    const sample = await take(subscriber(props), fakeUser());
    expect([sample.code, sample.message, sample.success]).toEqual(['FAILED', message, false]);
  });

  it.each<[Record<string, Given>]>([[{ 'mqtt.client.type': 'x' }], [{ 'mqtt.broker.url': 'foo' }]])(
    'loses its sample with %o',
    async (props) => {
      await expect(take(subscriber(props), fakeUser())).rejects.toThrow();
    },
  );
});
