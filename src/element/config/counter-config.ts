import { element, type Named, type Placed, prop, type Siblings, type User } from '../../model/index.js';
import { longOf, numberText } from './number-text.js';

/** A bigint only where a number would not be exact: most counters never get there. */
type Whole = number | bigint;
const SHORT = /^[+-]?\d{1,15}$/;
const wholeOf = (text: string): Whole => (SHORT.test(text) ? Number(text) : (longOf(text) ?? 0));
const ENDLESS = Number.POSITIVE_INFINITY;

const props = {
  /** 64-bit; blank or no number is 0, for the increment as well. */
  start: prop.parsed('CounterConfig.start', 0, wholeOf),
  /** The last value before it starts over; blank = no end, no number = 0. */
  end: prop.parsed('CounterConfig.end', ENDLESS, (text) => (text === '' ? ENDLESS : wholeOf(text))),
  increment: prop.parsed('CounterConfig.incr', 0, wholeOf),
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
    const { siblings } = user.test;
    if (given.perUser) keep(nextOfUser(given, user, self), given, user);
    else if (siblings === undefined) keep(nextOfAll(given, user, self), given, user);
    else return nextOfShards(siblings, given, user, self);
  },
});

const MIN = -(2n ** 63n);

function keep(value: Whole, given: CounterProps, user: User): void {
  user.variables.put(given.variable, numberText(value, given.format, user, 'o.a.j.m.CounterConfig'));
}

const nextOfShards = (siblings: Siblings, given: CounterProps, user: User, self: Placed): Promise<void> | undefined =>
  siblings.turn(self.path, (turn) => keep(nextOfAll(given, user, self, turn), given, user));

/** Only the upper end is looked at: a counter that goes down never starts over. The smallest number means unused. */
function nextOfAll(given: CounterProps, user: User, self: Placed, turn?: number): Whole {
  const { end, start, increment } = given;
  const counter = user.test.state(self, unused);
  for (;;) {
    const value = counter.value === MIN || counter.value > end ? start : counter.value;
    counter.value = sum(value, increment);
    // The turns before it were those of other shards.
    const ours = turn === undefined || counter.turns === turn;
    counter.turns++;
    if (ours) return value;
  }
}
const unused = (): { value: Whole; turns: number } => ({ value: MIN, turns: 0 });

function nextOfUser(given: CounterProps, user: User, self: Placed): Whole {
  const { end, start, increment } = given;
  const counter = user.peek<CounterOfUser>(self) ?? newCounter(start, user, self);
  // The end of a thread forgets its number.
  let value = counter.life === user.life ? counter.value : start;
  counter.life = user.life;
  if (given.reset) {
    if (user.iteration !== counter.iteration) value = start;
    counter.iteration = user.iteration;
  }
  const next = sum(value, increment);
  counter.value = next > end ? start : next;
  return value;
}

interface CounterOfUser {
  value: Whole;
  iteration: number;
  life: number;
}
const newCounter = (start: Whole, user: User, self: Placed): CounterOfUser =>
  user.state(self, () => ({ value: start, iteration: 1, life: user.life }));

/** In 64 bits, beyond which Java's numbers start over at the other end. */
function sum(a: Whole, b: Whole): Whole {
  if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a + b)) return a + b;
  return BigInt.asIntN(64, BigInt(a) + BigInt(b));
}
