import { type Alarm, type Group, type Placed, type StartOfUser, type User, Variables } from '../model/index.js';
import type { EngineUser } from './engine-user.js';
import type { GroupProgram } from './group-program.js';
import type { TestRun } from './test-run.js';
import { prepareThread } from './thread-hooks.js';
import { VirtualUser } from './user.js';
import type { GroupOptions, UserOptions } from './user-base.js';

type UserSettings = Pick<UserOptions, 'onError' | 'sameUser'> & { readonly name: string };

/** What may be done on errors, in the order in which JMeter asks for it. */
const ON_ERROR = ['stoptest', 'stoptestnow', 'stopthread', 'startnextloop'] as const;

/** Shared by all users who go on after an error. */
const NOTHING: readonly string[] = [];

/** A thread group that runs: its users, and whoever waits for it to end. */
export class GroupRun implements Group {
  readonly users = new Set<VirtualUser>();
  readonly startedAt: number;
  onUserStart: ((user: User) => void) | undefined;
  onUserEnd: ((user: User) => void) | undefined;
  onStop: ((now: boolean) => void) | undefined;
  running = true;
  readonly #activeInGroup = { count: 0 };
  readonly #common: GroupOptions;
  /** Users of other shards that it counts. */
  #elsewhere = 0;
  readonly #alarms = new Set<Alarm>();
  /** The number of the next user that is given none. */
  #next: number;
  #whenEnded: (() => void)[] = [];

  constructor(
    readonly placed: Placed,
    readonly groupNumber: number,
    readonly engineUser: EngineUser,
    private readonly program: GroupProgram,
    private readonly test: TestRun,
  ) {
    this.#common = {
      test,
      program,
      activeInGroup: this.#activeInGroup,
      ended: (user) => this.#ended(user),
      stopGroup: (now) => this.stop(now),
    };
    this.startedAt = test.clock.now();
    this.#next = test.shard.index;
  }

  startUser(start: StartOfUser): void {
    const number = start.number ?? this.#next;
    this.#next = number + this.test.shard.count;
    const early = start.madeLate ? undefined : this.#settings(start);
    const made = early && this.program.madeVisibly ? this.#make(number, early, start) : undefined;
    if (made) made.made = prepareThread(made);
    this.after(start.after, () => this.#start(made ?? this.#make(number, early ?? this.#settings(start), start)));
  }

  /**
   * Evaluated for each user, as often as JMeter asks (AbstractThreadGroup.makeThread 5.6.3): a function in the group's
   * name gives each of them another one.
   */
  #settings({ name: given }: StartOfUser): UserSettings {
    const props = this.placed.props(this.engineUser);
    const role = this.placed.element.group;
    const actions = ON_ERROR.filter((action) => role?.onError(props).toLowerCase() === action);
    const onError = actions.length === 0 ? NOTHING : actions;
    const name = given ?? props.name;
    return { onError, name, sameUser: role?.sameUser(props) ?? true };
  }

  #start(user: VirtualUser): void {
    this.users.add(user);
    this.test.users.add(user);
    this.onUserStart?.(user);
    user.start();
  }

  #make(number: number, settings: UserSettings, start: StartOfUser): VirtualUser {
    const { name, sameUser, onError } = settings;
    const prefix = this.test.properties.get('__jm.D_TG', '');
    const threadName = `${prefix}${prefix === '' ? '' : '-'}${name} ${this.groupNumber}-${number + 1}`;
    return new VirtualUser(this.#common, {
      variables: new Variables(this.engineUser.known),
      threadName,
      number,
      sameUser,
      onError,
      endTime: start.endTime,
      unscheduled: start.unscheduled,
    });
  }

  get activeHere(): number {
    return this.#activeInGroup.count - this.#elsewhere;
  }
  activeElsewhere(users: number): void {
    this.#activeInGroup.count += users - this.#elsewhere;
    this.#elsewhere = users;
  }

  after(ms: number, callback: () => void): Alarm {
    if (!this.running) return { cancel() {} };
    const alarm = this.test.clock.after(ms, () => {
      this.#alarms.delete(alarm);
      if (this.running) callback();
      this.#settle();
    });
    this.#alarms.add(alarm);
    return {
      cancel: () => {
        alarm.cancel();
        this.#alarms.delete(alarm);
      },
    };
  }

  stopUser(user: User, now: boolean): void {
    if (now) this.#mine(user)?.interrupt();
    else this.#mine(user)?.stop();
  }
  interruptUser(user: User): void {
    this.#mine(user)?.cut();
  }
  parkUser(user: User): void {
    this.#mine(user)?.park();
  }
  wakeUser(user: User): void {
    this.#mine(user)?.wake();
  }

  #mine(user: User): VirtualUser | undefined {
    return user instanceof VirtualUser && this.users.has(user) ? user : undefined;
  }

  /** No more users start; those that run end after their sample, or at once. */
  stop(now: boolean): void {
    this.running = false;
    for (const alarm of this.#alarms) alarm.cancel();
    this.#alarms.clear();
    if (this.onStop) this.onStop(now);
    else for (const user of [...this.users]) this.stopUser(user, now);
    this.#settle();
  }

  /** Resolves when no user runs and none is to come. */
  ended(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenEnded.push(resolve);
      this.#settle();
    });
  }

  #ended(user: VirtualUser): void {
    this.users.delete(user);
    this.test.users.delete(user);
    this.onUserEnd?.(user);
    this.#settle();
  }

  #settle(): void {
    if (this.users.size > 0 || this.#alarms.size > 0) return;
    const waiting = this.#whenEnded;
    this.#whenEnded = [];
    for (const resolve of waiting) resolve();
  }
}
