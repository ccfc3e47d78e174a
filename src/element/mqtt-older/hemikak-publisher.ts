import fs from 'node:fs';
import path from 'node:path';
import { JavaError, utf8Bytes } from '../../java/index.js';
import { element, type Named, prop, Sample, type Test, type User } from '../../model/index.js';
import type { MqttQos } from '../../protocol/index.js';
import { unlessInterrupted } from './broker.js';
import { ASYNC, BLOCKING, checkTopic, PAHO_KEYS, PahoClient, PahoError, pahoProps, pahoQos } from './paho-client.js';
import { poolOf } from './paho-pool.js';

const props = {
  ...pahoProps,
  retained: prop.flag('mqtt.message.retained'),
  input: prop.text('mqtt.message.input.type'),
  value: prop.text('mqtt.message.input.value'),
};
type Given = Named<typeof props>;

/** MQTT Publisher of hemikak's plugin: connects with its first sample, and again after a loss. */
export const hemikakPublisher = element({
  tag: 'org.apache.jmeter.protocol.mqtt.sampler.PublisherSampler',
  gui: 'org.apache.jmeter.protocol.mqtt.control.gui.MQTTPublisherGui',
  toldBy: PAHO_KEYS,
  call: 'mqtt.hemikak.publisher',
  props,
  sample: (given, user, self) => publish(given, user, self),
});

/** What the plugin reads when it makes a client, and keeps. */
interface Memory {
  client: PahoClient | undefined;
  topic: string;
  qos: MqttQos;
  payload: Buffer | undefined;
  retain: boolean;
  sent: number;
}

async function publish(given: Given, user: User, self: object): Promise<Sample> {
  const { clock } = user.test;
  const memory = user.state<Memory>(self, () => ({
    client: undefined,
    topic: '',
    qos: 0,
    payload: undefined,
    retain: false,
    sent: 0,
  }));
  const sample = new Sample();
  // The plugin takes no notice of the element's name.
  sample.label = 'MQTT Publisher';
  sample.start(clock.now());
  try {
    await unlessInterrupted(user, send(memory, given, user));
    sample.end(clock.now());
    sample.success = true;
    sample.message = `Sent ${++memory.sent} messages total`;
    sample.code = 'OK';
  } catch (error) {
    if (!(error instanceof PahoError) && !isIoError(error)) throw error;
    sample.end(clock.now());
    // The plugin puts a stack trace there.
    sample.setText(`${error}\n\tat meterless\n`);
    sample.message = `Unable publish messages.\nException: ${error}`;
    sample.dataType = 'text';
    sample.code = 'FAILED';
  }
  return sample;
}

const isIoError = (error: unknown): boolean =>
  error instanceof JavaError && /^java\.(?:io|nio\.file)\./.test(error.javaClass);

async function send(memory: Memory, given: Given, { test }: User): Promise<void> {
  if (!memory.client?.connected) await begin(memory, given, test);
  const { client, topic, qos, payload, retain } = memory;
  // Neither a client type nor a message type that is none is noticed before.
  if (client === undefined || payload === undefined) throw new JavaError('java.lang.NullPointerException');
  checkTopic(topic);
  await client.publish({ topic, payload, qos, retain });
}

async function begin(memory: Memory, given: Given, test: Test): Promise<void> {
  memory.topic = given.topic;
  memory.retain = given.retained;
  memory.qos = pahoQos(given.qos) ?? memory.qos;
  if (given.input === 'mqtt_message_input_type_text') memory.payload = utf8Bytes(given.value);
  else if (given.input === 'mqtt_message_input_type_file') memory.payload = readFile(given.value, test);
  if (given.client !== BLOCKING && given.client !== ASYNC) return;
  const client = new PahoClient(given, test, () => {});
  await client.connect();
  memory.client = client;
  poolOf(test).add(client);
}

/** FileUtils.readFileToByteArray; throws JavaError. */
function readFile(name: string, { workingDirectory }: Test): Buffer {
  try {
    return fs.readFileSync(path.resolve(workingDirectory, name));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') throw new JavaError('java.nio.file.NoSuchFileException', name);
    if (code === 'EACCES') throw new JavaError('java.nio.file.AccessDeniedException', name);
    throw new JavaError('java.io.IOException', code === 'EISDIR' ? 'Is a directory' : `${name} cannot be read`);
  }
}
