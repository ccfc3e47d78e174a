import type { Clock } from '../../model/index.js';
import type { MqttMessage, MqttSubscription } from '../../protocol/index.js';
import type { Ear } from '../mqtt/connection.js';
import { type Heard, heardOf } from './heard.js';
import { perConnection } from './per-connection.js';

/** What came by a subscription that stays, until somebody reads it. */
export class Inbox implements Ear {
  /** Messages that came, read or not. */
  arrived = 0;
  /** Of these, those that found no room. */
  dropped = 0;
  #messages: Heard[] = [];
  #enough: { readonly count: number; tell(): void } | undefined;

  constructor(
    readonly subscriptions: readonly MqttSubscription[],
    /** Messages that are kept at most: beyond that the oldest goes. */
    private readonly room: number,
    private readonly clock: Clock,
  ) {}

  hear(message: MqttMessage): void {
    this.arrived++;
    this.#messages.push(heardOf(message, this.clock.now()));
    if (this.#messages.length > this.room) {
      this.#messages.shift();
      this.dropped++;
    }
    if (this.#enough !== undefined && this.#messages.length >= this.#enough.count) this.#enough.tell();
  }

  /** Tells once that many are there. */
  whenThere(count: number, tell: () => void): void {
    this.#enough = undefined;
    if (this.#messages.length >= count) tell();
    else this.#enough = { count, tell };
  }

  /** Takes out the oldest ones. */
  take(count: number): readonly Heard[] {
    this.#enough = undefined;
    return this.#messages.splice(0, count);
  }
}

/** The connection's inboxes, by their names. */
export const inboxesOf = perConnection<Inbox>();
