import { JavaError, parseInteger } from '../../java/index.js';
import { element, type Named, Pending, type PlacedSampler, prop, Sample, type User } from '../../model/index.js';
import type { MqttAck, MqttError, MqttPublish, MqttQos, MqttWaiter } from '../../protocol/index.js';
import { CLIENT_ID, type Connection, connectionOf } from './connection.js';
import { CONNECTION_KEYS } from './connection-props.js';
import { failureOf, waitsForReturn } from './failure.js';
import { fill } from './fill.js';
import { topicProblem } from './hive-names.js';
import { messageProperties, messageProps5 } from './mqtt5.js';
import { hexPayload, randomPayload } from './payload.js';
import type { Returner } from './reconnect.js';

const props = {
  topic: prop.text('mqtt.topic_name', 'test_topic'),
  qos: prop.text('mqtt.qos_level', '0'),
  stamped: prop.flag('mqtt.add_timestamp'),
  retained: prop.flag('mqtt.retained_message'),
  kind: prop.text('mqtt.message_type', 'Random string with fixed length'),
  length: prop.text('mqtt.message_type_fixed_length', '1024'),
  message: prop.text('mqtt.message_to_sent'),
  ...messageProps5,
};
type Given = Named<typeof props>;

/** Publishes a message and waits until its QoS is satisfied (PubSampler 2.0.2). */
export const mqttPublish = element({
  tag: 'net.xmeter.samplers.PubSampler',
  gui: 'net.xmeter.gui.PubSamplerUI',
  call: 'mqtt.publish',
  props,
  ignored: CONNECTION_KEYS,
  sample: (given, user, self) => publish(given, user, self),
});

/** What an element keeps for a user from sample to sample. */
interface Memory {
  qos: MqttQos;
  /** Drawn once. */
  random: string | undefined;
}

const memoryOf = (user: User, self: object): Memory => user.state(self, () => ({ qos: 0, random: undefined }));

function publish(given: Given, user: User, self: PlacedSampler): Sample | Pending<Sample> {
  const sample = new Sample();
  sample.label = given.name;
  const connection = connectionOf(user);
  if (connection !== undefined) return new Publishing(sample, user, connection).take(given, self);
  const { clock } = user.test;
  sample.start(clock.now());
  fill(sample, '500', 'Publish: Connection not found.', 'Publish failed because connection is not established.');
  sample.end(clock.now());
  return sample;
}

/** The payload as bytes, or as a text that is sent as UTF-8. Throws JavaError. */
function payloadOf(given: Given, user: User, self: object): string | Buffer {
  switch (given.kind) {
    case 'Hex string':
      return hexPayload(given.message);
    case 'String':
      return given.message;
    case 'Random string with fixed length': {
      const memory = memoryOf(user, self);
      memory.random ??= randomPayload(parseInteger(given.length));
      return memory.random;
    }
    default:
      return '';
  }
}

/** One outside of 0 to 2 leaves the one of the sample before. Throws NumberFormatException. */
function qosOf(given: Given, user: User, self: object): MqttQos {
  const number = parseInteger(given.qos);
  const memory = memoryOf(user, self);
  if (number === 0 || number === 1 || number === 2) memory.qos = number;
  return memory.qos;
}

const stamped = (payload: string | Buffer, now: number): string | Buffer =>
  typeof payload === 'string'
    ? `${now}ts_sep_flag${payload}`
    : Buffer.concat([Buffer.from(`${now}ts_sep_flag`), payload]);

/** One sample on its way. */
class Publishing extends Pending<Sample> implements MqttWaiter, Returner {
  #sent: MqttPublish | undefined;

  constructor(
    private readonly sample: Sample,
    private readonly user: User,
    private readonly connection: Connection,
  ) {
    super();
  }

  take(given: Given, self: PlacedSampler): Sample | this {
    const { user } = this;
    try {
      this.#send(this.#message(given, self));
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      this.#fail('502', error.message);
    }
    const { now } = this;
    if (now !== this) return now;
    user.onInterrupt = () => {
      this.connection.session?.forget(this);
      this.connection.again?.forget(this);
      this.#finish();
      this.#fail('501', this.connection.library === 'hivemq' ? 'java.lang.InterruptedException' : '');
    };
    return this;
  }

  #message(given: Given, self: PlacedSampler): MqttPublish {
    const { user } = this;
    const plain = payloadOf(given, user, self);
    const { topic } = given;
    const qos = qosOf(given, user, self);
    const retain = given.retained;
    const payload = given.stamped ? stamped(plain, user.test.clock.now()) : plain;
    const properties = this.connection.session?.level === 5 ? messageProperties(given) : undefined;
    return { topic, payload, qos, retain, properties };
  }

  #send(message: MqttPublish): void {
    const { sample, user, connection } = this;
    const { payload } = message;
    this.#sent = message;
    sample.start(user.test.clock.now());
    sample.samplerData = typeof payload === 'string' ? payload : Buffer.from(payload).toString('utf8');
    sample.sentBytes =
      (typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length) +
      (connection.session?.added(message) ?? 0);
    const wrong = connection.library === 'hivemq' ? topicProblem(message.topic) : undefined;
    if (wrong !== undefined) this.#fail('501', wrong);
    else if (connection.session?.publish(message, this)) this.done();
  }

  done(ack?: MqttAck): void {
    const { sample, connection } = this;
    this.#finish();
    if (ack !== undefined && ack.code >= 128) {
      this.#fail('501', `refused by the broker, reason code ${ack.code} ${ack.properties.reason ?? ''}`.trimEnd());
      return;
    }
    fill(sample, '200', `publish successfully for Connection ${connection}.`, 'Publish successfuly.');
    sample.success = true;
    this.#over();
  }

  failed(error: MqttError): void {
    const { connection } = this;
    if (error.fault !== 'too-large' && waitsForReturn(connection)) connection.again?.whenBack(this);
    else this.gone(error);
  }

  /** The connection is there again. */
  back(): void {
    if (this.#sent !== undefined && this.connection.session?.publish(this.#sent, this)) this.done();
  }

  gone(error: MqttError): void {
    const why = failureOf(error, this.connection, this.#sent?.qos ?? 0);
    if (why === undefined) return;
    this.#finish();
    this.#fail('501', why);
  }

  #finish(): void {
    const { sample, user } = this;
    sample.end(user.test.clock.now());
    sample.latency = sample.endTime - sample.startTime;
  }

  #fail(code: string, why: string): void {
    const { sample, user, connection } = this;
    if (sample.endTime === 0) this.#finish();
    const clientId = user.variables.get(CLIENT_ID) ?? 'null';
    fill(sample, code, `Publish failed for connection ${connection}.`, `Client [${clientId}] publish failed: ${why}`);
    this.#over();
  }

  #over(): void {
    this.settle(this.sample);
  }
}
