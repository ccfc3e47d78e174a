import { element } from '../../model/index.js';

/** The scratch pad beside the plan in files of JMeter before 4; itself it does nothing. */
export const workBench = element({
  tag: 'WorkBench',
  gui: 'WorkBenchGui',
  call: 'workBench',
  props: {},
  ignored: ['WorkBench.save'],
});
