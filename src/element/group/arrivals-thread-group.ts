import { element } from '../../model/index.js';
import { ArrivalsLoop, arrivalProps, startArrivals } from './arrivals-supply.js';
import { closeLog, ignoredKeys, openLog, rampOf, type TargetProps, targetProps, unitSeconds } from './dynamic-group.js';
import { arrivalsAt, type Ramp } from './load-shape.js';

/** bzm Arrivals Thread Group: starts passes at a rate, with as many users as that needs. */
export const arrivalsThreadGroup = element({
  tag: 'com.blazemeter.jmeter.threads.arrivals.ArrivalsThreadGroup',
  gui: 'com.blazemeter.jmeter.threads.arrivals.ArrivalsThreadGroupGui',
  call: 'threads.arrivals',
  props: { ...targetProps, ...arrivalProps },
  ignored: ignoredKeys,
  testStarted: openLog,
  testEnded: closeLog,
  shards: 'divides',
  group: {
    phase: 'main',
    controller: ArrivalsLoop,
    users: (_, user) => user.groupThreads,
    onError: ({ onError }) => onError,
    sameUser: ({ sameUser }) => sameUser,
    shape(settings) {
      const ramp = rateRamp(settings);
      const end = ramp.rampUp + ramp.hold;
      return { of: 'arrivals', at: (second) => Math.max(0, arrivalsAt(ramp, second)), end, settled: end };
    },
    // The fields are read again for each arrival.
    start: (settings, group, self) =>
      startArrivals(settings, (second) => arrivalsAt(rateRamp(settings), second), group, self),
  },
});

/** The ramp with its target per second. */
function rateRamp(settings: TargetProps): Ramp {
  const ramp = rampOf(settings);
  return { ...ramp, target: ramp.target / unitSeconds(settings) };
}
