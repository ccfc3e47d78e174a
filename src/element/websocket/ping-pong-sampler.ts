import { element, prop, type Sample } from '../../model/index.js';
import type { WebSocketFrame } from '../../protocol/index.js';
import { noEnum } from './comparison.js';
import { type Connection, type Current, endThread } from './connection.js';
import { readFrame } from './filtered-read.js';
import { type Job, says, timeouts, UnexpectedFrame, websocketSample, wrongReadTimeout } from './websocket-sample.js';

const EMPTY = Buffer.alloc(0);

/** Sends a ping and waits for the pong, or sends a pong that nobody asked for. */
export const pingPongSampler = element({
  tag: 'eu.luminis.jmeter.wssampler.PingPongSampler',
  gui: 'eu.luminis.jmeter.wssampler.PingPongSamplerGui',
  call: 'websocket.ping',
  props: { type: prop.text('type', 'PingPong'), ...timeouts },
  sample: (props, user, self) =>
    websocketSample(
      { wrong: wrongReadTimeout(props), connection: existing, exchange: (job) => exchange(job, props.type) },
      props,
      user,
      self,
    ),
  threadFinished: (_, user) => endThread(user),
});

function existing(sample: Sample, { connection }: Current): Connection | undefined {
  if (connection === undefined)
    says(sample, 'Sampler error', 'Sampler must use existing connection, but there is no connection');
  return connection;
}

async function exchange(job: Job, type: string): Promise<WebSocketFrame | undefined> {
  const { sample, connection } = job;
  if (type === 'Pong') {
    sample.sentBytes = await connection.client.pong(EMPTY);
    return undefined;
  }
  if (type !== 'PingPong') throw noEnum('eu.luminis.jmeter.wssampler.PingPongSampler.Type', type);
  sample.sentBytes = await connection.client.ping(EMPTY);
  const frame = await readFrame(job);
  if (frame.kind !== 'pong') throw new UnexpectedFrame(frame);
  return frame;
}
