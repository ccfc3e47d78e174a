import { type Alarm, element, type Group, shareOf, type User } from '../../model/index.js';
import {
  closeLog,
  dynamicRun,
  ignoredKeys,
  openLog,
  rampOf,
  type Supply,
  starterName,
  stopUsers,
  type TargetProps,
  targetProps,
} from './dynamic-group.js';
import { concurrencyAt, type Ramp } from './load-shape.js';
import type { StatusLog } from './status-log.js';
import { VirtualUserLoop } from './virtual-user-loop.js';

/** A user leaves after a pass when there are more of them than the final target, whatever the ramp says. */
class ConcurrencyLoop extends VirtualUserLoop<TargetProps, ConcurrencySupply> {
  protected override isSurplus(): boolean {
    return this.supply.users > shareOf(this.props.target, this.user.test.shard);
  }
  override startNextLoop(): void {
    this.reInitialize();
  }
}

/** bzm Concurrency Thread Group: keeps as many users at work as the ramp says, and replaces those that end. */
export const concurrencyThreadGroup = element({
  tag: 'com.blazemeter.jmeter.threads.concurrency.ConcurrencyThreadGroup',
  gui: 'com.blazemeter.jmeter.threads.concurrency.ConcurrencyThreadGroupGui',
  call: 'threads.concurrency',
  props: targetProps,
  ignored: ignoredKeys,
  testStarted: openLog,
  testEnded: closeLog,
  shards: 'divides',
  group: {
    phase: 'main',
    controller: ConcurrencyLoop,
    users: ({ target }) => target,
    onError: ({ onError }) => onError,
    sameUser: ({ sameUser }) => sameUser,
    shape(settings, user) {
      const ramp = rampOf(settings);
      const shift = shiftOf(user);
      const end = ramp.rampUp + ramp.hold + shift;
      return { of: 'users', at: (second) => plannedAt(ramp, second - shift), end, settled: end };
    },
    start(settings, group: Group, self) {
      const run = dynamicRun<ConcurrencySupply>(self, group.engineUser);
      run.supply = new ConcurrencySupply(settings, group, run.log);
      run.supply.begin();
    },
  },
});

/** How long the supplier waits at most until it looks again, when there are users. */
const LOOK_EVERY = 1000;

/** Seconds by which the ramp begins later than the group. */
const shiftOf = ({ test }: User): number => test.properties.int('dynamic_tg.shift_rampup_start', 0);

const plannedAt = (ramp: Ramp, second: number): number =>
  ramp.target <= 0 ? 0 : Math.max(0, concurrencyAt(ramp, Math.max(0, second)));

/** The plugin's ConcurrencyThreadStarter 2.10: it looks when a user has ended, and once a second. */
class ConcurrencySupply implements Supply {
  /** Users that are to be, or are, at work. */
  users = 0;
  #supplying = true;
  #alarm: Alarm | undefined;
  #ramp: Ramp;
  #shift: number;
  #readAt: number;
  readonly #name: string;
  readonly #validity: number;
  readonly #pauseWhenEmpty: number;

  constructor(
    private readonly settings: TargetProps,
    private readonly group: Group,
    private readonly log: StatusLog,
  ) {
    const { properties } = group.engineUser.test;
    this.#validity = properties.int('dynamic_tg.properties_caching_validity', 20);
    this.#pauseWhenEmpty = properties.int('dynamic_tg.temporisation', 10);
    this.#ramp = rampOf(settings);
    this.#shift = shiftOf(group.engineUser);
    this.#readAt = group.startedAt;
    this.#name = starterName(settings);
    group.onUserStart = ({ threadName }) => this.#note('START', threadName);
    group.onUserEnd = (user) => this.#userEnded(user);
    group.onStop = (now) => {
      this.#supplying = false;
      stopUsers(group, now);
    };
  }

  get limitReached(): boolean {
    return !this.#supplying;
  }

  begin(): void {
    if (this.settings.target <= 0) this.#supplying = false;
    else this.#look();
  }

  readonly #look = (): void => {
    this.#alarm = undefined;
    if (!this.#supplying) return;
    if (this.#planned() < 0) {
      this.#supplying = false;
      return;
    }
    while (this.users < this.#planned()) this.#add();
    this.#alarm = this.group.after(this.users === 0 ? this.#pauseWhenEmpty : LOOK_EVERY, this.#look);
  };

  #add(): void {
    this.users++;
    this.group.startUser({ after: 0, name: this.#name });
  }

  #userEnded({ threadName }: User): void {
    this.users--;
    this.#note('FINISH', threadName);
    if (this.#alarm === undefined) return;
    this.#alarm.cancel();
    this.#look();
  }

  /** With or without a log file, the plugin evaluates the group's name for each of its records. */
  #note(what: string, threadName: string): void {
    void this.settings.name;
    this.log.note(what, threadName);
  }

  #planned(): number {
    this.#readAgain();
    const { test } = this.group.engineUser;
    const second = (test.clock.now() - this.group.startedAt) / 1000 - this.#shift;
    const planned = concurrencyAt(this.#ramp, Math.max(0, second));
    return planned < 0 ? planned : shareOf(planned, test.shard);
  }

  /** The fields may hold functions, `__tstFeedback` above all: they are read again when they are some milliseconds old. */
  #readAgain(): void {
    const { engineUser } = this.group;
    const now = engineUser.test.clock.now();
    if (this.#validity <= 0 || now - this.#readAt <= this.#validity) return;
    this.#ramp = rampOf(this.settings);
    this.#shift = shiftOf(engineUser);
    this.#readAt = now;
  }
}
