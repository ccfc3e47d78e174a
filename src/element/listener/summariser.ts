import { element, type Test } from '../../model/index.js';
import { Summary, summarySettings } from '../../result/index.js';

/** Prints the figures of the run so far every half minute; summarisers of the same name share their figures. */
export const summariser = element({
  tag: 'Summariser',
  gui: 'SummariserGui',
  call: 'record.summary',
  props: {},

  testStarted({ name }, { test }) {
    shared(name, test).elements++;
  },
  listen({ name }, event) {
    const { test } = event.user;
    const { summary, print } = shared(name, test);
    print(summary.sample(event));
  },
  testEnded({ name }, { test }) {
    const mine = shared(name, test);
    if (--mine.elements === 0) mine.print(mine.summary.end());
  },
});

interface Shared {
  readonly summary: Summary;
  readonly print: (lines: readonly string[]) => void;
  /** Elements of this name that have not ended. */
  elements: number;
}

function shared(name: string, test: Test): Shared {
  const known = test.state('summarisers', () => new Map<string, Shared>());
  const found = known.get(name);
  if (found !== undefined) return found;
  const { log, out, ...settings } = summarySettings(test.properties);
  const users = () => ({
    active: test.allThreads,
    started: test.startedUsers ?? 0,
    finished: test.finishedUsers ?? 0,
  });
  const made: Shared = {
    summary: new Summary({ name, clock: test.clock, users, ...settings }),
    print: (lines) => {
      for (const line of lines) {
        if (log) test.log.write('INFO', 'o.a.j.r.Summariser', line);
        if (out) test.print?.(line);
      }
    },
    elements: 0,
  };
  known.set(name, made);
  return made;
}
