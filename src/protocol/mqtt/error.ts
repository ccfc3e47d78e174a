import type { LineError } from '../line/index.js';
import type { MqttWaiter } from './exchange.js';

/** What can go wrong with a session or with one of its packets. */
export type MqttFault =
  /** The line could not be made, or broke; `cause` says how. */
  | 'line'
  /** The broker ended the line and said nothing. */
  | 'closed'
  /** The broker ended the session with a DISCONNECT of MQTT 5; `code` is its reason. */
  | 'disconnected'
  /** CONNACK with a return code that is none of success. */
  | 'refused'
  /** No CONNACK, acknowledgement or PINGRESP in time. */
  | 'timeout'
  /** Bytes that are no MQTT, or not at this place. */
  | 'garbage'
  /** A packet longer than allowed, to either side. */
  | 'too-large'
  /** Nothing can be sent: the session is over, or not there yet. */
  | 'not-connected'
  /** The session was lost and begun anew; what was on its way is gone with it. */
  | 'session-lost'
  /** We ended it ourselves. */
  | 'ended';

/** A failed session or packet. */
export class MqttError extends Error {
  constructor(
    readonly fault: MqttFault,
    message: string,
    /** The return code or reason code; 0 = there is none. */
    readonly code = 0,
    override readonly cause?: LineError,
  ) {
    super(message);
  }
}

/** Bytes that are no MQTT. */
export const garbage = (message: string): MqttError => new MqttError('garbage', message);

/** Sizes in bytes. */
export const tooLarge = (size: number, longest: number): MqttError =>
  new MqttError('too-large', `A packet of ${size} bytes is longer than the ${longest} that are allowed.`);

/** What waits when we end the session. */
export const ended = (): MqttError => new MqttError('ended', 'The session was ended.');

/** Says that nothing can be sent. */
export function refuse(waiter: MqttWaiter): false {
  waiter.failed(new MqttError('not-connected', 'There is no MQTT session.'));
  return false;
}
