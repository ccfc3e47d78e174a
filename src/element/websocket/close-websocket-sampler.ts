import { parseInteger } from '../../java/index.js';
import { element, prop, type Sample } from '../../model/index.js';
import type { WebSocketFrame } from '../../protocol/index.js';
import { type Connection, type Current, endThread } from './connection.js';
import { readFrame } from './filtered-read.js';
import { describeFrame } from './frame-text.js';
import { type Job, says, timeouts, UnexpectedFrame, websocketSample, wrongReadTimeout } from './websocket-sample.js';

const REASON = 'sampler requested close';

/** Closes the user's WebSocket connection and waits for the other side's close frame. */
export const closeWebSocketSampler = element({
  tag: 'eu.luminis.jmeter.wssampler.CloseWebSocketSampler',
  gui: 'eu.luminis.jmeter.wssampler.CloseWebSocketSamplerGui',
  call: 'websocket.close',
  props: { status: prop.text('statusCode', '1000'), ...timeouts },
  sample: (props, user, self) =>
    websocketSample(
      {
        wrong: wrongReadTimeout(props),
        connection: existing,
        exchange: (job) => close(job, props),
        finish,
        unexpected,
      },
      props,
      user,
      self,
    ),
  threadFinished: (_, user) => endThread(user),
});

function existing(sample: Sample, { connection }: Current): Connection | undefined {
  if (connection === undefined) {
    sample.samplerData = 'No request sent.';
    says(sample, '', 'No connection; nothing to close.');
  }
  return connection;
}

async function close(job: Job, props: { readonly status: string }): Promise<WebSocketFrame> {
  const { sample, connection } = job;
  const status = parseInteger(props.status);
  sample.samplerData = `Requested connection close with status ${status} and reason '${REASON}'.`;
  sample.sentBytes = await connection.client.sendClose(status, REASON);
  const frame = await readFrame(job);
  if (frame.kind !== 'close') throw new UnexpectedFrame(frame);
  return frame;
}

function finish(frame: WebSocketFrame | undefined, { sample }: Job): void {
  const { status, reason } = frame ?? {};
  sample.message = `Connection closed${reason === undefined ? '' : `; close reason: '${reason}'`}.`;
  sample.code = status === undefined ? '' : `${status}`;
  sample.setText(`${sample.code}${reason === undefined ? '' : `: ${reason}`}`);
  sample.encoding = 'UTF-8';
  sample.dataType = 'text';
}

/** The sample is not ended then: its elapsed time stays 0. */
function unexpected(frame: WebSocketFrame, { sample }: Job): void {
  says(
    sample,
    'WebSocket error: unsuccesful close.',
    `WebSocket error: received not a close frame, but ${describeFrame(frame)}`,
  );
}
