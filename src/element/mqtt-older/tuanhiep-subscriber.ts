import { randomInt } from 'node:crypto';
import { JavaError, parseBoolean, parseLong } from '../../java/index.js';
import { element, type Named, prop, Sample, type User } from '../../model/index.js';
import type { FuseConnection } from './fuse-connection.js';
import { type ClientProps, clientIdOf, clientProps, newConnection, qosOf, topicsOf } from './tuanhiep-client.js';

const props = {
  ...clientProps,
  clientId: prop.text('mqtt.clientId'),
  // Says the opposite of its name.
  durable: prop.text('mqtt.clean.session'),
  timeout: prop.text('mqtt.timeout', '30000'),
};
type Given = Named<typeof props>;

/**
 * MQTT Subscriber of tuanhiep's plugin: subscribes when its thread starts; a sample is a sleep, and what came in it is in the
 * log alone (SubscriberSampler 0.0.1).
 */
export const tuanhiepSubscriber = element({
  tag: 'org.apache.jmeter.protocol.mqtt.sampler.SubscriberSampler',
  gui: 'org.apache.jmeter.protocol.mqtt.control.gui.MQTTSubscriberGui',
  call: 'mqtt.subscriber',
  props,
  ignored: ['mqtt.config_choice', 'mqtt.durableSubscriptionId'],
  interruptible: true,
  threadStarted: (given, user, self) => void subscriberOf(given, user, self),
  sample: (given, user, self) => sampleOf(subscriberOf(given, user, self), user),
  threadFinished: (_, user, self) => end(user.peek<Subscriber>(self), user),
});

/** What one thread listens with: all is read when it starts, and once. */
interface Subscriber {
  readonly connections: readonly FuseConnection[];
  readonly timeout: string;
  readonly iterations: number;
}

const LOG = 'o.a.j.p.m.c.MqttSubscriber';

const subscriberOf = (given: Given, user: User, self: object): Subscriber =>
  user.state(self, () => ({
    timeout: given.timeout,
    iterations: given.iterations,
    connections: subscribe(given, user),
  }));

function subscribe(given: Given, user: User): readonly FuseConnection[] {
  const connections: FuseConnection[] = [];
  const error = (text: string): void => user.test.log.write('ERROR', LOG, text);
  try {
    const clean = !parseBoolean(given.durable);
    for (const { clientId, filters } of wanted(given, user)) {
      const qos = qosOf(given.quality);
      const subscriptions = qos === undefined ? [] : filters.map((filter) => ({ filter, qos }));
      const connection = newConnection(given, user, clientId, clean, subscriptions);
      connections.push(connection);
      connection.connect().catch((failure: Error) => error(failure.message));
    }
  } catch (failure) {
    if (!(failure instanceof JavaError)) throw failure;
    error(failure.message);
  }
  return connections;
}

/** The connections to make. Without one for each topic, a list of topics is one odd topic; with it, each has all of them. */
function wanted(given: ClientProps & { readonly clientId: string }, user: User): readonly Wanted[] {
  const id = clientIdOf(given.clientId, given) + user.number;
  const whole = given.topics;
  const topics = given.perTopic ? topicsOf(whole) : [whole];
  if (topics.length === 1) return [{ clientId: id, filters: [whole] }];
  if (given.strategy === 'mqtt_round_robin') return topics.map((_, i) => ({ clientId: id + i, filters: topics }));
  const index = randomInt(topics.length);
  return [{ clientId: id + index, filters: topics.slice(index, index + 1) }];
}

interface Wanted {
  readonly clientId: string;
  readonly filters: readonly string[];
}

async function sampleOf({ timeout, iterations }: Subscriber, user: User): Promise<Sample> {
  const { clock } = user.test;
  const sample = new Sample();
  sample.start(clock.now());
  try {
    const time = parseLong(timeout);
    if (time < 0) throw new JavaError('java.lang.IllegalArgumentException', 'timeout value is negative');
    if (!(await user.sleep(time))) throw new JavaError('java.lang.InterruptedException', 'sleep interrupted');
    sample.end(clock.now());
    sample.success = true;
    // The number is that of a setting which the element has no field for.
    sample.message = `Received ${iterations} messages`;
    sample.code = 'OK';
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    sample.end(clock.now());
    sample.message = `Exception: ${error}`;
    // The plugin puts a stack trace there.
    sample.setText(`${error}\n\tat meterless\n`);
    sample.dataType = 'text';
    sample.code = 'FAILED';
  }
  return sample;
}

function end(subscriber: Subscriber | undefined, { test }: User): void {
  if (subscriber === undefined) return;
  let received = 0;
  for (const connection of subscriber.connections) {
    received += connection.received;
    connection.end();
  }
  test.log.write('INFO', LOG, `Received ${received} messages`);
}
