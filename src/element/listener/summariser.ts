import { element, type Placed, type Test } from '../../model/index.js';
import { type SummaryMember, summariesOf } from '../../result/index.js';

/** Prints the figures of the run so far every half minute; summarisers of the same name share their figures. */
export const summariser = element({
  tag: 'Summariser',
  gui: 'SummariserGui',
  call: 'record.summary',
  looksAtData: false,
  props: {},

  testStarted({ name }, { test }, self) {
    memberOf(self, test, name);
  },
  listen({ name }, event, self) {
    memberOf(self, event.user.test, name).sample(event);
  },
  testEnded({ name }, { test }, self) {
    memberOf(self, test, name).end();
  },
});

const memberOf = (self: Placed<Record<never, never>>, test: Test, name: string): SummaryMember =>
  test.state(self, () => summariesOf(test).join(name));
