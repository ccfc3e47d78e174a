import { element, type Named, prop, Sample, type User } from '../../model/index.js';
import type { Connection } from '../mqtt/connection.js';
import { Failure, sampleOver, timeoutProp, waitFor } from './exchange.js';
import { type Heard, show } from './heard.js';
import { type Inbox, inboxesOf } from './inbox.js';

const props = {
  inbox: prop.text('mqtt.inbox'),
  /** 0 = all that came until the time is over. */
  count: prop.int('mqtt.message_count', 1),
  timeout: timeoutProp,
};
type Given = Named<typeof props>;

/**
 * Takes messages that MQTT Listen has heard, and waits for them. One is the sample's own data, its topic and properties the
 * response headers; several are sub-samples.
 */
export const mqttRead = element({
  tag: 'MeterlessMqttRead',
  gui: 'MeterlessMqttReadGui',
  call: 'mqtt.read',
  props,
  interruptible: true,
  sample: (given, user) => sampleOver(given.name, user, (connection, sample) => read(given, user, connection, sample)),
});

async function read(given: Given, user: User, connection: Connection, sample: Sample): Promise<string> {
  const { inbox: name, count, timeout } = given;
  const inbox = inboxesOf(connection).get(name);
  if (inbox === undefined) throw new Failure('500', `Nobody listens${name === '' ? '' : ` for ${name}`}.`);
  if (count > 0) await enough(inbox, count, timeout, user, sample);
  else await user.sleep(timeout);
  const messages = inbox.take(count > 0 ? count : Number.POSITIVE_INFINITY);
  const [first] = messages;
  if (first !== undefined && messages.length === 1) show(sample, first);
  else addAll(sample, messages);
  return `Received ${messages.length} messages (${inbox.arrived} came, ${inbox.dropped} found no room).`;
}

/** Rejects with Failure when too few came; those are read, and sub-samples. */
async function enough(inbox: Inbox, count: number, timeout: number, user: User, sample: Sample): Promise<void> {
  try {
    await waitFor<void>(user, timeout, 'message', (done) => inbox.whenThere(count, done));
  } catch (error) {
    const messages = inbox.take(count);
    addAll(sample, messages);
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.code, `Received ${messages.length} of ${count} messages: ${error.message}`);
  }
}

function addAll(sample: Sample, messages: readonly Heard[]): void {
  for (const message of messages) sample.addRawSubSample(subSample(sample, message));
}

function subSample(parent: Sample, message: Heard): Sample {
  const sample = new Sample();
  sample.label = parent.label;
  sample.dataType = 'text';
  sample.ok();
  sample.stamp(message.at, 0);
  show(sample, message);
  return sample;
}
