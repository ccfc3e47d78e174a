import type { Sink } from '../engine/index.js';
import type { Test } from '../model/index.js';
import { type SummaryMember, summariesOf } from '../result/index.js';

/** The command line's own summariser, `start` to be called as the test starts: its clock begins there. */
export interface SummarySink extends Sink {
  readonly name: string;
  start(): void;
}

/**
 * JMeter's summary lines on the console and in the log, as `summariser.*` ask for; undefined when `summariser.name` is
 * empty. A Summariser of the plan with this name shares its figures. `silent`: the lines go to the log alone.
 */
export function summarySink(test: Test, silent = false): SummarySink | undefined {
  const name = test.properties.get('summariser.name', '');
  if (name === '') return undefined;
  let member: SummaryMember | undefined;
  return {
    name,
    start() {
      member = summariesOf(test).join(name, { silent });
    },
    sample: (event) => member?.sample(event),
    close: () => member?.end(),
  };
}
