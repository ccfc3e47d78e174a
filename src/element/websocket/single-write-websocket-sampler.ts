import { element, prop } from '../../model/index.js';
import { endThread } from './connection.js';
import { payload, sendPayload } from './payload.js';
import { address, connectAnew, reuse, timeouts, websocketSample, wrongAddress } from './websocket-sample.js';

/** Sends one message and waits for nothing. */
export const singleWriteWebSocketSampler = element({
  tag: 'eu.luminis.jmeter.wssampler.SingleWriteWebSocketSampler',
  gui: 'eu.luminis.jmeter.wssampler.SingleWriteWebSocketSamplerGui',
  call: 'websocket.write',
  props: { newConnection: prop.flag('createNewConnection'), ...address, ...timeouts, ...payload },
  sample: (props, user, self) =>
    websocketSample(
      {
        wrong: props.newConnection ? wrongAddress(props) : undefined,
        connection: (sample, current) =>
          props.newConnection ? connectAnew(props, user, current) : reuse(sample, current),
        exchange: (job) => sendPayload(job, props)?.then(() => undefined),
      },
      props,
      user,
      self,
    ),
  threadFinished: (_, user) => endThread(user),
});
