import type { Alarm } from './clock.js';
import type { User } from './user.js';

/** A user to be started. */
export interface StartOfUser {
  /** Its number in the group, counted from 0; absent = the next one that falls to this shard. */
  readonly number?: number;
  /** Milliseconds from now. */
  readonly after: number;
  /** When its schedule ends, in ms since the epoch. */
  readonly endTime?: number;
  /** The end is known, and pauses do not outlast it, but nobody stops the user for it. */
  readonly unscheduled?: boolean;
  /** The group's settings are evaluated for it when it begins, not at once. */
  readonly madeLate?: boolean;
  /** What stands before the numbers in the thread's name; absent = the group's name. */
  readonly name?: string;
}

/** A running thread group, as its element drives it. */
export interface Group {
  /** Starts a user of this shard: a group that deals out its users itself gives their numbers. */
  startUser(start: StartOfUser): void;
  /** Calls back `ms` from now unless the group stops; the group counts as running until then. */
  after(ms: number, callback: () => void): Alarm;
  /** Whether the group is still on. */
  readonly running: boolean;
  /** Epoch ms at which the group was started. */
  readonly startedAt: number;
  /** The users that have been started and not ended. */
  readonly users: ReadonlySet<User>;
  /** Called whenever a user of this group begins. */
  onUserStart: ((user: User) => void) | undefined;
  /** Called whenever a user of this group ends. */
  onUserEnd: ((user: User) => void) | undefined;
  /** What a stop does to the users, in place of {@link stopUser} for each of them. */
  onStop: ((now: boolean) => void) | undefined;
  /** Ends one user: after its sample, or at once. */
  stopUser(user: User, now: boolean): void;
  /** Ends what a user waits for; the user itself goes on. */
  interruptUser(user: User): void;
  /** Takes a user from the stage until it is woken: it counts as no active one, and keeps all that it has. */
  parkUser(user: User): void;
  wakeUser(user: User): void;
  /** Resolves `${…}` in the engine's context. */
  readonly engineUser: User;
}
