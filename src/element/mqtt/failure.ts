import type { MqttError } from '../../protocol/index.js';
import type { Connection } from './connection.js';

/** What the library says of a message that did not get through; undefined = nothing, it waits for ever. */
export function failureOf(error: MqttError, { library, clean, lost }: Connection, qos: number): string | undefined {
  const { fault } = error;
  if (library === 'fusesource') {
    // Its callback comes before the plugin waits for it.
    if (fault === 'not-connected' && qos > 0) return undefined;
    return `err: ${fuseWords(fault === 'not-connected' ? (lost ?? error) : error)}`;
  }
  if (fault === 'not-connected') return 'MQTT client is not connected.';
  if (fault === 'too-large') return error.message;
  // A session that outlives its connection keeps the message for a connection that nobody makes.
  return clean || qos === 0 ? 'Session expired as connection was closed.' : undefined;
}

function fuseWords({ fault, message }: MqttError): string {
  return fault === 'closed' ? 'Peer disconnected' : message;
}

/** Whether a message waits for the connection that is made anew: the HiveMQ client keeps it only in a session that lasts. */
export const waitsForReturn = ({ again, library, clean }: Connection): boolean =>
  again !== undefined && !again.over && (library === 'fusesource' || !clean);
