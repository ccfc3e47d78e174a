import type { LoadShape } from '../../model/index.js';
import type { ArrivalsStep } from './open-model-schedule.js';

/** java.util.Random, as far as it is needed here. */
interface Random {
  nextDouble(): number;
}

/** The times of all arrivals in seconds, in order, worked out stretch by stretch (ThreadScheduleProcessGenerator.kt 5.6.3). */
export function* arrivalTimes(steps: readonly ArrivalsStep[], random: Random): Generator<number> {
  let offset = 0;
  for (const step of steps) {
    for (const time of step.random ? randomTimes(step, random) : evenTimes(step)) yield offset + time;
    offset += step.seconds;
  }
}

export const scheduleSeconds = (steps: readonly ArrivalsStep[]): number =>
  steps.reduce((sum, { seconds }) => sum + seconds, 0);

/** The rate over time that the schedule describes. */
export function openModelShape(steps: readonly ArrivalsStep[]): LoadShape {
  const end = scheduleSeconds(steps);
  return { of: 'arrivals', at: (second) => rateAt(steps, second), end, settled: end };
}

function rateAt(steps: readonly ArrivalsStep[], second: number): number {
  let offset = 0;
  for (const { from, to, seconds } of steps) {
    if (second < offset + seconds) return from + ((to - from) * (second - offset)) / seconds;
    offset += seconds;
  }
  return 0;
}

/** The first arrival is at once; 3.7 arrivals are 3 (EvenArrivalsRamp.kt). */
function* evenTimes({ from, to, seconds }: ArrivalsStep): Generator<number> {
  const mean = (from + to) / 2;
  const count = Math.trunc(mean * seconds);
  const slope = Math.abs(to - from) < 0.0001 * mean ? 0 : (to - from) / seconds;
  for (let n = 0; n < count; n++) {
    if (n === 0) yield 0;
    else yield slope === 0 ? n / mean : (Math.sqrt(from * from + 2 * slope * n) - from) / slope;
  }
}

/** An even part at the lower rate, drawn first, and a triangle on top of it (PoissonArrivalsRamp.kt). */
function randomTimes({ from, to, seconds }: ArrivalsStep, random: Random): Float64Array {
  const count = Math.trunc(((from + to) / 2) * seconds);
  const flat = Math.trunc(Math.min(from, to) * seconds);
  const times: number[] = [];
  for (let n = 0; n < flat; n++) times.push(random.nextDouble() * seconds);
  if (from !== to) {
    for (let n = flat; n < count; n++) {
      const time = Math.sqrt(random.nextDouble());
      times.push((from > to ? 1 - time : time) * seconds);
    }
  }
  return Float64Array.from(times).sort();
}
