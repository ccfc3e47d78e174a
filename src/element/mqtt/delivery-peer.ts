import { matches } from './hive-names.js';

/** A subscription of a session. */
export interface Held {
  readonly filter: string;
  /** µs at which the broker had confirmed it. */
  readonly since: number;
  /** Of MQTT 5: messages of this session do not come back. */
  readonly noLocal: boolean;
  /** Of MQTT 5: messages that are published with the retain flag come with it. */
  readonly asPublished: boolean;
  /** Whether it stands for an arrival; not when another one of the session takes all its messages. */
  counted: boolean;
}

/** Told of what a change does to the number of arrivals there are to be. */
type Change = (filter: string, by: 1 | -1, at: number) => void;

/** A session that publishes or subscribes; it outlives its connection when the broker is to keep it. */
export class DeliveryPeer {
  /** Under which the broker keeps the session; undefined = it is over with the connection. */
  keptAs: string | undefined;
  /** Topic filters that wait for SUBACK, by packet identifier. */
  asked: Map<number, readonly Omit<Held, 'since' | 'counted'>[]> | undefined;
  #held: readonly Held[] = NONE;
  /** Those that ended last, and when: what was sent before may still come. */
  #past: readonly (readonly [held: Held, until: number])[] = NOTHING;

  constructor(readonly number: number) {}

  add(held: Held, change: Change): void {
    if (this.#held.some(({ filter }) => filter === held.filter)) return;
    this.#held = [...this.#held, held];
    this.#recount(held.since, change);
  }

  remove(filters: readonly string[], now: number, change: Change): void {
    const ended = this.#held.filter(({ filter }) => filters.includes(filter));
    if (ended.length === 0) return;
    for (const { filter, counted } of ended) if (counted) change(filter, -1, now);
    this.#past = [...this.#past, ...ended.map((held) => [held, now] as const)].slice(-FEW);
    this.#held = this.#held.filter((held) => !ended.includes(held));
    this.#recount(now, change);
  }

  /** The broker has forgotten them all. */
  removeAll(now: number, change: Change): void {
    for (const { filter, counted } of this.#held) if (counted) change(filter, -1, now);
    this.#held = NONE;
    this.#past = NOTHING;
  }

  /** The subscription by which a message of this time is to arrive. */
  heldFor(topic: string, at: number): Held | undefined {
    const [only] = this.#held;
    if (this.#held.length === 1 && this.#past.length === 0)
      return only !== undefined && only.since <= at ? only : undefined;
    const current = this.#held.find(({ filter, since }) => since <= at && matches(filter, topic));
    return (
      current ??
      this.#past.find(([{ filter, since }, until]) => since <= at && at < until && matches(filter, topic))?.[0]
    );
  }

  /** Whether a message of its own to this topic, which others may get, does not come back to it. */
  keepsFrom(topic: string): boolean {
    return this.#held.some(({ noLocal, counted, filter }) => noLocal && counted && matches(filter, topic));
  }

  #recount(now: number, change: Change): void {
    const few = this.#held.length <= FEW;
    for (const one of this.#held) {
      const covered = few && this.#held.some((other) => other !== one && covers(other.filter, one.filter));
      if (covered === !one.counted) continue;
      one.counted = !covered;
      change(one.filter, covered ? -1 : 1, now);
    }
  }
}

const NONE: readonly Held[] = [];
const NOTHING: readonly never[] = [];
/** Subscriptions of a session from which on nobody looks whether one takes what another one takes. */
const FEW = 32;

/** Whether one filter takes all that another one takes; what is shared with other sessions is apart from it, as is `$SYS`. */
function covers(one: string, other: string): boolean {
  if (one.startsWith('$') !== other.startsWith('$') || one.startsWith('$share/')) return false;
  const levels = one.split('/');
  const others = other.split('/');
  for (const [i, level] of levels.entries()) {
    if (level === '#') return true;
    const theirs = others[i];
    if (theirs === undefined || theirs === '#' || (level !== '+' && level !== theirs)) return false;
  }
  return levels.length === others.length;
}
