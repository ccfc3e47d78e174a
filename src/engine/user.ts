import {
  type Alarm,
  type Controller,
  type Sample,
  type Step,
  StopTest,
  StopTestNow,
  StopThread,
  Wait,
} from '../model/index.js';
import { applyAtOnce } from './assertions.js';
import { makeControllers } from './controllers.js';
import type { Listener } from './group-program.js';
import { actOnLoops, leaveLoops } from './loop-action.js';
import { type Heard, tellListeners } from './notify.js';
import { SampleFlow } from './sample-flow.js';
import { type Made, prepareThread, tellHooks } from './thread-hooks.js';
import type { OpenTransaction } from './transaction.js';
import { type GroupOptions, UserBase, type UserOptions } from './user-base.js';

const OUTRIGHT: Heard = {};
/** Steps in one go before other users and the sockets have their turn. */
const BUDGET = 256;

/** A virtual user that runs: port of JMeterThread 5.6.3 as a state machine, which waits without holding a thread. */
export class VirtualUser extends UserBase {
  /** Set when it was made before its ramp-up. */
  made: Made | undefined;
  /** Those of its branches too. */
  readonly controllers: Controller[];
  readonly #main: Controller;
  #step: Step | undefined;
  #alarm: Alarm | undefined;
  #flow: SampleFlow | undefined;
  #finished = false;
  /**
   * A user that was stopped during a step still asks for the next one, and does not run it: a transaction that ends there
   * is reported, a pass that begins there is heard.
   */
  #asksOnce = false;
  /** A controller waits for something. */
  #blocked = false;
  #parked = false;
  /** The step from which a loop action was taken, until that is done. */
  #left: Step | undefined;

  /** `parent` is the user in whose sample this one runs. */
  constructor(common: GroupOptions, options: UserOptions, parent?: VirtualUser) {
    super(common, options, parent);
    this.controllers = makeControllers(common.program, this, parent?.controllers);
    this.#main = this.controllers[common.program.root.index] as Controller;
  }

  /** Tells a sample to the listeners and the sinks. */
  notify(sample: Sample, listeners: readonly Listener[], how: Heard = OUTRIGHT): void {
    // Each event of JMeter's carries the group's name, which is evaluated for it.
    if (this.groupNameVaries) void this.groupName;
    tellListeners(this, sample, listeners, how);
  }

  /** Begins the thread: its wait for the start is over. The user of a branch begins again and again. */
  start(): void {
    const { test } = this;
    this.life++;
    this.running = true;
    this.#finished = false;
    this.#asksOnce = false;
    this.#left = undefined;
    try {
      this.variables.putObject('__jmv_SAME_USER', this.sameUserOnNextIteration);
      this.setLastSampleOk(true);
      const { failed } = this.made ?? prepareThread(this);
      this.made = undefined;
      if (failed) throw failed.error;
      test.log.write('INFO', 'o.a.j.t.JMeterThread', `Thread started: ${this.threadName}`);
      this.#main.initialize();
      this.enter();
      tellHooks(this, 'threadStarted');
      this.run();
    } catch (error) {
      this.#endBy(error);
    }
  }

  /** Goes on until something waits, the budget is used up, or the thread ends. */
  readonly run = (): void => {
    this.#alarm = undefined;
    try {
      this.#advance();
    } catch (error) {
      this.#endBy(error);
    }
  };

  #advance(): void {
    for (let budget = BUDGET; budget > 0; budget--) {
      if (this.#parked) return;
      this.#leave();
      const step = this.#step ?? this.#nextStep();
      if (step === undefined) {
        if (this.#finished || this.#blocked) return;
        continue;
      }
      if (this.#flow?.resume() === 'waiting') return;
      this.#step = undefined;
      this.#afterStep(step);
    }
    if (!this.#parked) this.test.yieldTo(this);
  }

  /** The step to begin now; undefined at the end of a pass, while a controller waits, and when the thread has ended. */
  #nextStep(): Step | undefined {
    const step = this.running || this.#asksOnce ? this.#ask() : undefined;
    if (this.#blocked) return undefined;
    this.#asksOnce = false;
    if (step !== undefined && this.running) {
      this.#step = step;
      this.#flow ??= new SampleFlow(this);
      this.#flow.begin(step);
      return step;
    }
    if (this.#main.isDone) {
      this.test.log.write('INFO', 'o.a.j.t.JMeterThread', `Thread is done: ${this.threadName}`);
      this.#finish();
    } else if (!this.running) this.#finish();
    return undefined;
  }

  #ask(): Step | undefined {
    try {
      return this.#main.next();
    } catch (error) {
      if (!(error instanceof Wait)) throw error;
      this.#blocked = true;
      // What was asked for before a stop is still handed out, also when it had to wait.
      this.#asksOnce = true;
      void error.until.then(() => {
        this.#blocked = false;
        this.run();
      });
      return undefined;
    }
  }

  #afterStep(step: Step): void {
    this.onInterrupt = undefined;
    const nextLoop = this.onError.includes('startnextloop') && !this.lastSampleOk;
    if (this.action === 'continue' && !nextLoop) {
      this.#asksOnce = true;
      return;
    }
    actOnLoops(this, step, nextLoop ? 'nextThreadLoop' : this.action);
    this.action = 'continue';
    this.#left = step;
  }

  /** Behind a loop action, once the user does not rest any more. */
  #leave(): void {
    const step = this.#left;
    this.#left = undefined;
    if (step) leaveLoops(this, step);
  }

  /** Fills in, asserts and reports the result of a parent-mode transaction (doEndTransactionSampler). */
  endTransaction(open: OpenTransaction, parent: OpenTransaction | undefined): Sample {
    const { sample, node } = open;
    this.fillThread(sample);
    applyAtOnce(node.transaction?.assertions ?? [], sample, this);
    this.setLastSampleOk(sample.success);
    if (parent === undefined) this.notify(sample, node.transaction?.listeners ?? []);
    return sample;
  }

  /** Waits in a timer unless the thread was interrupted; `stopNow` ends the wait early. */
  wait(ms: number): boolean {
    if (this.interrupted) return false;
    this.#alarm = this.test.clock.after(ms, this.run);
    return true;
  }

  /** Goes off the stage between two steps, until it is woken; meanwhile nobody counts it. */
  park(): void {
    this.#parked = true;
    this.leave();
  }
  wake(): void {
    if (!this.#parked) return;
    this.#parked = false;
    this.enter();
    this.test.yieldTo(this);
  }

  protected enter(): void {
    this.test.userStarted();
    this.common.activeInGroup.count++;
  }
  protected leave(): void {
    this.test.userFinished();
    this.common.activeInGroup.count--;
  }

  /** Stops and ends what waits. */
  interrupt(): void {
    this.stop();
    this.cut();
    this.wake();
  }

  /** Ends what waits; the user goes on. */
  cut(): void {
    if (this.#alarm) {
      this.#alarm.cancel();
      this.#alarm = undefined;
      // The thread passes the interrupt on: the sampler's own sleep ends at once too.
      this.interrupted = true;
      this.test.yieldTo(this);
    }
    this.interruptSampler();
  }

  /** Exceptions that escape the loop end the thread (JMeterThread.run): a stop exception is acted on, others are told. */
  #endBy(error: unknown): void {
    this.running = false;
    const { log } = this.test;
    if (error instanceof StopThread)
      log.write(
        'INFO',
        'o.a.j.t.JMeterThread',
        `Stop Thread seen for thread ${this.threadName}, reason: ${error.message}`,
      );
    else if (error instanceof StopTestNow) this.test.stopNow();
    else if (error instanceof StopTest) this.test.stop();
    else log.write('ERROR', 'o.a.j.t.JMeterThread', `Test failed! ${describe(error)}`);
    this.#finish();
  }

  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.running = false;
    this.test.log.write('INFO', 'o.a.j.t.JMeterThread', `Thread finished: ${this.threadName}`);
    tellHooks(this, 'threadFinished');
    this.leave();
    this.common.ended(this);
  }
}

export const describe = (error: unknown): string => String(error);
