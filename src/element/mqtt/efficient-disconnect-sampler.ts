import { JavaError } from '../../java/index.js';
import { element, Sample, type User } from '../../model/index.js';
import type { Connection } from './connection.js';
import { CONNECTION_KEYS } from './connection-props.js';
import { endInto, fillNotFound } from './disconnect-sampler.js';
import { CAPACITY, CONNECTIONS, connectionsOf, labelPrefix } from './efficient-connect-sampler.js';

/** Ends the connections of an Efficient Connect (EfficientDisConnectSampler 2.0.2). */
export const mqttDisconnectMany = element({
  tag: 'net.xmeter.samplers.EfficientDisConnectSampler',
  gui: 'net.xmeter.gui.EfficientDisConnectSamplerUI',
  call: 'mqtt.disconnectMany',
  props: {},
  ignored: CONNECTION_KEYS,
  sample: ({ name }, user) => disconnectAll(name, user),
});

async function disconnectAll(name: string, user: User): Promise<Sample> {
  const sample = new Sample();
  sample.label = labelPrefix(user) + name;
  sample.success = true;
  const { variables, test } = user;
  const capacity = variables.getObject(CAPACITY);
  if (typeof capacity !== 'number')
    throw new JavaError('java.lang.NullPointerException', 'Cannot invoke "java.lang.Integer.intValue()"');
  const connections = connectionsOf(user);
  sample.start(test.clock.now());
  for (const connection of connections ?? []) sample.addSubSample(await ended(connection, name, user));
  const missing = capacity - (connections?.length ?? 0);
  for (let i = 0; i < missing; i++) sample.addSubSample(notFound(`${name}_${i}`, user));
  sample.sampleCount = connections === undefined ? capacity : Math.max(capacity, connections.length);
  if (connections === undefined) return sample;
  variables.remove(CONNECTIONS);
  if (sample.endTime === 0) sample.end(test.clock.now());
  return sample;
}

async function ended(connection: Connection, name: string, user: User): Promise<Sample> {
  const { test } = user;
  const sample = new Sample();
  sample.start(test.clock.now());
  sample.label = name;
  await endInto(sample, connection, connection.clientId, user);
  sample.end(test.clock.now());
  return sample;
}

function notFound(label: string, { test }: User): Sample {
  const sample = new Sample();
  sample.start(test.clock.now());
  sample.label = label;
  fillNotFound(sample);
  sample.end(test.clock.now());
  return sample;
}
