import { element, type Named, prop } from '../../model/index.js';
import type { WebSocketFrame } from '../../protocol/index.js';
import { noEnum } from './comparison.js';
import { connectAnew, endThread, reuse } from './connection.js';
import { address, timeouts, wrongAddress, wrongReadTimeout } from './connection-props.js';
import { setReceived } from './received-data.js';
import { type Kind, says, websocketSample } from './websocket-sample.js';

const props = {
  newConnection: prop.flag('createNewConnection'),
  ...address,
  ...timeouts,
  /** Text, Binary or Any; empty = by the older flag. */
  dataType: prop.text('dataType'),
  binary: prop.flag('binaryPayload'),
  optional: prop.flag('optional'),
};

/** Waits for one frame; an optional one may stay away. */
export const singleReadWebSocketSampler = element({
  tag: 'eu.luminis.jmeter.wssampler.SingleReadWebSocketSampler',
  gui: 'eu.luminis.jmeter.wssampler.SingleReadWebSocketSamplerGui',
  call: 'websocket.read',
  props,
  sample: (given, user, self) => websocketSample(READ, given, user, self),
  threadFinished: (_, user) => endThread(user),
});

const READ: Kind<Named<typeof props>> = {
  wrong: (given) => (given.newConnection ? wrongAddress(given) : undefined) ?? wrongReadTimeout(given),
  connection: (sample, current, given, user) =>
    given.newConnection ? connectAnew(given, user, current) : reuse(sample, current),
  expects: isExpected,
  optional: ({ optional }) => optional,
  finish(frame, { given: { sample, user } }) {
    if (frame !== undefined) setReceived(frame, frame.kind === 'binary', sample, user);
    else says(sample, 'No response', 'Read timeout, no response received.');
  },
};

interface Expected {
  readonly dataType: string;
  readonly binary: boolean;
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
