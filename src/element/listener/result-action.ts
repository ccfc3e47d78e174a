import { element, type Named, prop, type Sample } from '../../model/index.js';

const props = {
  /** 0 nothing, 1 stop the user, 2 the test, 3 the test at once, 4 next thread loop, 5 next iteration of the loop, 6 leave the loop. */
  action: prop.int('OnError.action'),
};

/** What a failed sample does; JMeter asks for the action in this order, each time anew (ResultAction 5.6.3). */
const ACTIONS: readonly (readonly [action: number, act: (sample: Sample) => void])[] = [
  [3, (sample) => void (sample.stopTestNow = true)],
  [2, (sample) => void (sample.stopTest = true)],
  [1, (sample) => void (sample.stopThread = true)],
  [4, (sample) => void (sample.action = 'nextThreadLoop')],
  [5, (sample) => void (sample.action = 'nextIteration')],
  [6, (sample) => void (sample.action = 'breakLoop')],
];

/** Result Status Action Handler: stops something, or changes what the loop does next, when a sample failed. */
export const resultAction = element({
  tag: 'ResultAction',
  gui: 'ResultActionGui',
  call: 'onFailure',
  props,
  listen(settings: Named<typeof props>, { sample }) {
    if (sample.success) return;
    ACTIONS.find(([action]) => settings.action === action)?.[1](sample);
  },
});
