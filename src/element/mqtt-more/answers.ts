import type { Clock } from '../../model/index.js';
import type { MqttMessage } from '../../protocol/index.js';
import type { Ear } from '../mqtt/connection.js';
import { type Heard, heardOf } from './heard.js';
import { perConnection } from './per-connection.js';

/** What comes to a response topic, for those who wait for it. */
export class Answers implements Ear {
  readonly subscriptions;
  readonly #waiting = new Map<string, (heard: Heard) => void>();

  constructor(
    filter: string,
    /** Before MQTT 5 messages have no correlation data: the first answer is that of whoever has waited longest. */
    private readonly correlated: boolean,
    private readonly clock: Clock,
  ) {
    this.subscriptions = [{ filter, qos: 1 as const }];
  }

  await(correlation: string, tell: (heard: Heard) => void): void {
    this.#waiting.set(correlation, tell);
  }

  forget(correlation: string): void {
    this.#waiting.delete(correlation);
  }

  hear(message: MqttMessage): void {
    const { correlationData } = message.properties;
    const [longest] = this.#waiting.keys();
    const key = this.correlated ? correlationData && Buffer.from(correlationData).toString() : longest;
    if (key === undefined) return;
    const tell = this.#waiting.get(key);
    this.#waiting.delete(key);
    tell?.(heardOf(message, this.clock.now()));
  }
}

/** By response topic. */
export const answersOf = perConnection<Answers>();
