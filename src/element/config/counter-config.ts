import { element, type Named, type Placed, prop, type User } from '../../model/index.js';
import { longOf, numberText } from './number-text.js';

const props = {
  /** 64-bit; blank or no number is 0, for the increment as well. */
  start: prop.text('CounterConfig.start'),
  /** The last value before it starts over; blank = no end, no number = 0. */
  end: prop.text('CounterConfig.end'),
  increment: prop.text('CounterConfig.incr'),
  variable: prop.text('CounterConfig.name'),
  /** A DecimalFormat pattern; blank = plain digits. */
  format: prop.text('CounterConfig.format'),
  perUser: prop.flag('CounterConfig.per_user'),
  /** Starts over at each pass of the thread's main loop; only for counters per user. */
  reset: prop.flag('CounterConfig.reset_on_tg_iteration'),
};
type CounterProps = Named<typeof props>;

/** Counts the passes of the controller around it, for all users together or for each of them. */
export const counterConfig = element({
  tag: 'CounterConfig',
  gui: 'CounterConfigGui',
  call: 'counter',
  looksAtData: false,
  props,
  shards: 'divides',
  iterationStart(given, user, _iteration, self) {
    const set = (value: bigint): void =>
      user.variables.put(given.variable, numberText(value, given.format, user, 'o.a.j.m.CounterConfig'));
    const { siblings } = user.test;
    if (given.perUser) set(nextOfUser(given, user, self));
    else if (siblings === undefined) set(nextOfAll(given, user, self));
    else return siblings.turn(self.path, (turn) => set(nextOfAll(given, user, self, turn)));
  },
});

const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);

/** Only the upper end is looked at: a counter that goes down never starts over. The smallest number means unused. */
function nextOfAll(given: CounterProps, user: User, self: Placed, turn?: number): bigint {
  const { start, end, increment } = limits(given);
  const counter = user.test.state(self, () => ({ value: MIN, turns: 0 }));
  for (;;) {
    const value = counter.value === MIN || counter.value > end ? start : counter.value;
    counter.value = BigInt.asIntN(64, value + increment);
    // The turns before it were those of other shards.
    const ours = turn === undefined || counter.turns === turn;
    counter.turns++;
    if (ours) return value;
  }
}

function nextOfUser(given: CounterProps, user: User, self: Placed): bigint {
  const { start, end, increment } = limits(given);
  const counter = user.state(self, () => ({ value: start, iteration: 1, life: user.life }));
  // The end of a thread forgets its number.
  let value = counter.life === user.life ? counter.value : start;
  counter.life = user.life;
  if (given.reset) {
    if (user.iteration !== counter.iteration) value = start;
    counter.iteration = user.iteration;
  }
  const next = BigInt.asIntN(64, value + increment);
  counter.value = next > end ? start : next;
  return value;
}

/** Read anew at each pass: they may hold variables. */
function limits(given: CounterProps): { readonly start: bigint; readonly end: bigint; readonly increment: bigint } {
  const { end } = given;
  return {
    start: longOf(given.start) ?? 0n,
    end: end === '' ? MAX : (longOf(end) ?? 0n),
    increment: longOf(given.increment) ?? 0n,
  };
}
