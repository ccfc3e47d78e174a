import { element, type Named } from '../../model/index.js';
import { connectAnew, endThread } from './connection.js';
import { address, timeouts, wrongAddress, wrongReadTimeout } from './connection-props.js';
import { type Kind, websocketSample } from './websocket-sample.js';

const props = { ...address, ...timeouts };

/** Opens the user's WebSocket connection; an older one is dropped without a close frame. */
export const openWebSocketSampler = element({
  tag: 'eu.luminis.jmeter.wssampler.OpenWebSocketSampler',
  gui: 'eu.luminis.jmeter.wssampler.OpenWebSocketSamplerGui',
  call: 'websocket.open',
  props,
  sample: (given, user, self) => websocketSample(OPEN, given, user, self),
  threadFinished: (_, user) => endThread(user),
});

const OPEN: Kind<Named<typeof props>> = {
  wrong: (given) => wrongAddress(given) ?? wrongReadTimeout(given),
  connection: (_, current, given, user) => connectAnew(given, user, current),
};
