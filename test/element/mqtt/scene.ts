/** A user who runs MQTT samplers, one after the other, against brokers of the test. */

import net from 'node:net';
import { Aedes } from 'aedes';
import { mqttConnect } from '../../../src/element/mqtt/connect-sampler.js';
import { mqttDisconnect } from '../../../src/element/mqtt/disconnect-sampler.js';
import { mqttConnectMany } from '../../../src/element/mqtt/efficient-connect-sampler.js';
import { mqttDisconnectMany } from '../../../src/element/mqtt/efficient-disconnect-sampler.js';
import { mqttPublish } from '../../../src/element/mqtt/pub-sampler.js';
import { mqttSubscribe } from '../../../src/element/mqtt/sub-sampler.js';
import { JavaError } from '../../../src/java/index.js';
import { type PlacedSampler, type Props, Sample, type User } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place, takeSample } from '../../kit-element.js';

type Keys = Readonly<Record<string, Given>>;
const withKeys = (keys: Keys): Keys =>
  Object.fromEntries(Object.entries(keys).map(([key, value]) => [`mqtt.${key}`, value]));

async function sampleOf<P extends Props>(self: PlacedSampler<P>, user: User): Promise<Sample> {
  const sample = await takeSample(self, user);
  if (!(sample instanceof Sample)) throw new Error('no sample');
  return sample;
}

/** Takes a sample; `lost` when the element throws. */
async function take<P extends Props>(self: PlacedSampler<P>, user: User): Promise<string> {
  try {
    return told(await sampleOf(self, user));
  } catch (error) {
    if (error instanceof JavaError) return 'lost';
    throw error;
  }
}

export const told = ({ code, message, text }: Sample): string => `${code} ${message} | ${text}`;

export function scene(port: number) {
  const test = fakeTest();
  const user = fakeUser({ test });
  const whole = { server: '127.0.0.1', port: `${port}`, client_id_suffix: false, client_id_prefix: 'me' };
  const connection = (keys: Keys): Keys => withKeys({ ...whole, ...keys });
  return {
    user,
    test,
    connect: (keys: Keys = {}) => take(place(mqttConnect, { props: connection(keys) }), user),
    disconnect: () => take(place(mqttDisconnect), user),
    connectMany: (keys: Keys = {}) => sampleOf(place(mqttConnectMany, { props: connection(keys) }), user),
    disconnectMany: () => sampleOf(place(mqttDisconnectMany), user),
    publish: (topic: string, text: string, keys: Keys = {}) => take(publisher(topic, text, keys), user),
    published: (topic: string, text: string, keys: Keys = {}) => sampleOf(publisher(topic, text, keys), user),
    /** One element, which keeps what it has received. */
    subscriber(topic: string, keys: Keys = {}) {
      const props = withKeys({ topic_name: topic, sample_condition_value: '25', debug_response: true, ...keys });
      const self = place(mqttSubscribe, { props });
      return () => take(self, user);
    },
  };
}

function publisher(topic: string, text: string, keys: Keys) {
  const props = withKeys({ topic_name: topic, message_type: 'String', message_to_sent: text, ...keys });
  return place(mqttPublish, { props });
}

/** An aedes on a free port. */
export async function broker(): Promise<{ port: number; aedes: Aedes; close(): Promise<void> }> {
  const aedes = await Aedes.createBroker({
    authorizePublish: (_client, { topic }, done) => done(topic.startsWith('forbidden') ? new Error('forbidden') : null),
    authorizeSubscribe: (_client, subscription, done) =>
      done(null, subscription.topic.startsWith('forbidden') ? null : subscription),
  });
  const server = net.createServer({ noDelay: true }, aedes.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    aedes,
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async close() {
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      server.close();
    },
  };
}
