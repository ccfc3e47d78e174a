import { element, type Named, prop } from '../../model/index.js';
import { connectAnew, endThread, reuse } from './connection.js';
import { address, timeouts, wrongAddress } from './connection-props.js';
import { payload, sendPayload } from './payload.js';
import { type Kind, websocketSample } from './websocket-sample.js';

const props = { newConnection: prop.flag('createNewConnection'), ...address, ...timeouts, ...payload };

/** Sends one message and waits for nothing. */
export const singleWriteWebSocketSampler = element({
  tag: 'eu.luminis.jmeter.wssampler.SingleWriteWebSocketSampler',
  gui: 'eu.luminis.jmeter.wssampler.SingleWriteWebSocketSamplerGui',
  call: 'websocket.write',
  props,
  sample: (given, user, self) => websocketSample(WRITE, given, user, self),
  threadFinished: (_, user) => endThread(user),
});

const WRITE: Kind<Named<typeof props>> = {
  wrong: (given) => (given.newConnection ? wrongAddress(given) : undefined),
  connection: (sample, current, given, user) =>
    given.newConnection ? connectAnew(given, user, current) : reuse(sample, current),
  send: sendPayload,
};
