import { Controller, element } from '../../model/index.js';

/** Groups its children; JMeter's recorder puts samplers into it. */
export const recordingController = element({
  tag: 'RecordingController',
  gui: 'RecordController',
  call: 'recording',
  props: {},
  controller: Controller,
});
