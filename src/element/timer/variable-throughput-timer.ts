import { doubleToString, JavaError, toDouble, toInt } from '../../java/index.js';
import {
  type Alarm,
  type Awaitable,
  element,
  isOurs,
  type Named,
  type Placed,
  prop,
  type User,
} from '../../model/index.js';
import { readSchedule, type ScheduleCall, unknownCall } from '../group/short-schedule.js';

const PROFILE = 'load_profile';
const LOG = 'k.a.j.t.VariableThroughputTimer';

const props = {
  /** Requests per second at the start and at the end of a row, and its seconds. */
  rows: prop.table(PROFILE),
};
type TimerProps = Named<typeof props>;

interface Row {
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
}

/**
 * jp@gc Throughput Shaping Timer: lets the samplers in its scope begin at a rate, all users together; when its rows are
 * over it stops the thread group.
 */
export const variableThroughputTimer = element({
  tag: 'kg.apc.jmeter.timers.VariableThroughputTimer',
  gui: 'kg.apc.jmeter.timers.VariableThroughputTimerGui',
  call: 'pace.shape',
  props,
  shards: 'divides',
  delay: (settings, user, self) => user.test.state(self, () => new Shaper(settings, user, self)).delay(settings, user),
});

/** A user that waits for its turn. */
interface Waiter {
  readonly user: User;
  readonly settings: TimerProps;
  readonly pass: (delay: number | Promise<never>) => void;
  alarm: Alarm | undefined;
  /** An interrupted Java thread cannot wait any more: it asks again and again. */
  hurried: boolean;
}

/** The one instance that all users share (VariableThroughputTimer, tst 2.5); seconds are those of the wall clock. */
class Shaper {
  readonly #waiting: Waiter[] = [];
  readonly #given: readonly Row[] | undefined;
  #sent = 0;
  /** The place of the next request in its second, among those of all shards. */
  #slot = 0;
  #rate = 0;
  #second = 0;
  #firstSecond = 0;
  #stopping = false;
  #stopTries = 0;

  constructor(
    { name }: TimerProps,
    { test }: User,
    private readonly self: Placed,
  ) {
    const ofName = name === '' ? '' : test.properties.get(`${name}.${PROFILE}`, '');
    const given = ofName === '' ? test.properties.get(PROFILE, '') : ofName;
    if (given !== '') this.#given = readSchedule(given, rowsOf, test.log);
  }

  /** The wait is over when it returns, and does not count as a timer's time: 0. */
  delay(settings: TimerProps, user: User): Awaitable<number> {
    const wait = this.#ask(settings, user);
    if (wait === 0) return 0;
    return new Promise((pass) => {
      const waiter: Waiter = { user, settings, pass, alarm: undefined, hurried: false };
      this.#wait(waiter, wait);
    });
  }

  /** Milliseconds to wait before asking again; 0 = the user may go. */
  #ask(settings: TimerProps, user: User): number {
    const now = user.test.clock.now();
    const inSecond = now % 1000;
    this.#checkSecond(now - inSecond, settings, user);
    // With a rate of 0 this is no number at the first request of a second, which so slips through.
    if (inSecond < this.#slot * (1000 / this.#rate)) return this.#waitFor(1000 - inSecond);
    this.#sent++;
    this.#slot = this.#ourSlot(this.#slot + 1, user);
    const next = this.#waiting[0];
    if (next) queueMicrotask(() => this.#again(next));
    return 0;
  }

  /** At a rate of 0 the plugin's thread sleeps for 24 days; here it looks again in the next second. */
  #waitFor(leftOfSecond: number): number {
    if (this.#stopping) return 10;
    return this.#rate === 0 ? leftOfSecond : Math.trunc(1 + (1000 * (this.#waiting.length + 1)) / this.#rate);
  }

  #wait(waiter: Waiter, ms: number): void {
    const { user } = waiter;
    this.#waiting.push(waiter);
    waiter.alarm = user.test.clock.after(waiter.hurried ? 1 : ms, () => this.#again(waiter));
    user.onInterrupt = () => {
      waiter.hurried = true;
      this.#again(waiter);
    };
  }

  #again(waiter: Waiter): void {
    const index = this.#waiting.indexOf(waiter);
    if (index < 0) return;
    this.#waiting.splice(index, 1);
    waiter.alarm?.cancel();
    const { user, settings, pass, hurried } = waiter;
    try {
      const wait = hurried && !user.running ? 0 : this.#ask(settings, user);
      if (wait > 0) this.#wait(waiter, wait);
      else pass(0);
    } catch (error) {
      pass(Promise.reject(error));
    }
  }

  #checkSecond(second: number, settings: TimerProps, user: User): void {
    if (second === this.#second) return;
    if (this.#firstSecond === 0) this.#firstSecond = this.#begin(second, user);
    this.#second = second;
    const rows = this.#given ?? rowsInPlan(settings, user);
    const rate = rateAt(rows, (second - this.#firstSecond) / 1000);
    if (rate < 0) this.#end(user);
    else this.#rate = rate;
    this.#tell(settings.name, rows, user);
    this.#sent = 0;
    this.#slot = this.#ourSlot(0, user);
  }

  /** The schedule of all shards begins with the first request in any of them. */
  #begin(second: number, { test: { shard, properties } }: User): number {
    if (shard.count === 1) return second;
    const key = `meterless.shaping.${this.self.path}`;
    const known = properties.get(key);
    if (known === undefined) properties.set(key, String(second));
    return known === undefined ? second : Number(known);
  }

  /** The first slot from this one on that falls to a user of this shard; each second begins with the next user. */
  #ourSlot(from: number, user: User): number {
    const { shard } = user.test;
    if (shard.count === 1) return from;
    const users = user.groupSize || undefined;
    let slot = from;
    while (!isOurs(this.#second / 1000 + slot, shard, users)) slot++;
    return slot;
  }

  #tell(name: string, rows: readonly Row[], { test, groupName }: User): void {
    const delayed = this.#waiting.length;
    if (delayed < 1 && this.#sent < this.#rate) {
      const made = `made ${this.#sent} samples/s for expected rps ${doubleToString(this.#rate)} samples/s`;
      const what = `No free threads available in current Thread Group ${groupName}, ${made}, increase your number of threads`;
      test.log.write('WARN', LOG, what);
    }
    const total = rows.reduce((sum, { seconds }) => sum + seconds, 0);
    test.properties.setHere(`${name}_totalDuration`, String(total));
    test.properties.setHere(`${name}_cntDelayed`, String(delayed));
    test.properties.setHere(`${name}_cntSent`, String(this.#sent));
    test.properties.setHere(`${name}_rps`, doubleToString(this.#rate));
  }

  /** Harder each second, as long as somebody still asks. Throws what loses the sample when nothing helped. */
  #end(user: User): void {
    this.#stopping = true;
    this.#rate = this.#rate > 0 ? this.#rate * (this.#stopTries > 10 ? 2 : 1) : 1;
    if (this.#stopTries > 30) {
      throw new JavaError('java.lang.IllegalStateException', 'More than 30 retries - stopping with exception');
    }
    this.#stopTries++;
    user.test.log.write('INFO', LOG, `No further RPS schedule, asking threads to stop (${this.#stopTries})`);
    if (this.#stopTries > 10) user.test.stopNow();
    else if (this.#stopTries > 5) user.test.stop();
    else user.stopGroup(this.#stopTries > 3);
    for (const waiter of [...this.#waiting]) {
      waiter.alarm?.cancel();
      waiter.alarm = user.test.clock.after(0, () => this.#again(waiter));
    }
  }
}

/** Requests per second; on the boundary of two rows the first one counts. -1 when it is over. */
function rateAt(rows: readonly Row[], second: number): number {
  let left = second;
  for (const { from, to, seconds } of rows) {
    if (left <= seconds) return from + (left * (to - from)) / seconds;
    left -= seconds;
  }
  return -1;
}

function rowsInPlan({ rows }: TimerProps, user: User): readonly Row[] {
  return rows.map((cells) => {
    const [from, to, seconds] = [0, 1, 2].map((i) => {
      const cell = cells[i] ?? '';
      return typeof cell === 'string' ? cell : cell(user);
    });
    return { from: toDouble(from ?? '') ?? 0, to: toDouble(to ?? '') ?? 0, seconds: toInt(seconds ?? '') ?? 0 };
  });
}

/** `const(rate, time)`, `line(from, to, time)`, `step(from, to, by, time)`: whole numbers, times as `1m30s`. */
function rowsOf(call: ScheduleCall): readonly Row[] {
  switch (call.name) {
    case 'const':
      return [{ from: call.integer(0), to: call.integer(0), seconds: call.duration(1) }];
    case 'line':
      return [{ from: call.integer(0), to: call.integer(1), seconds: call.duration(2) }];
    case 'step':
      return steps(call.integer(0), call.integer(1), call.integer(2), call.duration(3));
  }
  throw unknownCall(call.name);
}

/** Downwards the last value is left out. */
function steps(from: number, to: number, by: number, seconds: number): readonly Row[] {
  const rows: Row[] = [];
  const down = from > to;
  if (by <= 0) throw unknownCall(`step by ${by}`);
  for (let n = from; down ? n > to : n <= to; n += down ? -by : by) rows.push({ from: n, to: n, seconds });
  return rows;
}
