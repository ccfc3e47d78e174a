import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tuanhiepPublisher } from '../../../src/element/mqtt-older/tuanhiep-publisher.js';
import { tuanhiepSubscriber } from '../../../src/element/mqtt-older/tuanhiep-subscriber.js';
import type { PlacedSampler, Props, Sample, User } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place, takeSample } from '../../kit-element.js';
import { begin, finish, hearingBroker, take as takeOne, told } from './broker.js';

let broker: Awaited<ReturnType<typeof hearingBroker>>;
beforeAll(async () => {
  broker = await hearingBroker();
});
beforeEach(() => void broker.heard.splice(0));
afterAll(() => broker.close());

/** Ends what the test began: its connections would come back for ever. */
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});
const take = <P extends Props>(placed: PlacedSampler<P>, user: User): Promise<Sample> => {
  ends.push(() => finish(placed, user));
  return takeOne(placed, user);
};

const base = (): Record<string, Given> => ({
  'mqtt.provider_url': `tcp://127.0.0.1:${broker.port}`,
  'mqtt.topic': 'a',
  'mqtt.iterations': '1',
  'mqtt.quality': 'mqtt_at_least_once',
  'mqtt.strategy': 'mqtt_round_robin',
  'mqtt.config_msg_type': 'mqtt_text_message',
  'mqtt.text_message': 'x',
  'mqtt.clientid': 'c',
  'mqtt.clientId': 's',
});
const publisher = (props: Record<string, Given> = {}) =>
  place(tuanhiepPublisher, { name: 'name', props: { ...base(), ...props } });
const subscriber = (props: Record<string, Given> = {}) =>
  place(tuanhiepSubscriber, { name: 'name', props: { ...base(), 'mqtt.timeout': '1', ...props } });
const published = (): string[] => broker.heard.filter((line) => line.startsWith('publish'));

describe('publisher of tuanhiep’s plugin', () => {
  it('connects when its thread starts, counts over its samples, and has no label', async () => {
    const placed = publisher({ 'mqtt.iterations': '2' });
    const user = fakeUser({ number: 3 });
    begin(placed, user);
    await broker.hears('connect c3 clean=true user=undefined');
    expect(told(await take(placed, user))).toEqual(['', 'OK', 'Sent 2 messages total', true, '']);
    expect((await take(placed, user)).message).toBe('Sent 4 messages total');
    expect(published()).toHaveLength(4);
    finish(placed, user);
    await broker.hears('gone c3');
  });

  it.each<[Record<string, Given>, string[]]>([
    [{ 'mqtt.topic': 'a , b' }, ['publish c0 a x 1', 'publish c0 b x 1']],
    // One topic is not cut, whatever it looks like.
    [{ 'mqtt.topic': 'a,', 'mqtt.quality': 'mqtt_at_most_once' }, ['publish c0 a, x 0']],
    [
      { 'mqtt.topic': 'a,b', 'mqtt.one_connection_per_topic': true, 'mqtt.quality': 'mqtt_extactly_once' },
      ['publish c00 a x 2', 'publish c01 b x 2'],
    ],
    [{ 'mqtt.retain': true, 'mqtt.topic': 'r' }, ['publish c0 r x 1 retain']],
  ])('publishes with %o', async (props, expected) => {
    await take(publisher(props), fakeUser());
    for (const line of expected) await broker.hears(line);
    expect(published()).toEqual(expected);
  });

  it('chooses one topic of a list', async () => {
    const sample = await take(publisher({ 'mqtt.topic': 'a,b', 'mqtt.strategy': 'mqtt_random' }), fakeUser());
    expect(sample.message).toBe('Sent 1 messages total');
    expect(published()[0]).toMatch(/^publish c0 [ab] x 1$/);
  });

  it('ends its client id with letters of chance', async () => {
    await take(publisher({ 'mqtt.random_suffix_client_id': true, 'mqtt.suffix.length': '4' }), fakeUser());
    expect(broker.heard).toContainEqual(expect.stringMatching(/^connect c\w{4}0 /));
  });

  it.each<[string, Record<string, Given>]>([
    ['an address that is none', { 'mqtt.provider_url': '127.0.0.1:1883' }],
    ['a suffix that is none', { 'mqtt.random_suffix_client_id': true, 'mqtt.suffix.length': 'x' }],
    ['a value that is none', { 'mqtt.config_msg_type': 'mqtt_fixed_value', 'mqtt.type_fixed_value': 'mqtt_int_value' }],
    ['a QoS that is none', { 'mqtt.quality': 'x' }],
    ['no number of messages', { 'mqtt.iterations': '' }],
  ])('succeeds with %s, and sends nothing', async (_, props) => {
    expect(told(await take(publisher(props), fakeUser()))).toEqual(['', 'OK', 'Sent 0 messages total', true, '']);
  });

  it('waits for ever when it is refused, until it is interrupted', async () => {
    const user = fakeUser({ test: fakeTest() });
    const placed = publisher({
      'mqtt.authenticate': true,
      'mqtt.security_principle': 'denied',
      'mqtt.security_credentials': 'p',
    });
    begin(placed, user);
    await broker.hears('connect c0 clean=true user=denied');
    const taken = take(placed, user);
    while (user.onInterrupt === undefined) await tick();
    for (let i = 0; i < 20; i++) await tick();
    user.onInterrupt();
    expect((await taken).message).toBe('Sent 0 messages total');
  });

  it('comes back after a loss and sends again what was on its way', async () => {
    const user = fakeUser();
    const placed = publisher();
    await take(placed, user);
    await broker.cut('c0');
    expect((await take(placed, user)).message).toBe('Sent 2 messages total');
  });

  it('is not started by a broker that is not there', async () => {
    const user = fakeUser();
    const placed = publisher({ 'mqtt.provider_url': 'tcp://127.0.0.1:1' });
    const taken = takeSample(placed, user);
    user.onInterrupt?.();
    expect(await taken).toBeUndefined();
    finish(placed, user);
  });
});

describe('subscriber of tuanhiep’s plugin', () => {
  it('sleeps, and tells a number that is no count', async () => {
    const user = fakeUser();
    const placed = subscriber({ 'mqtt.iterations': '' });
    begin(placed, user);
    await broker.hears('subscribe s0 a 1');
    await broker.publish('a', 'x');
    expect(told(await take(placed, user))).toEqual(['', 'OK', 'Received 0 messages', true, '']);
    finish(placed, user);
    await broker.hears('gone s0');
  });

  it.each<[string, Record<string, Given>, string[]]>([
    ['a list is one topic', { 'mqtt.topic': 'a,b' }, ['subscribe s0 a,b 1']],
    [
      'a session that is kept is called clean',
      { 'mqtt.clean.session': 'true' },
      ['connect s0 clean=false user=undefined'],
    ],
    [
      'each connection has all topics',
      { 'mqtt.topic': 'a,b', 'mqtt.one_connection_per_topic': true },
      ['subscribe s00 a 1', 'subscribe s00 b 1', 'subscribe s01 a 1', 'subscribe s01 b 1'],
    ],
  ])('%s', async (_, props, lines) => {
    const user = fakeUser();
    const placed = subscriber(props);
    begin(placed, user);
    for (const line of lines) await broker.hears(line);
    finish(placed, user);
  });

  it.each([
    ['abc', 'Exception: java.lang.NumberFormatException: For input string: "abc"'],
    ['-5', 'Exception: java.lang.IllegalArgumentException: timeout value is negative'],
  ])('fails for a time of %s', async (timeout, message) => {
    const sample = await take(subscriber({ 'mqtt.timeout': timeout }), fakeUser());
    expect([sample.code, sample.message, sample.success, sample.dataType]).toEqual(['FAILED', message, false, 'text']);
  });
  it('fails when its sleep is interrupted', async () => {
    const sample = await take(subscriber(), fakeUser({ sleep: async () => false }));
    expect(sample.message).toBe('Exception: java.lang.InterruptedException: sleep interrupted');
  });
});

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
