import { hashOf } from './hash.js';
import { Ledger } from './ledger.js';

/** Which levels of a filter are wildcards, and whether a group shares it: filters of one shape are looked up in one go. */
interface Shape {
  /** `$share/NAME/`, or empty. */
  readonly group: string;
  /** Undefined = it has no wildcards. */
  readonly levels: readonly ('+' | '#' | '')[] | undefined;
}

const SHARED = /^\$share\/[^/]*\//;
/** Filters of sessions that are gone, from which on they are swept out. */
const SWEEP = 100_000;

/**
 * The subscriptions of all sessions of a run, each by a number of its filter alone: some 30 bytes for each different filter.
 * Tells how many sessions are to receive a message (MQTT 5.0 §4.7, shared subscriptions §4.8.2).
 */
export class Subscriptions {
  readonly #counts = new Ledger(1);
  readonly #shapes = new Map<string, Shape>();
  #live = 0;

  /** `by` = 1 for a new subscription, -1 for one that is over. */
  change(filter: string, by: number): void {
    if (by > 0) this.#know(filter);
    const at = this.#counts.at(hashOf(filter));
    const { cells } = this.#counts;
    const before = cells[at] ?? 0;
    const after = Math.max(0, before + by);
    cells[at] = after;
    if (before === 0 && after > 0) this.#live++;
    if (before > 0 && after === 0) this.#live--;
    if (this.#counts.count > 2 * this.#live + SWEEP) this.#counts.sweep();
  }

  #know(filter: string): void {
    const group = filter.startsWith('$share/') ? (SHARED.exec(filter)?.[0] ?? '') : '';
    const wild = filter.includes('+', group.length) || filter.includes('#', group.length);
    const levels = wild
      ? filter
          .slice(group.length)
          .split('/')
          .map((level) => (level === '+' || level === '#' ? level : ''))
      : undefined;
    this.#shapes.set(`${group}${levels?.map((level) => level || 'x').join('') ?? ''}`, { group, levels });
  }

  /** Sessions that a message to this topic goes to; of a group that shares a subscription it is one. */
  receivers(topic: string): number {
    let count = 0;
    for (const { group, levels } of this.#shapes.values()) {
      const filter = levels === undefined ? topic : filterOf(topic, levels);
      if (filter === undefined) continue;
      const sessions = this.#counts.first(hashOf(group + filter));
      count += group === '' ? sessions : Math.min(1, sessions);
    }
    return count;
  }
}

/** The filter of this shape that takes the topic, if there is one. */
function filterOf(topic: string, levels: readonly ('+' | '#' | '')[]): string | undefined {
  // A wildcard does not stand for what begins with a dollar sign (§4.7.2).
  if (levels[0] !== '' && topic.startsWith('$')) return undefined;
  const parts = topic.split('/');
  const open = levels.at(-1) === '#';
  if (open ? parts.length < levels.length - 1 : parts.length !== levels.length) return undefined;
  return levels.map((level, i) => level || parts[i]).join('/');
}
