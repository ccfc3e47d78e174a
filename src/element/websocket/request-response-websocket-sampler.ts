import { element, type Named, prop } from '../../model/index.js';
import type { WebSocketFrame } from '../../protocol/index.js';
import { endThread } from './connection.js';
import { readFrame } from './filtered-read.js';
import { isBinary, payload, sendPayload } from './payload.js';
import { setReceived } from './received-data.js';
import {
  address,
  connectAnew,
  type Job,
  reuse,
  timeouts,
  UnexpectedFrame,
  websocketSample,
  wrongAddress,
  wrongReadTimeout,
} from './websocket-sample.js';

/** Sends one message and waits for one of the same kind; by default on a new connection. */
export const requestResponseWebSocketSampler = element({
  tag: 'eu.luminis.jmeter.wssampler.RequestResponseWebSocketSampler',
  gui: 'eu.luminis.jmeter.wssampler.RequestResponseWebSocketSamplerGui',
  call: 'websocket.request',
  props: { newConnection: prop.flag('createNewConnection', true), ...address, ...timeouts, ...payload },
  sample: (props, user, self) =>
    websocketSample(
      {
        wrong: (props.newConnection ? wrongAddress(props) : undefined) ?? wrongReadTimeout(props),
        connection: (sample, current) =>
          props.newConnection ? connectAnew(props, user, current) : reuse(sample, current),
        exchange: (job) => exchange(job, props),
        finish: (frame, job) => {
          if (frame) setReceived(frame, isBinary(props), job);
        },
      },
      props,
      user,
      self,
    ),
  threadFinished: (_, user) => endThread(user),
});

async function exchange(job: Job, props: Named<typeof payload>): Promise<WebSocketFrame> {
  const slow = sendPayload(job, props);
  if (slow) await slow;
  const frame = await readFrame(job);
  if (frame.kind !== (isBinary(props) ? 'binary' : 'text')) throw new UnexpectedFrame(frame);
  return frame;
}
