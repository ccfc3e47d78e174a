import { element, type Named, prop, type Sample } from '../../model/index.js';
import { noEnum } from './comparison.js';
import { type Connection, type Current, endThread } from './connection.js';
import { timeouts, wrongReadTimeout } from './connection-props.js';
import { type Kind, says, websocketSample } from './websocket-sample.js';

const EMPTY = Buffer.alloc(0);
const props = { type: prop.text('type', 'PingPong'), ...timeouts };

/** Sends a ping and waits for the pong, or sends a pong that nobody asked for. */
export const pingPongSampler = element({
  tag: 'eu.luminis.jmeter.wssampler.PingPongSampler',
  gui: 'eu.luminis.jmeter.wssampler.PingPongSamplerGui',
  call: 'websocket.ping',
  props,
  sample: (given, user, self) => websocketSample(given.type === 'Pong' ? PONG : PING, given, user, self),
  threadFinished: (_, user) => endThread(user),
});

type PingKind = Kind<Named<typeof props>>;

const PONG: PingKind = {
  wrong: wrongReadTimeout,
  connection: existing,
  send: ({ given: { connection } }) => connection.client.pong(EMPTY),
};

const PING: PingKind = {
  wrong: wrongReadTimeout,
  connection: existing,
  send({ props: { type }, given: { connection } }) {
    if (type !== 'PingPong') throw noEnum('eu.luminis.jmeter.wssampler.PingPongSampler.Type', type);
    return connection.client.ping(EMPTY);
  },
  expects: ({ kind }) => kind === 'pong',
};

function existing(sample: Sample, { connection }: Current): Connection | undefined {
  if (connection === undefined)
    says(sample, 'Sampler error', 'Sampler must use existing connection, but there is no connection');
  return connection;
}
