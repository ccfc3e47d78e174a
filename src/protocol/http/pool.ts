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
  /** The line that was used before it and is idle as well: most users have one, which needs no list. */
  below: Idle | undefined;
}

export interface PoolSettings {
  /** Milliseconds a connection may serve in all; 0 = no limit. */
  readonly timeToLive: number;
  /** Milliseconds after which an idle connection is looked at before it is used; 0 = never. */
  readonly validateAfter: number;
}

/** The idle lines of one client, as PoolingHttpClientConnectionManager 4.5.14 hands them out: the last used first. */
export class Pool {
  #top: Idle | undefined;

  constructor(
    private readonly settings: PoolSettings,
    private readonly clock: { now(): number },
  ) {}

  /** A line to use, or undefined; one that its server closed a moment ago is not noticed, as in HttpClient. */
  lease(route: Route): Idle | undefined {
    let above: Idle | undefined;
    for (let idle = this.#top; idle !== undefined; idle = idle.below) {
      if (idle.route !== route && idle.route.key !== route.key) {
        above = idle;
        continue;
      }
      if (above === undefined) this.#top = idle.below;
      else above.below = idle.below;
      if (this.#serves(idle)) return idle;
      idle.wire.dispose();
    }
    return undefined;
  }

  #serves({ expires, used, wire }: Idle): boolean {
    const { validateAfter } = this.settings;
    if (expires === Number.POSITIVE_INFINITY && validateAfter <= 0) return true;
    const now = this.clock.now();
    return now < expires && !(validateAfter > 0 && used + validateAfter <= now && wire.ended);
  }

  /** Takes a line back; `keep` = ms for which the server keeps it. */
  release(idle: Idle, keep: number | undefined): void {
    const now = this.clock.now();
    const { timeToLive } = this.settings;
    idle.used = now;
    const end = timeToLive > 0 ? idle.born + timeToLive : Number.POSITIVE_INFINITY;
    idle.expires = keep !== undefined && keep > 0 ? Math.min(end, now + keep) : end;
    idle.below = this.#top;
    this.#top = idle;
  }

  close(): void {
    for (let idle = this.#top; idle !== undefined; idle = idle.below) idle.wire.dispose();
    this.#top = undefined;
  }
}
