import { randomBytes } from 'node:crypto';
import { element, type Named, prop, type Sample, type User } from '../../model/index.js';
import type { MqttPublish } from '../../protocol/index.js';
import type { Connection } from '../mqtt/connection.js';
import { messageProperties, messageProps5 } from '../mqtt/mqtt5.js';
import { Answers, answersOf } from './answers.js';
import { answerTo, Failure, qosOf, sampleOver, timeoutProp, waitFor } from './exchange.js';
import { type Heard, show } from './heard.js';

const props = {
  topic: prop.text('mqtt.topic_name'),
  qos: prop.int('mqtt.qos_level'),
  retained: prop.flag('mqtt.retained_message'),
  message: prop.text('mqtt.message_to_sent'),
  timeout: timeoutProp,
  ...messageProps5,
};
type Given = Named<typeof props>;

/**
 * Publishes, and waits for the answer on a response topic: one sample, of which the answer is the data. With MQTT 5 the message
 * says the topic and its correlation data, and the answer has to bring these back.
 */
export const mqttRequest = element({
  tag: 'MeterlessMqttRequest',
  gui: 'MeterlessMqttRequestGui',
  call: 'mqtt.request',
  props,
  interruptible: true,
  sample: (given, user) =>
    sampleOver(given.name, user, (connection, sample) => request(given, user, connection, sample)),
});

async function request(given: Given, user: User, connection: Connection, sample: Sample): Promise<string> {
  const { timeout, message, topic } = given;
  const responseTopic = given.responseTopic || `meterless/answers/${connection.clientId}`;
  const answers = await answersTo(responseTopic, user, connection, timeout);
  const correlationData = given.correlationData || randomBytes(8).toString('hex');
  const properties = { ...messageProperties(given), responseTopic, correlationData: Buffer.from(correlationData) };
  const publish = { topic, payload: message, qos: qosOf(given.qos), retain: given.retained, properties };
  sample.samplerData = message;
  sample.sentBytes = Buffer.byteLength(message);
  // Subscribing is no part of the round trip.
  sample.start(user.test.clock.now());
  try {
    const heard = await waitFor<Heard>(user, timeout, 'answer', (done, failed) => {
      answers.await(correlationData, done);
      send(publish, connection, failed);
    });
    sample.firstByte(user.test.clock.now());
    show(sample, heard);
  } finally {
    answers.forget(correlationData);
  }
  return 'The answer came.';
}

function send(message: MqttPublish, { session }: Connection, failed: (error: Error) => void): void {
  const refused = (code: number): void => {
    if (code >= 128) failed(new Failure('502', `The broker refused with code ${code}.`));
  };
  session?.publish(message, { done: ({ code }) => refused(code), failed });
}

/** Subscribes once for each response topic of a connection. */
async function answersTo(topic: string, user: User, connection: Connection, timeout: number): Promise<Answers> {
  const all = answersOf(connection);
  const known = all.get(topic);
  if (known !== undefined && connection.hears(known)) return known;
  const answers = new Answers(topic, connection.session?.level === 5, user.test.clock);
  await answerTo(user, connection, timeout, 'SUBACK', (waiter) =>
    connection.session?.subscribe(answers.subscriptions, waiter),
  );
  connection.listen(answers);
  all.set(topic, answers);
  return answers;
}
