import { element } from '../../model/index.js';

/** HTTP(S) Test Script Recorder: JMeter starts it by a button only, never in a run. */
export const proxyControl = element({
  tag: 'ProxyControl',
  gui: 'ProxyControlGui',
  call: 'recorder',
  props: {},
  ignored: ['*'],
});
