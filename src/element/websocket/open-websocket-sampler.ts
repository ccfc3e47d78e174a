import { element } from '../../model/index.js';
import { endThread } from './connection.js';
import { address, connectAnew, timeouts, websocketSample, wrongAddress, wrongReadTimeout } from './websocket-sample.js';

/** Opens the user's WebSocket connection; an older one is dropped without a close frame. */
export const openWebSocketSampler = element({
  tag: 'eu.luminis.jmeter.wssampler.OpenWebSocketSampler',
  gui: 'eu.luminis.jmeter.wssampler.OpenWebSocketSamplerGui',
  call: 'websocket.open',
  props: { ...address, ...timeouts },
  sample: (props, user, self) =>
    websocketSample(
      {
        wrong: wrongAddress(props) ?? wrongReadTimeout(props),
        connection: (_, current) => connectAnew(props, user, current),
        exchange: () => undefined,
      },
      props,
      user,
      self,
    ),
  threadFinished: (_, user) => endThread(user),
});
