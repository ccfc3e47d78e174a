import { Controller, element } from '../../model/index.js';

/** Holds steps that only Module and Include Controllers run; it stands beside the thread groups. */
export const testFragmentController = element({
  tag: 'TestFragmentController',
  gui: 'TestFragmentControllerGui',
  call: 'fragment',
  props: {},
  controller: Controller,
});
