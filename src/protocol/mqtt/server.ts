import type { MqttPublish } from './encode.js';
import type { MqttError } from './error.js';
import type { MqttKeeper } from './keeper.js';
import type { MqttAddress } from './line.js';
import type { MqttMessage } from './message.js';
import type { MqttSession } from './session.js';

/** Where and how sessions are made; one object for all of them. */
export interface MqttServer {
  readonly address: MqttAddress;
  readonly keeper: MqttKeeper;
  /** Milliseconds for line and CONNACK together, 0 = for ever. */
  readonly connectTimeout: number;
  /** Bytes of the longest packet that is taken; absent = what MQTT can say, 256 MiB. */
  readonly longestPacket?: number | undefined;
  /** Hears of every message of these sessions, both ways. */
  readonly watch?: MqttWatch | undefined;
}

/** Hears of the messages of many sessions, for figures over all of them; must not throw. */
export interface MqttWatch {
  /** Handed to the line; for QoS 1 and 2 `acked` follows, unless the session is lost. */
  published(message: MqttPublish, session: MqttSession): void;
  /** The code is 0, or 16 for no subscribers; 128 and more = refused. */
  acked(code: number, session: MqttSession): void;
  /** Called before the session's listener; once for each message of QoS 2. */
  arrived(message: MqttMessage, session: MqttSession): void;
}

/** Who hears of a session; must not throw. */
export interface MqttListener {
  /** A message came. It is acknowledged after the call; its bytes are valid during the call only. */
  message(message: MqttMessage, session: MqttSession): void;
  /** The session, once there, is over, and not because we said so. */
  closed(error: MqttError, session: MqttSession): void;
}
