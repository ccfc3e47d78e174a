import { element, type Named, prop, type User } from '../../model/index.js';
import type { Connection } from '../mqtt/connection.js';
import { answerTo, filtersOf, qosOf, sampleOver, timeoutProp } from './exchange.js';
import { Inbox, inboxesOf } from './inbox.js';

const props = {
  topics: prop.text('mqtt.topic_name'),
  qos: prop.int('mqtt.qos_level'),
  /** Tells several of a connection apart. */
  inbox: prop.text('mqtt.inbox'),
  room: prop.int('mqtt.inbox_size', 1000),
  timeout: timeoutProp,
};
type Given = Named<typeof props>;

/** Subscribes, and goes on listening: MQTT Read tells what came. The sample lasts until the broker has acknowledged. */
export const mqttListen = element({
  tag: 'MeterlessMqttListen',
  gui: 'MeterlessMqttListenGui',
  call: 'mqtt.listen',
  props,
  interruptible: true,
  sample: (given, user) => sampleOver(given.name, user, (connection) => listen(given, user, connection)),
});

async function listen(given: Given, user: User, connection: Connection): Promise<string> {
  const filters = filtersOf(given.topics);
  const qos = qosOf(given.qos);
  const subscriptions = filters.map((filter) => ({ filter, qos }));
  const inboxes = inboxesOf(connection);
  const { inbox: name, room, timeout } = given;
  const inbox = new Inbox(subscriptions, room, user.test.clock);
  // What is retained may come before the acknowledgement.
  connection.listen(inbox);
  try {
    await answerTo(user, connection, timeout, 'SUBACK', (waiter) =>
      connection.session?.subscribe(subscriptions, waiter),
    );
  } catch (error) {
    connection.deafen(inbox);
    throw error;
  }
  const before = inboxes.get(name);
  if (before !== undefined) connection.deafen(before);
  inboxes.set(name, inbox);
  return `Listening to ${filters.join(', ')}.`;
}
