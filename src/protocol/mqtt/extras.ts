import type { MqttPublish } from './encode.js';
import type { MqttError } from './error.js';
import type { MqttWaiter } from './exchange.js';
import { type MqttProperties, NO_PROPERTIES } from './properties.js';

interface Held {
  readonly message: MqttPublish;
  readonly waiter: MqttWaiter;
}

/** What few sessions need: those that receive with QoS 2, and those of MQTT 5 whose broker has limits. */
export class Extras {
  /** Packet identifiers of messages of QoS 2 that the broker may send again. */
  readonly received = new Set<number>();
  /** What the broker allows. */
  limits: MqttProperties = NO_PROPERTIES;
  #onTheirWay = 0;
  readonly #held: Held[] = [];

  /** Whether a message of QoS 1 or 2 may go its way now; otherwise it is held until fewer are. */
  admits(message: MqttPublish, waiter: MqttWaiter): boolean {
    if (this.#onTheirWay >= (this.limits.receiveMaximum ?? 65535)) {
      this.#held.push({ message, waiter });
      return false;
    }
    this.#onTheirWay++;
    return true;
  }

  /** A message is there; gives the one whose turn it is. */
  oneLess(): Held | undefined {
    this.#onTheirWay--;
    return this.#held.shift();
  }

  fail(error: MqttError): void {
    for (const { waiter } of this.#held) waiter.failed(error);
  }
}
