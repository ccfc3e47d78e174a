import { randomInt } from 'node:crypto';
import { JavaError } from '../../java/index.js';
import { element, type Named, prop, Sample, type Test, type User } from '../../model/index.js';
import { unlessInterrupted } from './broker.js';
import type { FuseConnection } from './fuse-connection.js';
import { clientIdOf, clientProps, newConnection, qosOf, topicsOf } from './tuanhiep-client.js';
import { makePayload, type PayloadSettings } from './tuanhiep-payload.js';

const props = {
  ...clientProps,
  clientId: prop.text('mqtt.clientid'),
  kind: prop.text('mqtt.config_msg_type'),
  text: prop.text('mqtt.text_message'),
  fixed: prop.text('mqtt.fixed_value'),
  fixedType: prop.text('mqtt.type_fixed_value'),
  generatedType: prop.text('mqtt.type_generated_value'),
  randomness: prop.text('mqtt.type_random_value'),
  min: prop.text('mqtt.min_random_value'),
  max: prop.text('mqtt.max_random_value'),
  seed: prop.text('mqtt.seed'),
  size: prop.text('mqtt.size_array'),
  retained: prop.flag('mqtt.retain'),
  stamped: prop.flag('mqtt.use_timestamp'),
  numbered: prop.flag('mqtt.use_number_sequence'),
  format: prop.text('mqtt.format'),
  charset: prop.text('mqtt.charset'),
};
type Given = Named<typeof props>;

/** MQTT Publisher of tuanhiep's plugin: connects when its thread starts, and never fails (PublisherSampler 0.0.1). */
export const tuanhiepPublisher = element({
  tag: 'org.apache.jmeter.protocol.mqtt.sampler.PublisherSampler',
  gui: 'org.apache.jmeter.protocol.mqtt.control.gui.MQTTPublisherGui',
  call: 'mqtt.publisher',
  props,
  ignored: ['mqtt.config_choice'],
  threadStarted: (given, user, self) => void publisherOf(given, user, self),
  sample: async (given, user, self) => {
    const publisher = publisherOf(given, user, self);
    return (await unlessInterrupted(user, publisher.connected)) ? publisher.sample() : undefined;
  },
  threadFinished: (_, user, self) => user.peek<Publisher>(self)?.end(),
});

const publisherOf = (given: Given, user: User, self: object): Publisher =>
  user.state(self, () => new Publisher(given, user));

const SEQUENCE = {};
/** Numbers of the messages of all threads; each thread that ends begins anew. */
const sequenceOf = (test: Test): { next: number } => test.state(SEQUENCE, () => ({ next: 0 }));

const LOG = 'o.a.j.p.m.c.MqttPublisher';

/** What one thread publishes with: all is read when it starts, and once. */
class Publisher {
  /** Resolves when the plugin would let the thread go on. */
  readonly connected: Promise<true>;
  readonly #payload: PayloadSettings;
  readonly #connections: (FuseConnection | undefined)[] = [];
  readonly #topic: string;
  readonly #topics: readonly string[];
  readonly #roundRobin: boolean;
  readonly #perTopic: boolean;
  readonly #iterations: number;
  readonly #retain: boolean;
  readonly #quality: string;
  #sent = 0;

  constructor(
    given: Given,
    private readonly user: User,
  ) {
    this.#topic = given.topics;
    this.#topics = topicsOf(this.#topic);
    this.#roundRobin = given.strategy === 'mqtt_round_robin';
    this.#perTopic = given.perTopic;
    this.#iterations = given.iterations;
    this.#retain = given.retained;
    this.#quality = given.quality;
    this.#payload = payloadSettings(given);
    this.connected = this.#connect(given).then(() => true);
  }

  end(): void {
    for (const connection of this.#connections) connection?.end();
    sequenceOf(this.user.test).next = 0;
  }

  async sample(): Promise<Sample> {
    const { clock } = this.user.test;
    const sample = new Sample();
    sample.start(clock.now());
    await this.#produce();
    sample.end(clock.now());
    sample.success = true;
    sample.message = `Sent ${this.#sent} messages total`;
    sample.code = 'OK';
    return sample;
  }

  /** What fails only the log hears; connections behind one that failed are not made. */
  async #connect(given: Given): Promise<void> {
    const { user } = this;
    try {
      const count = this.#perTopic ? this.#topics.length : 1;
      const id = clientIdOf(given.clientId, given) + user.number;
      for (let i = 0; i < count; i++) {
        const connection = newConnection(given, user, count === 1 ? id : id + i, true);
        this.#connections.push(connection);
        await connection.connect();
      }
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      user.test.log.write('ERROR', LOG, error.message);
    }
  }

  /** Whatever goes wrong ends the messages of this sample, and no more. */
  async #produce(): Promise<void> {
    const { user } = this;
    try {
      let goesOn = true;
      for (let i = 0; goesOn && i < this.#iterations; i++) goesOn = await this.#publishOnce();
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      user.test.log.write('WARN', LOG, `${error}`);
    }
  }

  /** One payload to one topic, or to each of them in turn; false = interrupted. */
  async #publishOnce(): Promise<boolean> {
    const { test } = this.user;
    const sequence = sequenceOf(test);
    const payload = makePayload(this.#payload, test.clock.now(), () => sequence.next++);
    if (payload === undefined) return false;
    for (const [index, topic] of this.#targets()) {
      const connection = this.#connections[this.#perTopic ? index : 0];
      const qos = qosOf(this.#quality);
      if (connection === undefined || qos === undefined) throw new JavaError('java.lang.NullPointerException');
      const sent = connection.publish({ topic, payload, qos, retain: this.#retain }).then(() => true);
      if (!(await unlessInterrupted(this.user, sent))) return false;
      this.#sent++;
    }
    return true;
  }

  #targets(): Iterable<readonly [index: number, topic: string]> {
    const topics = this.#topics;
    if (topics.length <= 1) return [[0, this.#topic]];
    if (this.#roundRobin) return topics.entries();
    const index = randomInt(topics.length);
    return [[index, topics[index] ?? '']];
  }
}

/** Read once: a property with a variable in it is evaluated when it is asked for. */
function payloadSettings(given: Given): PayloadSettings {
  const { kind, text, fixed, fixedType, generatedType, randomness, min, max, seed, size } = given;
  const { stamped, numbered, format, charset } = given;
  return {
    kind,
    text,
    fixed,
    fixedType,
    generatedType,
    randomness,
    min,
    max,
    seed,
    size,
    stamped,
    numbered,
    format,
    charset,
  };
}
