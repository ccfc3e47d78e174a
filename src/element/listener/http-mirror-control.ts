import { element } from '../../model/index.js';

/** HTTP Mirror Server: JMeter starts it by a button only, never in a run. */
export const httpMirrorControl = element({
  tag: 'HttpMirrorControl',
  gui: 'HttpMirrorControlGui',
  call: 'mirror',
  props: {},
  ignored: ['*'],
});
