import { Controller, element } from '../../model/index.js';

/** HTTP(S) Test Script Recorder: it records only when a button is pressed; in a thread group it groups its children. */
export const proxyControl = element({
  tag: 'ProxyControl',
  gui: 'ProxyControlGui',
  call: 'recorder',
  props: {},
  ignored: ['*'],
  controller: Controller,
});
