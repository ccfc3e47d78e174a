import type { User } from './user.js';

/** A running thread group, as its element drives it. */
export interface Group {
  /** Milliseconds since the group was started. */
  elapsed(): number;
  /**
   * Starts a user `after` ms from now; it is numbered in the order of these calls. The group's settings are evaluated for
   * it at once, or when it begins (`madeLate`).
   */
  startUser(options: { readonly after: number; readonly endTime?: number; readonly madeLate?: boolean }): void;
  /** Calls back `ms` from now unless the run stops; the group counts as running until then. */
  after(ms: number, callback: () => void): void;
  /** Whether the run is still on. */
  readonly running: boolean;
  /** Epoch ms at which the group was started. */
  readonly startedAt: number;
  /** Called whenever a user of this group ends. */
  onUserEnd: ((user: User) => void) | undefined;
  /** The users that have been started and not ended. */
  readonly users: ReadonlySet<User>;
  /** Ends one user: after its sample, or at once. */
  stopUser(user: User, now: boolean): void;
  /** Resolves `${…}` in the engine's context. */
  readonly engineUser: User;
}
