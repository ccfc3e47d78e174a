import { toDouble } from '../../java/index.js';
import { element, type Named, prop, type User } from '../../model/index.js';
import { ArrivalsLoop, arrivalProps, startArrivals } from './arrivals-supply.js';
import { closeLog, dynamicProps, ignoredKeys, openLog, unitSeconds } from './dynamic-group.js';
import { freeFormAt, freeFormEnd, type RateRow } from './load-shape.js';

const props = {
  ...dynamicProps,
  ...arrivalProps,
  /** Arrivals per unit at the start and at the end of a row, and its units. */
  schedule: prop.table('Schedule'),
};

/** bzm Free-Form Arrivals Thread Group: starts passes at a rate that goes in straight lines from row to row. */
export const freeFormArrivalsThreadGroup = element({
  tag: 'com.blazemeter.jmeter.threads.arrivals.FreeFormArrivalsThreadGroup',
  gui: 'com.blazemeter.jmeter.threads.arrivals.FreeFormArrivalsThreadGroupGui',
  call: 'threads.freeFormArrivals',
  props,
  // The fields of the other bzm groups, which this one inherits and does not look at.
  ignored: [...ignoredKeys, 'TargetLevel', 'RampUp', 'Steps', 'Hold'],
  testStarted: openLog,
  testEnded: closeLog,
  shards: 'divides',
  group: {
    phase: 'main',
    controller: ArrivalsLoop,
    users: (_, user) => user.groupThreads,
    onError: ({ onError }) => onError,
    sameUser: ({ sameUser }) => sameUser,
    shape(settings, user) {
      const rows = [...rowsOf(settings, user)];
      const end = freeFormEnd(rows);
      return { of: 'arrivals', at: (second) => Math.max(0, freeFormAt(rows, second)), end, settled: end };
    },
    // The cells are read again for each arrival, up to the row that counts.
    start: (settings, group, self) =>
      startArrivals(settings, (second) => freeFormAt(rowsOf(settings, group.engineUser), second), group, self),
  },
});

function* rowsOf(settings: Named<typeof props>, user: User): Generator<RateRow> {
  const unit = unitSeconds(settings);
  for (const cells of settings.schedule) {
    const [from, to, duration] = [0, 1, 2].map((i) => {
      const cell = cells[i] ?? '';
      return toDouble(typeof cell === 'string' ? cell : cell(user)) ?? 0;
    });
    yield { from: (from ?? 0) / unit, to: (to ?? 0) / unit, seconds: (duration ?? 0) * unit };
  }
}
