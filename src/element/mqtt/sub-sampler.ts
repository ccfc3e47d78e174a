import { JavaError, parseInteger } from '../../java/index.js';
import { type Awaitable, element, type Named, type PlacedSampler, prop, Sample, type User } from '../../model/index.js';
import { CLIENT_ID, connectionOf, subscribedOf } from './connection.js';
import { CONNECTION_KEYS } from './connection-props.js';
import { fill } from './fill.js';
import { newBatch, Reception } from './reception.js';
import { subscribe } from './subscribe.js';

const BY_TIME = 'specified elapsed time (ms)';

const props = {
  topics: prop.text('mqtt.topic_name', 'test_topic'),
  qos: prop.text('mqtt.qos_level', '0'),
  stamped: prop.flag('mqtt.add_timestamp'),
  condition: prop.text('mqtt.sample_condition', BY_TIME),
  time: prop.text('mqtt.sample_condition_value', '1000'),
  count: prop.text('mqtt.sample_condition_value', '1'),
  kept: prop.flag('mqtt.debug_response'),
};
type Given = Named<typeof props>;

/** Subscribes, and tells what arrived in a time or until a count was reached (SubSampler 2.0.2). */
export const mqttSubscribe = element({
  tag: 'net.xmeter.samplers.SubSampler',
  gui: 'net.xmeter.gui.SubSamplerUI',
  call: 'mqtt.subscribe',
  props,
  ignored: CONNECTION_KEYS,
  sample: (given, user, self) => sampleOf(given, user, self),
});

/** Milliseconds that a failed sample keeps its user busy after its end. */
const PENALTY = 1000;

function sampleOf(given: Given, user: User, self: PlacedSampler): Awaitable<Sample> {
  const sample = new Sample();
  sample.label = given.name;
  const { test, variables } = user;
  const connection = connectionOf(user);
  const clientId = variables.get(CLIENT_ID);
  if (connection === undefined)
    return failed(sample, user, '500', 'Subscribe failed because connection is not established.');
  const byTime = given.condition === BY_TIME;
  const reception = user.state(self, () => new Reception(user, () => given));
  let amount: number;
  try {
    amount = parseInteger(byTime ? given.time : given.count);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    return failed(sample, user, '510', 'Unrecognized value for sample elapsed time or message count.');
  }
  if (!byTime) reception.lastCount = amount;
  if (byTime && amount <= 0) return failed(sample, user, '511', 'Sample on elapsed time: must be greater than 0 ms.');
  if (reception.lastCount < 1) return failed(sample, user, '512', 'Sample on message count: must be greater than 1.');
  const { topics } = given;
  reception.limit = byTime ? undefined : amount;
  connection.receiver = reception;
  if (clientId !== undefined && subscribedOf(test).add(clientId, topics))
    subscribe(connection, topics, given.qos, reception, user);
  if (reception.failed) return failed(sample, user, '501', `Failed to subscribe to topic(s):${topics}`);
  const enough = byTime ? user.sleep(amount) : reception.untilFull(amount);
  return enough === undefined
    ? told(sample, user, reception, given)
    : enough.then(() => told(sample, user, reception, given));
}

/** A result without waiting time: what it took is told by the time stamps alone. */
function told(sample: Sample, user: User, reception: Reception, given: Given): Sample {
  const { clock } = user.test;
  sample.start(clock.now());
  const batch = reception.batches.shift() ?? newBatch();
  const { count, size, contents } = batch;
  const data = given.kept ? contents.map((text) => `${text}\n`).join('') : '';
  fill(sample, '200', `Received ${grouped(count)} of message.`, data);
  sample.success = true;
  sample.bodySize = size;
  sample.explicitBytes = size;
  const elapsed = count > 0 && given.stamped ? Math.trunc(batch.elapsed) : 0;
  sample.end(sample.startTime + elapsed);
  sample.latency = elapsed;
  sample.sampleCount = count;
  return sample;
}

async function failed(sample: Sample, user: User, code: string, message: string): Promise<Sample> {
  const { clock } = user.test;
  const clientId = user.variables.get(CLIENT_ID);
  sample.start(clock.now());
  fill(sample, code, message, clientId === undefined ? message : `Client [${clientId}]: ${message}`);
  sample.end(clock.now());
  await user.sleep(PENALTY);
  return sample;
}

const grouped = (n: number): string => (n < 1000 ? `${n}` : n.toLocaleString('en-US'));
