import type { MqttHello } from './encode.js';
import type { MqttWaiter } from './exchange.js';

/** What is there only between the first call and CONNACK. */
export interface Beginning {
  readonly hello: Buffer;
  /** For the watch. */
  readonly said: MqttHello | undefined;
  readonly keepAlive: number;
  readonly waiter: MqttWaiter;
  readonly alarm: { cancel(): void } | undefined;
}
