import { element, prop } from '../../model/index.js';
import { TimeoutError, type WebSocketFrame } from '../../protocol/index.js';
import { noEnum } from './comparison.js';
import { endThread } from './connection.js';
import { readFrame } from './filtered-read.js';
import { setReceived } from './received-data.js';
import {
  address,
  connectAnew,
  type Job,
  reuse,
  says,
  timeouts,
  UnexpectedFrame,
  websocketSample,
  wrongAddress,
  wrongReadTimeout,
} from './websocket-sample.js';

/** Waits for one frame; an optional one may stay away. */
export const singleReadWebSocketSampler = element({
  tag: 'eu.luminis.jmeter.wssampler.SingleReadWebSocketSampler',
  gui: 'eu.luminis.jmeter.wssampler.SingleReadWebSocketSamplerGui',
  call: 'websocket.read',
  props: {
    newConnection: prop.flag('createNewConnection'),
    ...address,
    ...timeouts,
    /** Text, Binary or Any; empty = by the older flag. */
    dataType: prop.text('dataType'),
    binary: prop.flag('binaryPayload'),
    optional: prop.flag('optional'),
  },
  sample: (props, user, self) =>
    websocketSample(
      {
        wrong: (props.newConnection ? wrongAddress(props) : undefined) ?? wrongReadTimeout(props),
        connection: (sample, current) =>
          props.newConnection ? connectAnew(props, user, current) : reuse(sample, current),
        exchange: (job) => read(job, props),
        finish,
      },
      props,
      user,
      self,
    ),
  threadFinished: (_, user) => endThread(user),
});

interface Expected {
  readonly dataType: string;
  readonly binary: boolean;
  readonly optional: boolean;
}

async function read(job: Job, props: Expected): Promise<WebSocketFrame | undefined> {
  let frame: WebSocketFrame;
  try {
    frame = await readFrame(job);
  } catch (error) {
    if (error instanceof TimeoutError && props.optional) return undefined;
    throw error;
  }
  if (!isExpected(frame, props)) throw new UnexpectedFrame(frame);
  return frame;
}

/** An unknown kind of data throws once the frame is there; the frame is lost then. */
function isExpected({ kind }: WebSocketFrame, { dataType, binary }: Expected): boolean {
  switch (dataType) {
    case '':
      return kind === (binary ? 'binary' : 'text');
    case 'Text':
      return kind === 'text';
    case 'Binary':
      return kind === 'binary';
    case 'Any':
      return kind === 'text' || kind === 'binary';
    default:
      throw noEnum('eu.luminis.jmeter.wssampler.SingleReadWebSocketSampler.DataType', dataType);
  }
}

function finish(frame: WebSocketFrame | undefined, job: Job): void {
  if (frame !== undefined) setReceived(frame, frame.kind === 'binary', job);
  else says(job.sample, 'No response', 'Read timeout, no response received.');
}
