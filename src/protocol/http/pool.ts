import type { Wire } from '../line/index.js';
import type { Route } from './route.js';

/** A line that may serve again. */
export interface Idle {
  readonly wire: Wire;
  readonly route: Route;
  /** When it was connected, and when it was last used; ms. */
  readonly born: number;
  used: number;
  /** When it is no longer to be used. */
  expires: number;
}

export interface PoolSettings {
  /** Milliseconds a connection may serve in all; 0 = no limit. */
  readonly timeToLive: number;
  /** Milliseconds after which an idle connection is looked at before it is used; 0 = never. */
  readonly validateAfter: number;
}

/** The idle lines of one client, as PoolingHttpClientConnectionManager 4.5.14 hands them out: the last used first. */
export class Pool {
  /** The last used at the end; a user has few of them, and mostly one. */
  #idle: Idle[] | undefined;

  constructor(
    private readonly settings: PoolSettings,
    private readonly clock: { now(): number },
  ) {}

  /** A line to use, or undefined; one that its server closed a moment ago is not noticed, as in HttpClient. */
  lease(route: Route): Idle | undefined {
    const list = this.#idle;
    if (list === undefined) return undefined;
    for (let i = list.length - 1; i >= 0; i--) {
      const idle = list[i];
      if (idle === undefined || (idle.route !== route && idle.route.key !== route.key)) continue;
      // A list that is popped keeps its room for the next.
      if (i === list.length - 1) list.pop();
      else list.splice(i, 1);
      const now = idle.expires !== Number.POSITIVE_INFINITY || this.settings.validateAfter > 0 ? this.clock.now() : 0;
      const { validateAfter } = this.settings;
      const stale = validateAfter > 0 && idle.used + validateAfter <= now && idle.wire.ended;
      if (now < idle.expires && !stale) return idle;
      idle.wire.dispose();
    }
    return undefined;
  }

  /** Takes a line back; `keep` = ms for which the server keeps it. */
  release(idle: Idle, keep: number | undefined): void {
    const now = this.clock.now();
    const { timeToLive } = this.settings;
    idle.used = now;
    const end = timeToLive > 0 ? idle.born + timeToLive : Number.POSITIVE_INFINITY;
    idle.expires = keep !== undefined && keep > 0 ? Math.min(end, now + keep) : end;
    // A list that is made with its one element has no room for sixteen more.
    if (this.#idle === undefined) this.#idle = [idle];
    else this.#idle.push(idle);
  }

  close(): void {
    for (const { wire } of this.#idle ?? []) wire.dispose();
    this.#idle = undefined;
  }
}
