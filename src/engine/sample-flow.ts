import {
  type Alarm,
  type Awaitable,
  Journal,
  lastSampleIsKept,
  lastSampleIsRead,
  Pending,
  type Placed,
  restore,
  type Sample,
  type Step,
  StopTest,
  StopTestNow,
  StopThread,
  textsMayWait,
  Wait,
  type Waits,
} from '../model/index.js';
import { applyAssertion } from './assertions.js';
import type { CompiledSampler, Package } from './group-program.js';
import { isPromise } from './is-promise.js';
import { listenersInside, OpenTransaction } from './transaction.js';
import { describe, type VirtualUser } from './user.js';

type Stage = 'before' | 'timers' | 'delay' | 'sample' | 'after' | 'assert' | 'report';

const NONE: readonly OpenTransaction[] = [];

/** What an element does when its turn comes; the sample is there once it was taken. */
type Turn = (placed: Placed, user: VirtualUser, sample: Sample | undefined) => Awaitable<unknown>;
const before: Turn = (placed, user) => placed.element.before?.(placed.props(user), user, placed);
const timer: Turn = (placed, user) => {
  const delay = placed.element.delay?.(placed.props(user), user, placed) ?? 0;
  const factor = placed.element.factored ? user.test.timerFactor : 1;
  if (factor === 1) return delay;
  return isPromise(delay) ? delay.then((ms) => Math.round(ms * factor)) : Math.round(delay * factor);
};
const after: Turn = (placed, user, sample) =>
  sample && placed.element.after?.(placed.props(user), user, sample, placed);
const assert: Turn = (placed, user, sample) => sample && applyAssertion(placed, sample, user);

/**
 * One step of one user, stage by stage: config, pre-processors, timers, sample, post-processors, assertions, listeners,
 * stop rules (JMeterThread.executeSamplePackage). Plain calls until something returns a promise or a timer waits; then
 * `resume` says `waiting` and the user is run again when the wait is over.
 */
export class SampleFlow implements Waits<unknown> {
  /** The parent-mode transactions around the sampler, outermost first. */
  #open: readonly OpenTransaction[] = NONE;
  #sampler: CompiledSampler | undefined;
  #stage: Stage = 'before';
  #index = 0;
  #delay = 0;
  #sample: Sample | undefined;
  /** Whether what was waited for is there: its value, or what it failed with. */
  #settled: 'value' | 'error' | undefined;
  #outcome: unknown;
  #timeouts: Alarm[] | undefined;
  readonly #journal: Journal | undefined;
  /** Nobody asks for the last sample when its step is over. */
  readonly #forgets: boolean;

  constructor(private readonly user: VirtualUser) {
    const { test } = user;
    if (textsMayWait(test).may) this.#journal = new Journal();
    this.#forgets = !(lastSampleIsRead(test).is || lastSampleIsKept(test).is);
  }

  begin(step: Step): void {
    const open: OpenTransaction[] | undefined = step instanceof OpenTransaction ? [] : undefined;
    this.#open = open ?? NONE;
    let inner: Step | undefined = step;
    while (inner instanceof OpenTransaction) {
      open?.push(inner);
      inner = inner.done ? undefined : inner.inside;
    }
    // Every step that is no transaction is a sampler of this compiled group.
    this.#sampler = inner as CompiledSampler | undefined;
    this.#stage = 'before';
    this.#index = 0;
    this.#delay = 0;
    this.#sample = undefined;
    this.#settled = undefined;
    this.#journal?.clear();
    if (this.#sampler) {
      this.user.previousSampler = this.user.sampler;
      this.user.sampler = this.#sampler;
    }
  }

  resume(): 'waiting' | 'done' {
    const sampler = this.#sampler;
    if (sampler !== undefined) {
      this.user.journal = this.#journal;
      try {
        if (this.#run(sampler)) return 'waiting';
        restore(this.user, sampler);
        this.#checkSchedule();
      } catch (error) {
        if (error instanceof Wait) {
          this.#awaitText(error);
          return 'waiting';
        }
        this.#lost(error, sampler);
      }
      this.user.journal = undefined;
      this.#sample = undefined;
      if (this.#forgets) this.user.previous = undefined;
    }
    if (this.#open.length > 0) this.#unwind();
    return 'done';
  }

  /** True while something waits. */
  #run(sampler: CompiledSampler): boolean {
    const { pack } = sampler;
    for (;;) {
      switch (this.#stage) {
        case 'before':
          if (this.#each(pack.before, before)) return true;
          this.user.remember(pack);
          this.#next('timers');
          break;
        case 'timers':
          if (this.#each(pack.timers, timer)) return true;
          this.#next('delay');
          if (this.#wait()) return true;
          break;
        case 'delay':
          if (!this.user.running) return false;
          this.#next('sample');
          break;
        case 'sample':
          if (this.#take(sampler)) return true;
          if (this.#sample === undefined) return false;
          break;
        case 'after':
          if (this.#each(pack.after, after)) return true;
          this.#next('assert');
          break;
        case 'assert':
          if (this.#each(pack.assertions, assert)) return true;
          this.#next('report');
          break;
        case 'report':
          this.#report(pack, this.#sample as Sample);
          return false;
      }
    }
  }

  #next(stage: Stage): void {
    this.#journal?.clear();
    this.#stage = stage;
    this.#index = 0;
  }

  /** Runs a list in order; after a promise it goes on behind the element that waited. */
  #each(list: readonly Placed[], call: Turn): boolean {
    for (;;) {
      let settled: unknown;
      if (this.#settled) {
        settled = this.#takeSettled();
      } else {
        const placed = list[this.#index];
        if (placed === undefined) return false;
        settled = call(placed, this.user, this.#sample);
        if (isPromise(settled)) {
          this.#await(settled);
          return true;
        }
      }
      if (this.#stage === 'timers') this.#delay += settled as number;
      this.#journal?.clear();
      this.#index++;
    }
  }

  /** Timers of the scope add up to one wait; one that would outlast the schedule ends the thread instead. */
  #wait(): boolean {
    const { user } = this;
    if (!(this.#delay > 0)) return false;
    if (user.scheduleEnd !== undefined && user.test.clock.now() + this.#delay > user.scheduleEnd) {
      user.running = false;
      return false;
    }
    return user.wait(this.#delay);
  }

  #take(sampler: CompiledSampler): boolean {
    const { user } = this;
    let sample: Sample | undefined;
    if (this.#settled) sample = this.#takeSettled() as Sample | undefined;
    else {
      user.claim(sampler);
      this.#watch(sampler);
      const taken = sampler.element.sample?.(sampler.props(user), user, sampler);
      const there = taken instanceof Pending ? taken.now : taken;
      if (there instanceof Pending) {
        there.tell(this);
        return true;
      }
      if (isPromise(there)) {
        this.#await(there);
        return true;
      }
      sample = there;
    }
    this.#unwatch();
    this.#sample = sample;
    if (sample === undefined) return false;
    if (sample.ignore) {
      user.setLastSampleOk(sample.success);
      this.#stopRules(sample);
      this.#sample = undefined;
      return false;
    }
    user.fillThread(sample);
    // Only the first level: deeper sub-samples keep what the sampler set.
    if (sample.subSamples) for (const sub of sample.subSamples) user.fillThread(sub);
    user.previous = sample;
    this.#next('after');
    return false;
  }

  /** The timeouts are all asked, also where the sampler cannot be interrupted. */
  #watch({ element }: CompiledSampler): void {
    const { user } = this;
    const { timeouts } = user.common.program;
    if (timeouts.length === 0) return;
    const alarms: Alarm[] = [];
    for (const { element: monitor, props } of timeouts) {
      const ms = monitor.timeout?.(props(user)) ?? 0;
      if (ms > 0 && element.interruptible) alarms.push(user.test.clock.after(ms, () => user.interruptSampler()));
    }
    this.#timeouts = alarms;
  }

  #unwatch(): void {
    this.user.onInterrupt = undefined;
    if (this.#timeouts === undefined) return;
    for (const alarm of this.#timeouts) alarm.cancel();
    this.#timeouts = undefined;
  }

  #report(pack: Package, sample: Sample): void {
    const { user } = this;
    user.setLastSampleOk(sample.success);
    const inside = this.#open.at(-1);
    if (!sample.ignore) {
      if (inside === undefined) user.notify(sample, pack.listeners);
      else {
        user.notify(sample, this.#listenersInside(pack, inside), { inside: true });
        inside.add(sample);
      }
    }
    this.#stopRules(sample);
  }

  #listenersInside(pack: Package, { node }: OpenTransaction) {
    let list = pack.listenersInside.get(node);
    if (list === undefined) {
      list = listenersInside(pack.listeners, node);
      pack.listenersInside.set(node, list);
    }
    return list;
  }

  #stopRules(sample: Sample): void {
    const { user } = this;
    const { onError } = user;
    const failed = !sample.success;
    if (sample.stopThread || (failed && onError.includes('stopthread'))) user.running = false;
    if (sample.stopTest || (failed && onError.includes('stoptest'))) this.#stopTest(false);
    if (sample.stopTestNow || (failed && onError.includes('stoptestnow'))) this.#stopTest(true);
    if (sample.action !== 'continue') user.action = sample.action;
  }

  #stopTest(now: boolean): void {
    this.user.running = false;
    if (now) this.user.test.stopNow();
    else this.user.test.stop();
  }

  #checkSchedule(): void {
    const { user } = this;
    if (user.scheduleEnd !== undefined && user.test.clock.now() >= user.scheduleEnd) user.running = false;
  }

  /** An exception loses the sample: nothing is recorded, the thread goes on with the next sampler. */
  #lost(error: unknown, sampler: CompiledSampler): void {
    const { user } = this;
    this.#unwatch();
    if (error instanceof StopThread) user.running = false;
    else if (error instanceof StopTestNow) this.#stopTest(true);
    else if (error instanceof StopTest) this.#stopTest(false);
    else {
      // The name is evaluated for the message; if that throws too, the thread ends, as JMeter's does.
      const { name } = sampler.props(user);
      user.test.log.write(
        'ERROR',
        'o.a.j.t.JMeterThread',
        `Error while processing sampler: '${name}'. ${describe(error)}`,
      );
    }
  }

  /** From the innermost transaction out: what is done is reported, what is cut off by a stop too. */
  #unwind(): void {
    const { user } = this;
    let inner: Sample | undefined;
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const open = this.#open[i] as OpenTransaction;
      const parent = this.#open[i - 1];
      let result: Sample | undefined;
      try {
        if (inner !== undefined) open.add(inner);
        if (open.done) result = user.endTransaction(open, parent);
        this.#checkSchedule();
      } catch (error) {
        user.test.log.write('ERROR', 'o.a.j.t.JMeterThread', `Error while processing sampler. ${describe(error)}`);
      }
      if (!user.running && result === undefined) result = user.endTransaction(open, parent);
      inner = result;
    }
  }

  /** A text of the element whose turn it is waits; then the element has its turn again. */
  #awaitText({ until }: Wait): void {
    this.#journal?.rewind();
    until.then(this.user.run);
  }

  #await(promise: Promise<unknown>): void {
    promise.then(
      (value) => this.fulfilled(value),
      (error) => this.#rejected(error),
    );
  }

  fulfilled(value: unknown): void {
    this.#settled = 'value';
    this.#outcome = value;
    this.user.run();
  }

  #rejected(error: unknown): void {
    this.#settled = 'error';
    this.#outcome = error;
    this.user.run();
  }

  #takeSettled(): unknown {
    const settled = this.#settled;
    const outcome = this.#outcome;
    this.#settled = undefined;
    this.#outcome = undefined;
    if (settled === 'error') throw outcome;
    return outcome;
  }
}
