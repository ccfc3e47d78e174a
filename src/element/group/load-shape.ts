import type { LoadShape, StartOfUser } from '../../model/index.js';

/** Users that begin and end at times known before: how many of them are at work. */
export function usersShape(users: readonly StartOfUser[], startedAt: number): LoadShape {
  const starts = sorted(users.map(({ after }) => after));
  const ends = sorted(users.flatMap(({ endTime }) => (endTime === undefined ? [] : [endTime - startedAt])));
  const end = ends.length === users.length ? (ends.at(-1) ?? 0) / 1000 : undefined;
  return {
    of: 'users',
    at: (second) => Math.max(0, upTo(starts, second * 1000) - upTo(ends, second * 1000)),
    end,
    settled: end ?? (starts.at(-1) ?? 0) / 1000,
  };
}

/** The fields that the groups with a target have in common; times are seconds. */
export interface Ramp {
  readonly target: number;
  readonly rampUp: number;
  /** 0 = a straight line. */
  readonly steps: number;
  readonly hold: number;
}

/** Users of a Concurrency Thread Group at a time; -1 when it is over (ConcurrencyThreadStarter, casutg 2.10). */
export function concurrencyAt(ramp: Ramp, second: number): number {
  const { target, rampUp, hold } = ramp;
  if (second >= rampUp + hold) return -1;
  return Math.round(stepAt(ramp, second) ?? (target / rampUp) * second);
}

/**
 * Arrivals per second of an Arrivals Thread Group; -1 when it is over. On a straight ramp the plugin's formula starts
 * from the arrivals there have been, and with none there never is a first: the load begins when the ramp is over
 * (ArrivalsThreadStarter, casutg 2.10).
 */
export function arrivalsAt(ramp: Ramp, second: number): number {
  if (second >= ramp.rampUp + ramp.hold) return -1;
  return stepAt(ramp, second) ?? 0;
}

/** The full target after the ramp, a step of it on a ramp of steps, undefined on a straight one. */
function stepAt({ target, rampUp, steps }: Ramp, second: number): number | undefined {
  if (rampUp === 0 || second > rampUp) return target;
  if (!(steps > 0)) return undefined;
  return (target / steps) * (Math.floor(second / (rampUp / steps)) + 1);
}

/** A row of a schedule of rates; rates are per second, the duration is seconds. */
export interface RateRow {
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
}

/** Arrivals per second of a Free-Form Arrivals Thread Group; -1 when it is over (FreeFormArrivalsThreadStarter). */
export function freeFormAt(rows: Iterable<RateRow>, second: number): number {
  let offset = 0;
  for (const { from, to, seconds } of rows) {
    const progress = (second - offset) / seconds;
    // An int in the plugin: fractions of a row's duration are lost.
    offset = Math.trunc(offset + seconds);
    if (second <= offset) return from + progress * (to - from);
  }
  return -1;
}

export const freeFormEnd = (rows: readonly RateRow[]): number =>
  rows.reduce((offset, { seconds }) => Math.trunc(offset + seconds), 0);

const sorted = (times: readonly number[]): readonly number[] => [...times].sort((a, b) => a - b);

/** How many of the sorted times have come. */
function upTo(times: readonly number[], now: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) <= now) low = middle + 1;
    else high = middle;
  }
  return low;
}
