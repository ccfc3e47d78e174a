import { parseInteger } from '../../java/index.js';
import { element, type Named, prop, type Sample } from '../../model/index.js';
import type { WebSocketFrame } from '../../protocol/index.js';
import { type Connection, type Current, endThread } from './connection.js';
import { timeouts, wrongReadTimeout } from './connection-props.js';
import { describeFrame } from './frame-text.js';
import { type Job, type Kind, says, websocketSample } from './websocket-sample.js';

const REASON = 'sampler requested close';
const props = { status: prop.text('statusCode', '1000'), ...timeouts };

/** Closes the user's WebSocket connection and waits for the other side's close frame. */
export const closeWebSocketSampler = element({
  tag: 'eu.luminis.jmeter.wssampler.CloseWebSocketSampler',
  gui: 'eu.luminis.jmeter.wssampler.CloseWebSocketSamplerGui',
  call: 'websocket.close',
  props,
  sample: (given, user, self) => websocketSample(CLOSE, given, user, self),
  threadFinished: (_, user) => endThread(user),
});

const CLOSE: Kind<Named<typeof props>> = {
  wrong: wrongReadTimeout,
  connection: existing,
  send({ props: given, given: { sample, connection } }) {
    const status = parseInteger(given.status);
    sample.samplerData = `Requested connection close with status ${status} and reason '${REASON}'.`;
    return connection.client.sendClose(status, REASON);
  },
  expects: ({ kind }) => kind === 'close',
  finish,
  unexpected,
};

function existing(sample: Sample, { connection }: Current): Connection | undefined {
  if (connection === undefined) {
    sample.samplerData = 'No request sent.';
    says(sample, '', 'No connection; nothing to close.');
  }
  return connection;
}

function finish(frame: WebSocketFrame | undefined, { given: { sample } }: Job<Named<typeof props>>): void {
  const { status, reason } = frame ?? {};
  sample.message = `Connection closed${reason === undefined ? '' : `; close reason: '${reason}'`}.`;
  sample.code = status === undefined ? '' : `${status}`;
  sample.setText(`${sample.code}${reason === undefined ? '' : `: ${reason}`}`);
  sample.encoding = 'UTF-8';
  sample.dataType = 'text';
}

/** The sample is not ended then: its elapsed time stays 0. */
function unexpected(frame: WebSocketFrame, sample: Sample): void {
  says(
    sample,
    'WebSocket error: unsuccesful close.',
    `WebSocket error: received not a close frame, but ${describeFrame(frame)}`,
  );
}
