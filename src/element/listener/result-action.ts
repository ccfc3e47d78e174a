import { element, type Named, prop, type Sample } from '../../model/index.js';

const props = {
  /** 0 nothing, 1 stop the user, 2 the test, 3 the test at once, 4 next thread loop, 5 next iteration of the loop, 6 leave the loop. */
  action: prop.int('OnError.action'),
};

/** What a failed sample does; JMeter asks for the action in this order, each time anew (ResultAction 5.6.3). */
const ACTIONS: readonly (readonly [action: number, sets: Partial<Sample>])[] = [
  [3, { stopTestNow: true }],
  [2, { stopTest: true }],
  [1, { stopThread: true }],
  [4, { action: 'nextThreadLoop' }],
  [5, { action: 'nextIteration' }],
  [6, { action: 'breakLoop' }],
];

/** Result Status Action Handler: stops something, or changes what the loop does next, when a sample failed. */
export const resultAction = element({
  tag: 'ResultAction',
  gui: 'ResultActionGui',
  call: 'onFailure',
  props,
  listen(settings: Named<typeof props>, { sample }) {
    if (sample.success) return;
    const found = ACTIONS.find(([action]) => settings.action === action);
    if (found) Object.assign(sample, found[1]);
  },
});
