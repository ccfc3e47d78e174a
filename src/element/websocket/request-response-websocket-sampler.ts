import { element, type Named, prop } from '../../model/index.js';
import { connectAnew, endThread, reuse } from './connection.js';
import { address, timeouts, wrongAddress, wrongReadTimeout } from './connection-props.js';
import { isBinary, payload, sendPayload } from './payload.js';
import { setReceived } from './received-data.js';
import { type Kind, websocketSample } from './websocket-sample.js';

const props = { newConnection: prop.flag('createNewConnection', true), ...address, ...timeouts, ...payload };

/** Sends one message and waits for one of the same kind; by default on a new connection. */
export const requestResponseWebSocketSampler = element({
  tag: 'eu.luminis.jmeter.wssampler.RequestResponseWebSocketSampler',
  gui: 'eu.luminis.jmeter.wssampler.RequestResponseWebSocketSamplerGui',
  call: 'websocket.request',
  props,
  sample: (given, user, self) => websocketSample(REQUEST, given, user, self),
  threadFinished: (_, user) => endThread(user),
});

const REQUEST: Kind<Named<typeof props>> = {
  wrong: (given) => (given.newConnection ? wrongAddress(given) : undefined) ?? wrongReadTimeout(given),
  connection: (sample, current, given, user) =>
    given.newConnection ? connectAnew(given, user, current) : reuse(sample, current),
  send: sendPayload,
  expects: ({ kind }, given) => kind === (isBinary(given) ? 'binary' : 'text'),
  finish(frame, { props: given, given: { sample, user } }) {
    if (frame) setReceived(frame, isBinary(given), sample, user);
  },
};
