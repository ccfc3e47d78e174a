import type { MqttHello, MqttPublish, MqttSubscription } from './encode.js';
import type { MqttError } from './error.js';
import type { MqttKeeper } from './keeper.js';
import type { MqttAddress } from './line.js';
import type { MarkedMessage, MqttMessage } from './message.js';
import type { MqttSession } from './session.js';

/** Where and how sessions are made; one object for all of them. */
export interface MqttServer {
  readonly address: MqttAddress;
  readonly keeper: MqttKeeper;
  /** Milliseconds for line and CONNACK together, 0 = for ever. */
  readonly connectTimeout: number;
  /** Bytes of the longest packet that is taken; absent = what MQTT can say, 256 MiB. */
  readonly longestPacket?: number | undefined;
  /** Hears of every packet of these sessions, both ways. */
  readonly watch?: MqttWatch | undefined;
}

/**
 * Hears of the packets of many sessions, for figures over all of them, and may put a mark into each message; must not throw.
 * Nothing of it is called for a session whose server has none.
 */
export interface MqttWatch {
  /** CONNACK came. */
  connected(hello: MqttHello, sessionPresent: boolean, session: MqttSession): void;
  /** The session will be over after the call, whether it was there or not. */
  ended(session: MqttSession): void;
  /** Bytes by which `mark` makes the payload longer. */
  added(message: MqttPublish, session: MqttSession): number;
  /** Gives what is to be sent in place of this message; `published` follows, unless it is too large. */
  mark(message: MqttPublish, session: MqttSession): MqttPublish;
  /** Handed to the line as it was marked; for QoS 1 and 2 `acked` follows, unless the session is lost. */
  published(message: MqttPublish, session: MqttSession): void;
  /** The code is 0, or 16 for no subscribers; 128 and more = refused. */
  acked(code: number, session: MqttSession): void;
  /** Called before the session's listener; once for each message of QoS 2. */
  arrived(message: MarkedMessage, session: MqttSession): void;
  subscribing(id: number, subscriptions: readonly MqttSubscription[], session: MqttSession): void;
  /** The answer to `subscribing` with this packet identifier: a code for each of them. */
  subscribed(id: number, codes: readonly number[], session: MqttSession): void;
  unsubscribing(filters: readonly string[], session: MqttSession): void;
  /** Bytes of MQTT packets that came or went; those of TLS and WebSocket frames are not counted. */
  bytes(received: number, sent: number): void;
}

/** Who hears of a session; must not throw. */
export interface MqttListener {
  /** A message came. It is acknowledged after the call; its bytes are valid during the call only. */
  message(message: MqttMessage, session: MqttSession): void;
  /** The session, once there, is over, and not because we said so. */
  closed(error: MqttError, session: MqttSession): void;
}
